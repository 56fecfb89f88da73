using Backprop.Kernels;

namespace Backprop.Optimizers
{
    /// <summary>The learning rate falls by a factor every so many epochs: factor^⌊t/length⌋ after t of them.</summary>
    public sealed class StepSchedule : Schedule
    {
        private readonly int length;
        private readonly double factor;

        /// <summary>Makes the schedule.</summary>
        /// <param name="length">How long the rate stays the same, 1 or more.</param>
        /// <param name="factor">What it is multiplied with then, above 0 up to 1; 0.1 is usual.</param>
        /// <param name="per">Whether epochs or steps are counted.</param>
        /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
        public StepSchedule(int length, double factor = 0.1, Period per = Period.Epoch) : base(per)
        {
            this.length = Length("StepSchedule", length);
            this.factor = Setting.Fraction("StepSchedule", nameof(factor), factor, 0.1);
        }

        /// <inheritdoc/>
        public override double Factor(long done) => VectorMath.Power(factor, (double)(done / length));
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <inheritdoc cref="Optimizers.StepSchedule(int, double, Optimizers.Period)"/>
        public static Optimizers.StepSchedule StepSchedule(int length, double factor = 0.1, Optimizers.Period per = Optimizers.Period.Epoch) =>
            new(length, factor, per);
    }
}
