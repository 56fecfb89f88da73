namespace Backprop.Optimizers
{
    /// <summary>The learning rate grows in equal steps to its full height, (t + 1)/length after t steps, and then follows another schedule.</summary>
    /// <remarks>Source: Goyal et al., Accurate, Large Minibatch SGD (2017), §2.2.</remarks>
    public sealed class WarmUpSchedule : Schedule
    {
        private readonly int length;
        private readonly Schedule? then;

        /// <summary>Makes the schedule.</summary>
        /// <param name="length">How many steps the rate grows, 1 or more.</param>
        /// <param name="then">What follows, counted from there; the full rate if left out.</param>
        /// <param name="per">Whether steps or epochs are counted.</param>
        /// <exception cref="ArgumentOutOfRangeException">The length is below 1.</exception>
        /// <exception cref="ArgumentException">What follows counts something else.</exception>
        public WarmUpSchedule(int length, Schedule? then = null, Period per = Period.Step) : base(per)
        {
            this.length = Length("WarmUpSchedule", length);
            this.then = then is null || then.Per == per ? then
                : throw new ArgumentException($"WarmUpSchedule counts {per}s, what follows counts {then.Per}s; give both the same.", nameof(then));
        }

        /// <inheritdoc/>
        public override IReadOnlyList<double> Memory
        {
            get => then?.Memory ?? [];
            set
            {
                if (then is null) Check(value, 0);
                else then.Memory = value;
            }
        }

        /// <inheritdoc/>
        public override double Factor(long done) => done < length ? (done + 1.0) / length : then?.Factor(done - length) ?? 1;

        /// <inheritdoc/>
        public override void Observe(double trainLoss, double? testLoss) => then?.Observe(trainLoss, testLoss);
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <inheritdoc cref="Optimizers.WarmUpSchedule(int, Optimizers.Schedule, Optimizers.Period)"/>
        public static Optimizers.WarmUpSchedule WarmUpSchedule(
            int length, Optimizers.Schedule? then = null, Optimizers.Period per = Optimizers.Period.Step) => new(length, then, per);
    }
}
