using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Backprop.Kernels;

/// <summary>Lanes of one 256-bit register: 8 floats or 4 doubles.</summary>
internal readonly struct Lanes256<T>(Vector256<T> value) : ILanes<Lanes256<T>, T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private readonly Vector256<T> value = value;

    public static int Count => Vector256<T>.Count;

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
    public static Lanes256<T> Load(ref readonly T source, nuint index) => new(Vector256.LoadUnsafe(in source, index));

    [MethodImpl(Inline)]
    public static Lanes256<T> Repeat(ref readonly T source) => new(Vector256.Create(source));

    [MethodImpl(Inline)]
    public void Store(ref T target, nuint index) => value.StoreUnsafe(ref target, index);

    [MethodImpl(Inline)]
    public static Lanes256<T> All(double value) => new(typeof(T) == typeof(double)
        ? Vector256.Create(value).As<double, T>()
        : Vector256.Create((float)value).As<float, T>());

    [MethodImpl(Inline)]
    public static Lanes256<T> All(double forDouble, double forFloat) => new(typeof(T) == typeof(double)
        ? Vector256.Create(forDouble).As<double, T>()
        : Vector256.Create((float)forFloat).As<float, T>());

    [MethodImpl(Inline)]
    public static Lanes256<T> AllBits(int bits) => AllBits(bits, bits);

    [MethodImpl(Inline)]
    public static Lanes256<T> AllBits(long forDouble, int forFloat) => new(typeof(T) == typeof(double)
        ? Vector256.Create(forDouble).As<long, T>()
        : Vector256.Create(forFloat).As<int, T>());

    [MethodImpl(Inline)]
    public static Lanes256<T> operator +(Lanes256<T> a, Lanes256<T> b) => new(a.value + b.value);

    [MethodImpl(Inline)]
    public static Lanes256<T> operator -(Lanes256<T> a, Lanes256<T> b) => new(a.value - b.value);

    [MethodImpl(Inline)]
    public static Lanes256<T> operator *(Lanes256<T> a, Lanes256<T> b) => new(a.value * b.value);

    [MethodImpl(Inline)]
    public static Lanes256<T> operator /(Lanes256<T> a, Lanes256<T> b) => new(a.value / b.value);

    [MethodImpl(Inline)]
    public static Lanes256<T> operator -(Lanes256<T> a) => new(-a.value);

    [MethodImpl(Inline)]
    public static Lanes256<T> operator <(Lanes256<T> a, Lanes256<T> b) => new(Vector256.LessThan(a.value, b.value));

    [MethodImpl(Inline)]
    public static Lanes256<T> operator >(Lanes256<T> a, Lanes256<T> b) => new(Vector256.GreaterThan(a.value, b.value));

    [MethodImpl(Inline)]
    public static Lanes256<T> operator <=(Lanes256<T> a, Lanes256<T> b) => new(Vector256.LessThanOrEqual(a.value, b.value));

    [MethodImpl(Inline)]
    public static Lanes256<T> operator >=(Lanes256<T> a, Lanes256<T> b) => new(Vector256.GreaterThanOrEqual(a.value, b.value));

    [MethodImpl(Inline)]
    public static Lanes256<T> operator &(Lanes256<T> a, Lanes256<T> b) => new(a.value & b.value);

    [MethodImpl(Inline)]
    public static Lanes256<T> operator |(Lanes256<T> a, Lanes256<T> b) => new(a.value | b.value);

    [MethodImpl(Inline)]
    public static Lanes256<T> operator ^(Lanes256<T> a, Lanes256<T> b) => new(a.value ^ b.value);

    [MethodImpl(Inline)]
    public static Lanes256<T> Equal(Lanes256<T> a, Lanes256<T> b) => new(Vector256.Equals(a.value, b.value));

    [MethodImpl(Inline)]
    public static Lanes256<T> Fma(Lanes256<T> a, Lanes256<T> b, Lanes256<T> c) => new(typeof(T) == typeof(double)
        ? Vector256.FusedMultiplyAdd(a.value.As<T, double>(), b.value.As<T, double>(), c.value.As<T, double>()).As<double, T>()
        : Vector256.FusedMultiplyAdd(a.value.As<T, float>(), b.value.As<T, float>(), c.value.As<T, float>()).As<float, T>());

    [MethodImpl(Inline)]
    public static Lanes256<T> Abs(Lanes256<T> a) => new(Vector256.Abs(a.value));

    [MethodImpl(Inline)]
    public static Lanes256<T> Sqrt(Lanes256<T> a) => new(Vector256.Sqrt(a.value));

    [MethodImpl(Inline)]
    public static Lanes256<T> Max(Lanes256<T> a, Lanes256<T> b) => new(Vector256.Max(a.value, b.value));

    [MethodImpl(Inline)]
    public static Lanes256<T> Min(Lanes256<T> a, Lanes256<T> b) => new(Vector256.Min(a.value, b.value));

    [MethodImpl(Inline)]
    public static Lanes256<T> Select(Lanes256<T> mask, Lanes256<T> yes, Lanes256<T> no) => new(Vector256.ConditionalSelect(mask.value, yes.value, no.value));

    [MethodImpl(Inline)]
    public static Lanes256<T> AddBits(Lanes256<T> a, Lanes256<T> b) => new(typeof(T) == typeof(double)
        ? (a.value.As<T, long>() + b.value.As<T, long>()).As<long, T>()
        : (a.value.As<T, int>() + b.value.As<T, int>()).As<int, T>());

    [MethodImpl(Inline)]
    public static Lanes256<T> SubtractBits(Lanes256<T> a, Lanes256<T> b) => new(typeof(T) == typeof(double)
        ? (a.value.As<T, long>() - b.value.As<T, long>()).As<long, T>()
        : (a.value.As<T, int>() - b.value.As<T, int>()).As<int, T>());

    [MethodImpl(Inline)]
    public static Lanes256<T> ShiftLeft(Lanes256<T> a, int count) => new(typeof(T) == typeof(double)
        ? (a.value.As<T, long>() << count).As<long, T>()
        : (a.value.As<T, int>() << count).As<int, T>());

    [MethodImpl(Inline)]
    public static Lanes256<T> ShiftRight(Lanes256<T> a, int count) => new(typeof(T) == typeof(double)
        ? (a.value.As<T, ulong>() >> count).As<ulong, T>()
        : (a.value.As<T, uint>() >> count).As<uint, T>());
}
