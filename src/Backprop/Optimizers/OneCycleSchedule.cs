using Backprop.Kernels;

namespace Backprop.Optimizers
{
    /// <summary>The learning rate rises along half a wave from a small one to its full height, then falls along another to a very small one.</summary>
    /// <remarks>
    /// The optimizer's own rate is the peak. The rate begins at 1/start of it, and ends, at the last of the steps, at 1/(start·end) of it.
    /// The momentum stays as it is.
    /// Source: Smith, Topin, Super-Convergence (2019); the form and the defaults are PyTorch's.
    /// </remarks>
    public sealed class OneCycleSchedule : Schedule
    {
        private readonly double top, last, start, end;

        /// <summary>Makes the schedule.</summary>
        /// <param name="length">The steps of the whole training, 2 or more; the rate stays where it ended.</param>
        /// <param name="rise">The share of them in which the rate rises, between 0 and 1.</param>
        /// <param name="start">How many times the first rate goes into the peak, 1 or more.</param>
        /// <param name="end">How many times the last rate goes into the first, 1 or more.</param>
        /// <param name="per">Whether steps or epochs are counted.</param>
        /// <exception cref="ArgumentOutOfRangeException">A setting is out of range, or the rise is shorter than a step.</exception>
        public OneCycleSchedule(int length, double rise = 0.3, double start = 25, double end = 1e4, Period per = Period.Step) : base(per)
        {
            last = Length("OneCycleSchedule", length) - 1;
            top = rise * length - 1;
            if (!(top > 0 && top < last))
                throw new ArgumentOutOfRangeException(
                    nameof(rise), FormattableString.Invariant($"OneCycleSchedule: a rise of {rise} of {length} came; rise and fall need more than a step each, usually 0.3."));
            this.start = Setting.OneOrMore("OneCycleSchedule", nameof(start), start, 25);
            this.end = Setting.OneOrMore("OneCycleSchedule", nameof(end), end, 1e4);
        }

        /// <inheritdoc/>
        public override double Factor(long done)
        {
            double first = 1 / start;
            return done <= top ? Between(first, 1, done / top) : Between(1, first / end, (Math.Min(done, last) - top) / (last - top));
        }

        private static double Between(double from, double to, double share) => to + (from - to) / 2 * (1 + Cosine.OfHalfTurns(share));
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <inheritdoc cref="Optimizers.OneCycleSchedule(int, double, double, double, Optimizers.Period)"/>
        public static Optimizers.OneCycleSchedule OneCycleSchedule(
            int length, double rise = 0.3, double start = 25, double end = 1e4, Optimizers.Period per = Optimizers.Period.Step) =>
            new(length, rise, start, end, per);
    }
}
