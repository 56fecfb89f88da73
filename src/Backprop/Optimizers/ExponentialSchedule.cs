using Backprop.Kernels;

namespace Backprop.Optimizers
{
    /// <summary>The learning rate falls by the same factor every epoch: factorᵗ after t of them.</summary>
    public sealed class ExponentialSchedule : Schedule
    {
        private readonly double factor;

        /// <summary>Makes the schedule.</summary>
        /// <param name="factor">What the rate is multiplied with, above 0 up to 1; 0.95 is usual for epochs.</param>
        /// <param name="per">Whether epochs or steps are counted.</param>
        /// <exception cref="ArgumentOutOfRangeException">The factor is out of range.</exception>
        public ExponentialSchedule(double factor, Period per = Period.Epoch) : base(per) =>
            this.factor = Setting.Fraction("ExponentialSchedule", nameof(factor), factor, 0.95);

        /// <inheritdoc/>
        public override double Factor(long done) => VectorMath.Power(factor, (double)done);
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <inheritdoc cref="Optimizers.ExponentialSchedule(double, Optimizers.Period)"/>
        public static Optimizers.ExponentialSchedule ExponentialSchedule(double factor, Optimizers.Period per = Optimizers.Period.Epoch) => new(factor, per);
    }
}
