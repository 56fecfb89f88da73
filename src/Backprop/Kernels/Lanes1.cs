using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Kernels;

/// <summary>One number as a single lane: what is left over at the end of a span, and every machine without vectors.</summary>
internal readonly struct Lanes1<T>(T value) : ILanes<Lanes1<T>, T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    public T Value { get; } = value;

    public static int Count => 1;

    public static bool IsDouble
    {
        [MethodImpl(Inline)]
        get => typeof(T) == typeof(double);
    }

    public static int FractionBits
    {
        [MethodImpl(Inline)]
        get => typeof(T) == typeof(double) ? 52 : 23;
    }

    /// <summary>The lane's bits, sign-extended where it is a float.</summary>
    private long Bits
    {
        [MethodImpl(Inline)]
        get => typeof(T) == typeof(double) ? Unsafe.BitCast<T, long>(Value) : Unsafe.BitCast<T, int>(Value);
    }

    [MethodImpl(Inline)]
    public static Lanes1<T> Load(ref readonly T source, nuint index) => new(Unsafe.Add(ref Unsafe.AsRef(in source), index));

    [MethodImpl(Inline)]
    public static Lanes1<T> Repeat(ref readonly T source) => new(source);

    [MethodImpl(Inline)]
    public void Store(ref T target, nuint index) => Unsafe.Add(ref target, index) = Value;

    [MethodImpl(Inline)]
    public static Lanes1<T> All(double value) => new(typeof(T) == typeof(double) ? Unsafe.BitCast<double, T>(value) : Unsafe.BitCast<float, T>((float)value));

    [MethodImpl(Inline)]
    public static Lanes1<T> All(double forDouble, double forFloat) =>
        new(typeof(T) == typeof(double) ? Unsafe.BitCast<double, T>(forDouble) : Unsafe.BitCast<float, T>((float)forFloat));

    [MethodImpl(Inline)]
    public static Lanes1<T> AllBits(int bits) => AllBits(bits, bits);

    [MethodImpl(Inline)]
    public static Lanes1<T> AllBits(long forDouble, int forFloat) => new(typeof(T) == typeof(double) ? Unsafe.BitCast<long, T>(forDouble) : Unsafe.BitCast<int, T>(forFloat));

    [MethodImpl(Inline)]
    public static Lanes1<T> operator +(Lanes1<T> a, Lanes1<T> b) => new(a.Value + b.Value);

    [MethodImpl(Inline)]
    public static Lanes1<T> operator -(Lanes1<T> a, Lanes1<T> b) => new(a.Value - b.Value);

    [MethodImpl(Inline)]
    public static Lanes1<T> operator *(Lanes1<T> a, Lanes1<T> b) => new(a.Value * b.Value);

    [MethodImpl(Inline)]
    public static Lanes1<T> operator /(Lanes1<T> a, Lanes1<T> b) => new(a.Value / b.Value);

    [MethodImpl(Inline)]
    public static Lanes1<T> operator -(Lanes1<T> a) => new(-a.Value);

    [MethodImpl(Inline)]
    public static Lanes1<T> operator <(Lanes1<T> a, Lanes1<T> b) => Mask(a.Value < b.Value);

    [MethodImpl(Inline)]
    public static Lanes1<T> operator >(Lanes1<T> a, Lanes1<T> b) => Mask(a.Value > b.Value);

    [MethodImpl(Inline)]
    public static Lanes1<T> operator <=(Lanes1<T> a, Lanes1<T> b) => Mask(a.Value <= b.Value);

    [MethodImpl(Inline)]
    public static Lanes1<T> operator >=(Lanes1<T> a, Lanes1<T> b) => Mask(a.Value >= b.Value);

    [MethodImpl(Inline)]
    public static Lanes1<T> operator &(Lanes1<T> a, Lanes1<T> b) => Of(a.Bits & b.Bits);

    [MethodImpl(Inline)]
    public static Lanes1<T> operator |(Lanes1<T> a, Lanes1<T> b) => Of(a.Bits | b.Bits);

    [MethodImpl(Inline)]
    public static Lanes1<T> operator ^(Lanes1<T> a, Lanes1<T> b) => Of(a.Bits ^ b.Bits);

    [MethodImpl(Inline)]
    public static Lanes1<T> Equal(Lanes1<T> a, Lanes1<T> b) => Mask(a.Value == b.Value);

    [MethodImpl(Inline)]
    public static Lanes1<T> Fma(Lanes1<T> a, Lanes1<T> b, Lanes1<T> c) => new(T.FusedMultiplyAdd(a.Value, b.Value, c.Value));

    [MethodImpl(Inline)]
    public static Lanes1<T> Abs(Lanes1<T> a) => new(T.Abs(a.Value));

    [MethodImpl(Inline)]
    public static Lanes1<T> Sqrt(Lanes1<T> a) => new(T.Sqrt(a.Value));

    [MethodImpl(Inline)]
    public static Lanes1<T> Max(Lanes1<T> a, Lanes1<T> b) => new(T.Max(a.Value, b.Value));

    [MethodImpl(Inline)]
    public static Lanes1<T> Min(Lanes1<T> a, Lanes1<T> b) => new(T.Min(a.Value, b.Value));

    [MethodImpl(Inline)]
    public static Lanes1<T> Select(Lanes1<T> mask, Lanes1<T> yes, Lanes1<T> no) => mask.Bits != 0 ? yes : no;

    [MethodImpl(Inline)]
    public static Lanes1<T> AddBits(Lanes1<T> a, Lanes1<T> b) => Of(a.Bits + b.Bits);

    [MethodImpl(Inline)]
    public static Lanes1<T> SubtractBits(Lanes1<T> a, Lanes1<T> b) => Of(a.Bits - b.Bits);

    [MethodImpl(Inline)]
    public static Lanes1<T> ShiftLeft(Lanes1<T> a, int count) => Of(a.Bits << count);

    [MethodImpl(Inline)]
    public static Lanes1<T> ShiftRight(Lanes1<T> a, int count) => Of(typeof(T) == typeof(double) ? a.Bits >>> count : (int)a.Bits >>> count);

    [MethodImpl(Inline)]
    private static Lanes1<T> Mask(bool holds) => Of(holds ? -1 : 0);

    /// <summary>The lane with these bits; a float takes the lower half.</summary>
    [MethodImpl(Inline)]
    private static Lanes1<T> Of(long bits) => AllBits(bits, (int)bits);
}
