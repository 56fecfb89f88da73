using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Backprop.Kernels;

/// <summary>Lanes of one 512-bit register: 16 floats or 8 doubles.</summary>
internal readonly struct Lanes512<T>(Vector512<T> value) : ILanes<Lanes512<T>, T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private readonly Vector512<T> value = value;

    public static int Count => Vector512<T>.Count;

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

    [MethodImpl(Inline)]
    public static Lanes512<T> Load(ref readonly T source, nuint index) => new(Vector512.LoadUnsafe(in source, index));

    [MethodImpl(Inline)]
    public static Lanes512<T> Repeat(ref readonly T source) => new(Vector512.Create(source));

    [MethodImpl(Inline)]
    public void Store(ref T target, nuint index) => value.StoreUnsafe(ref target, index);

    [MethodImpl(Inline)]
    public static Lanes512<T> All(double value) => new(typeof(T) == typeof(double)
        ? Vector512.Create(value).As<double, T>()
        : Vector512.Create((float)value).As<float, T>());

    [MethodImpl(Inline)]
    public static Lanes512<T> All(double forDouble, double forFloat) => new(typeof(T) == typeof(double)
        ? Vector512.Create(forDouble).As<double, T>()
        : Vector512.Create((float)forFloat).As<float, T>());

    [MethodImpl(Inline)]
    public static Lanes512<T> AllBits(int bits) => AllBits(bits, bits);

    [MethodImpl(Inline)]
    public static Lanes512<T> AllBits(long forDouble, int forFloat) => new(typeof(T) == typeof(double)
        ? Vector512.Create(forDouble).As<long, T>()
        : Vector512.Create(forFloat).As<int, T>());

    [MethodImpl(Inline)]
    public static Lanes512<T> operator +(Lanes512<T> a, Lanes512<T> b) => new(a.value + b.value);

    [MethodImpl(Inline)]
    public static Lanes512<T> operator -(Lanes512<T> a, Lanes512<T> b) => new(a.value - b.value);

    [MethodImpl(Inline)]
    public static Lanes512<T> operator *(Lanes512<T> a, Lanes512<T> b) => new(a.value * b.value);

    [MethodImpl(Inline)]
    public static Lanes512<T> operator /(Lanes512<T> a, Lanes512<T> b) => new(a.value / b.value);

    [MethodImpl(Inline)]
    public static Lanes512<T> operator -(Lanes512<T> a) => new(-a.value);

    [MethodImpl(Inline)]
    public static Lanes512<T> operator <(Lanes512<T> a, Lanes512<T> b) => new(Vector512.LessThan(a.value, b.value));

    [MethodImpl(Inline)]
    public static Lanes512<T> operator >(Lanes512<T> a, Lanes512<T> b) => new(Vector512.GreaterThan(a.value, b.value));

    [MethodImpl(Inline)]
    public static Lanes512<T> operator <=(Lanes512<T> a, Lanes512<T> b) => new(Vector512.LessThanOrEqual(a.value, b.value));

    [MethodImpl(Inline)]
    public static Lanes512<T> operator >=(Lanes512<T> a, Lanes512<T> b) => new(Vector512.GreaterThanOrEqual(a.value, b.value));

    [MethodImpl(Inline)]
    public static Lanes512<T> operator &(Lanes512<T> a, Lanes512<T> b) => new(a.value & b.value);

    [MethodImpl(Inline)]
    public static Lanes512<T> operator |(Lanes512<T> a, Lanes512<T> b) => new(a.value | b.value);

    [MethodImpl(Inline)]
    public static Lanes512<T> operator ^(Lanes512<T> a, Lanes512<T> b) => new(a.value ^ b.value);

    [MethodImpl(Inline)]
    public static Lanes512<T> Equal(Lanes512<T> a, Lanes512<T> b) => new(Vector512.Equals(a.value, b.value));

    [MethodImpl(Inline)]
    public static Lanes512<T> Fma(Lanes512<T> a, Lanes512<T> b, Lanes512<T> c) => new(typeof(T) == typeof(double)
        ? Vector512.FusedMultiplyAdd(a.value.As<T, double>(), b.value.As<T, double>(), c.value.As<T, double>()).As<double, T>()
        : Vector512.FusedMultiplyAdd(a.value.As<T, float>(), b.value.As<T, float>(), c.value.As<T, float>()).As<float, T>());

    [MethodImpl(Inline)]
    public static Lanes512<T> Abs(Lanes512<T> a) => new(Vector512.Abs(a.value));

    [MethodImpl(Inline)]
    public static Lanes512<T> Sqrt(Lanes512<T> a) => new(Vector512.Sqrt(a.value));

    [MethodImpl(Inline)]
    public static Lanes512<T> Max(Lanes512<T> a, Lanes512<T> b) => new(Vector512.Max(a.value, b.value));

    [MethodImpl(Inline)]
    public static Lanes512<T> Min(Lanes512<T> a, Lanes512<T> b) => new(Vector512.Min(a.value, b.value));

    [MethodImpl(Inline)]
    public static Lanes512<T> Select(Lanes512<T> mask, Lanes512<T> yes, Lanes512<T> no) => new(Vector512.ConditionalSelect(mask.value, yes.value, no.value));

    [MethodImpl(Inline)]
    public static Lanes512<T> AddBits(Lanes512<T> a, Lanes512<T> b) => new(typeof(T) == typeof(double)
        ? (a.value.As<T, long>() + b.value.As<T, long>()).As<long, T>()
        : (a.value.As<T, int>() + b.value.As<T, int>()).As<int, T>());

    [MethodImpl(Inline)]
    public static Lanes512<T> SubtractBits(Lanes512<T> a, Lanes512<T> b) => new(typeof(T) == typeof(double)
        ? (a.value.As<T, long>() - b.value.As<T, long>()).As<long, T>()
        : (a.value.As<T, int>() - b.value.As<T, int>()).As<int, T>());

    [MethodImpl(Inline)]
    public static Lanes512<T> ShiftLeft(Lanes512<T> a, int count) => new(typeof(T) == typeof(double)
        ? (a.value.As<T, long>() << count).As<long, T>()
        : (a.value.As<T, int>() << count).As<int, T>());

    [MethodImpl(Inline)]
    public static Lanes512<T> ShiftRight(Lanes512<T> a, int count) => new(typeof(T) == typeof(double)
        ? (a.value.As<T, ulong>() >> count).As<ulong, T>()
        : (a.value.As<T, uint>() >> count).As<uint, T>());
}
