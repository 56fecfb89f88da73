namespace Backprop.Optimizers
{
    /// <summary>The learning rate falls by a factor when the loss has not become better for some epochs.</summary>
    /// <remarks>A loss is better if it is below best·(1 − threshold). What it has seen is its <see cref="State"/>.</remarks>
    public sealed class PlateauSchedule : Schedule
    {
        private readonly double factor, threshold, least;
        private readonly int patience;

        /// <summary>Makes the schedule.</summary>
        /// <param name="factor">What the rate is multiplied with, above 0 up to 1; 0.1 is usual.</param>
        /// <param name="patience">How many epochs without a better loss are borne, 0 or more; one more, and the rate falls.</param>
        /// <param name="threshold">By which share of the best loss a better one must be below it, 0 up to but not including 1.</param>
        /// <param name="least">The rate falls to no less than this factor of the first one, 0 to 1.</param>
        /// <param name="watchTest">Whether the loss of the test part counts, instead of that of the training part.</param>
        /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
        public PlateauSchedule(double factor = 0.1, int patience = 10, double threshold = 1e-4, double least = 0, bool watchTest = false)
            : base(Period.Epoch)
        {
            this.factor = Setting.Fraction("PlateauSchedule", nameof(factor), factor, 0.1);
            this.patience = patience >= 0 ? patience
                : throw new ArgumentOutOfRangeException(nameof(patience), $"PlateauSchedule: patience {patience} came; it is a number of epochs, 0 or more, usually 10.");
            this.threshold = Setting.Share("PlateauSchedule", nameof(threshold), threshold, 1e-4);
            this.least = Setting.FractionOrNone("PlateauSchedule", nameof(least), least, 0);
            WatchTest = watchTest;
        }

        /// <summary>Whether the loss of the test part counts, instead of that of the training part.</summary>
        public bool WatchTest { get; }

        /// <summary>What has been seen so far, for a checkpoint.</summary>
        public PlateauState State { get; set; } = new(1, double.PositiveInfinity, 0);

        /// <inheritdoc/>
        public override IReadOnlyList<double> Memory
        {
            get => [State.Factor, State.Best, State.Waited];
            set
            {
                Check(value, 3);
                State = new(value[0], value[1], (int)value[2]);
            }
        }

        /// <inheritdoc/>
        public override double Factor(long done) => State.Factor;

        /// <inheritdoc/>
        /// <exception cref="InvalidOperationException">The loss of the test part counts, and there is no test part.</exception>
        public override void Observe(double trainLoss, double? testLoss)
        {
            double loss = !WatchTest ? trainLoss
                : testLoss ?? throw new InvalidOperationException("PlateauSchedule watches the test part, and there is none; give one, or let it watch the training part.");
            int waited = loss < State.Best * (1 - threshold) ? 0 : State.Waited + 1;
            double best = waited == 0 ? loss : State.Best;
            State = waited > patience ? new(Math.Max(State.Factor * factor, least), best, 0) : new(State.Factor, best, waited);
        }
    }

    /// <summary>What a <see cref="PlateauSchedule"/> has seen.</summary>
    /// <param name="Factor">The factor of the learning rate.</param>
    /// <param name="Best">The best loss; infinite before the first.</param>
    /// <param name="Waited">The epochs since it, or since the rate fell.</param>
    public sealed record PlateauState(double Factor, double Best, int Waited);
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <inheritdoc cref="Optimizers.PlateauSchedule(double, int, double, double, bool)"/>
        public static Optimizers.PlateauSchedule PlateauSchedule(
            double factor = 0.1, int patience = 10, double threshold = 1e-4, double least = 0, bool watchTest = false) =>
            new(factor, patience, threshold, least, watchTest);
    }
}
