using Backprop.Kernels;

namespace Backprop.Optimizers
{
    /// <summary>The learning rate falls along half a wave: least + (1 − least)·(1 + cos(π·t/length))/2 after t steps, and stays there.</summary>
    /// <remarks>Source: Loshchilov, Hutter, SGDR: Stochastic Gradient Descent with Warm Restarts (2017), equation 5, without restarts.</remarks>
    public sealed class CosineSchedule : Schedule
    {
        private readonly int length;
        private readonly double least;

        /// <summary>Makes the schedule.</summary>
        /// <param name="length">After how many steps the rate is least, 1 or more: all of the training, as a rule.</param>
        /// <param name="least">What is left of the rate then, as a factor from 0 to 1.</param>
        /// <param name="per">Whether steps or epochs are counted.</param>
        /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
        public CosineSchedule(int length, double least = 0, Period per = Period.Step) : base(per)
        {
            this.length = Length("CosineSchedule", length);
            this.least = Setting.FractionOrNone("CosineSchedule", nameof(least), least, 0);
        }

        /// <inheritdoc/>
        public override double Factor(long done) =>
            least + (1 - least) * (1 + Cosine.OfHalfTurns((double)Math.Min(done, length) / length)) / 2;
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <inheritdoc cref="Optimizers.CosineSchedule(int, double, Optimizers.Period)"/>
        public static Optimizers.CosineSchedule CosineSchedule(int length, double least = 0, Optimizers.Period per = Optimizers.Period.Step) =>
            new(length, least, per);
    }
}
