using System.Numerics;
using System.Runtime.Intrinsics;

namespace Backprop.Kernels;

/// <summary>
/// Several numbers that are computed side by side, as a formula sees them. A formula written once over <c>ILanes</c> runs at
/// every vector width and on single numbers, and gives the same bits everywhere: each operation here is exact or rounded once.
/// </summary>
/// <remarks>
/// A comparison gives a mask: all bits set where it holds, none where it does not (a NaN compares false).
/// The bit operations see a lane as an integer of the same size, and <c>All</c> rounds its number to the element type.
/// </remarks>
internal interface ILanes<V> where V : struct, ILanes<V>
{
    /// <summary>Whether the lanes are doubles; otherwise they are floats. A constant for the compiler.</summary>
    static abstract bool IsDouble { get; }

    /// <summary>The number of bits behind the point: 52 or 23.</summary>
    static abstract int FractionBits { get; }

    static abstract V All(double value);

    /// <summary>A constant that is not the same number for both element types.</summary>
    static abstract V All(double forDouble, double forFloat);

    /// <summary>The same bits in every lane, sign-extended: −1 is a mask that holds everywhere.</summary>
    static abstract V AllBits(int bits);

    static abstract V AllBits(long forDouble, int forFloat);

    static abstract V operator +(V a, V b);

    static abstract V operator -(V a, V b);

    static abstract V operator *(V a, V b);

    static abstract V operator /(V a, V b);

    static abstract V operator -(V a);

    static abstract V operator <(V a, V b);

    static abstract V operator >(V a, V b);

    static abstract V operator <=(V a, V b);

    static abstract V operator >=(V a, V b);

    static abstract V operator &(V a, V b);

    static abstract V operator |(V a, V b);

    static abstract V operator ^(V a, V b);

    static abstract V Equal(V a, V b);

    /// <summary>a·b + c, rounded once; emulated where the processor has no such instruction.</summary>
    static abstract V Fma(V a, V b, V c);

    static abstract V Abs(V a);

    static abstract V Sqrt(V a);

    /// <summary>The larger one; a NaN passes on, and +0 is larger than −0.</summary>
    static abstract V Max(V a, V b);

    /// <summary>The smaller one; a NaN passes on, and −0 is smaller than +0.</summary>
    static abstract V Min(V a, V b);

    static abstract V Select(V mask, V yes, V no);

    static abstract V AddBits(V a, V b);

    static abstract V SubtractBits(V a, V b);

    static abstract V ShiftLeft(V a, int count);

    static abstract V ShiftRight(V a, int count);
}

/// <summary>Lanes that come from and go to memory, which loops need to know and formulas do not.</summary>
internal interface ILanes<V, T> : ILanes<V>
    where V : struct, ILanes<V, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    static abstract int Count { get; }

    static abstract V Load(ref readonly T source, nuint index);

    /// <summary>The number at <paramref name="source"/> in every lane.</summary>
    static abstract V Repeat(ref readonly T source);

    void Store(ref T target, nuint index);
}

/// <summary>Which widths pay on this machine. All are constants for the compiler, so a branch on them costs nothing.</summary>
internal static class Lanes
{
    public static bool Has512 => Vector512.IsHardwareAccelerated;

    public static bool Has256 => Vector256.IsHardwareAccelerated;

    public static bool Has128 => Vector128.IsHardwareAccelerated;
}
