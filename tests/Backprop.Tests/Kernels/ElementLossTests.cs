using System.Numerics;
using System.Reflection;
using Backprop.Kernels;
using Backprop.Losses;

namespace Backprop.Tests.Kernels;

public class ElementLossTests
{
    [Fact]
    public void Every_length_equals_the_plain_loop()
    {
        EveryLength<SquaredError, float>(1, x => x);
        EveryLength<SquaredError, double>(2, x => x);
        EveryLength<BinaryCrossEntropy, float>(3, x => 0.5f + 0.25f * x);
        EveryLength<BinaryCrossEntropy, double>(4, x => 0.5 + 0.25 * x);
        EveryLength<BinaryCrossEntropyWithLogits, float>(5, x => x);
        EveryLength<BinaryCrossEntropyWithLogits, double>(6, x => x);
        EveryLength<AbsoluteError, float>(7, x => x);
        EveryLength<AbsoluteError, double>(8, x => x);
        EveryLength<HuberError, float>(9, x => x, new(0.7));
        EveryLength<HuberError, double>(10, x => x, new(0.7));
        EveryLength<HingeLoss, float>(11, x => x);
        EveryLength<HingeLoss, double>(12, x => x);
        EveryLength<KullbackLeibler, float>(13, x => 0.5f + 0.25f * x);
        EveryLength<KullbackLeibler, double>(14, x => 0.5 + 0.25 * x);
    }

    // Without the attribute the compiler stops inlining half-way, and the loop runs up to ten times slower with the same results.
    [Fact]
    public void Every_loss_asks_to_be_inlined_into_the_loop()
    {
        var methods = typeof(IElementLoss).Assembly.GetTypes()
            .Where(type => type.IsValueType && typeof(IElementLoss).IsAssignableFrom(type))
            .SelectMany(type => type.GetMethods().Where(method => method.DeclaringType == type))
            .ToList();
        Assert.NotEmpty(methods);
        Assert.All(methods, method => Assert.True(
            method.MethodImplementationFlags.HasFlag(MethodImplAttributes.AggressiveInlining),
            $"{method.DeclaringType!.Name}.{method.Name} needs [MethodImpl(MethodImplOptions.AggressiveInlining)]"));
    }

    private static void EveryLength<TLoss, T>(int seed, Func<T, T> inRange, TLoss loss = default)
        where TLoss : struct, IElementLoss
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        T factor = T.CreateTruncating(0.3);
        for (int n = 0; n <= 256; n++)
        {
            string what = $"{typeof(TLoss).Name}, seed {seed}, length {n}";
            T[] p = [.. Bits.Ordinary<T>(random, n).Select(inRange)], t = [.. Bits.Ordinary<T>(random, n).Select(inRange)];
            T[] old = Bits.Ordinary<T>(random, n), written = new T[n], added = [.. old];

            T[] each = [.. p.Zip(t, (a, b) => loss.Value(new Lanes1<T>(a), new Lanes1<T>(b)).Value)];
            Bits.AssertSame<T>([Reduce.Sum<T>(each)], [ElementLoss.Sum<TLoss, T>(loss, p, t)], what);

            T[] slopes = [.. p.Zip(t, (a, b) => loss.ByPrediction(new Lanes1<T>(a), new Lanes1<T>(b)).Value)];
            ElementLoss.BackwardPrediction<TLoss, T>(loss, factor, p, t, written, accumulate: false);
            ElementLoss.BackwardPrediction<TLoss, T>(loss, factor, p, t, added, accumulate: true);
            Bits.AssertSame<T>([.. slopes.Select(slope => factor * slope)], written, $"by prediction, {what}");
            T[] sums = [.. slopes.Zip(old, (slope, o) => T.FusedMultiplyAdd(factor, slope, o))];
            Bits.AssertSame<T>(sums, added, $"by prediction and add, {what}");

            slopes = [.. p.Zip(t, (a, b) => loss.ByTarget(new Lanes1<T>(a), new Lanes1<T>(b)).Value)];
            added = [.. old];
            ElementLoss.BackwardTarget<TLoss, T>(loss, factor, p, t, written, accumulate: false);
            ElementLoss.BackwardTarget<TLoss, T>(loss, factor, p, t, added, accumulate: true);
            Bits.AssertSame<T>([.. slopes.Select(slope => factor * slope)], written, $"by target, {what}");
            sums = [.. slopes.Zip(old, (slope, o) => T.FusedMultiplyAdd(factor, slope, o))];
            Bits.AssertSame<T>(sums, added, $"by target and add, {what}");
        }
    }
}
