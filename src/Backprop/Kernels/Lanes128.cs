using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Backprop.Kernels;

/// <summary>Lanes of one 128-bit register: 4 floats or 2 doubles.</summary>
internal readonly struct Lanes128<T>(Vector128<T> value) : ILanes<Lanes128<T>, T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private readonly Vector128<T> value = value;

    public static int Count => Vector128<T>.Count;

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
    public static Lanes128<T> Load(ref readonly T source, nuint index) => new(Vector128.LoadUnsafe(in source, index));

    [MethodImpl(Inline)]
    public static Lanes128<T> Repeat(ref readonly T source) => new(Vector128.Create(source));

    [MethodImpl(Inline)]
    public void Store(ref T target, nuint index) => value.StoreUnsafe(ref target, index);

    [MethodImpl(Inline)]
    public static Lanes128<T> All(double value) => new(typeof(T) == typeof(double)
        ? Vector128.Create(value).As<double, T>()
        : Vector128.Create((float)value).As<float, T>());

    [MethodImpl(Inline)]
    public static Lanes128<T> All(double forDouble, double forFloat) => new(typeof(T) == typeof(double)
        ? Vector128.Create(forDouble).As<double, T>()
        : Vector128.Create((float)forFloat).As<float, T>());

    [MethodImpl(Inline)]
    public static Lanes128<T> AllBits(int bits) => AllBits(bits, bits);

    [MethodImpl(Inline)]
    public static Lanes128<T> AllBits(long forDouble, int forFloat) => new(typeof(T) == typeof(double)
        ? Vector128.Create(forDouble).As<long, T>()
        : Vector128.Create(forFloat).As<int, T>());

    [MethodImpl(Inline)]
    public static Lanes128<T> operator +(Lanes128<T> a, Lanes128<T> b) => new(a.value + b.value);

    [MethodImpl(Inline)]
    public static Lanes128<T> operator -(Lanes128<T> a, Lanes128<T> b) => new(a.value - b.value);

    [MethodImpl(Inline)]
    public static Lanes128<T> operator *(Lanes128<T> a, Lanes128<T> b) => new(a.value * b.value);

    [MethodImpl(Inline)]
    public static Lanes128<T> operator /(Lanes128<T> a, Lanes128<T> b) => new(a.value / b.value);

    [MethodImpl(Inline)]
    public static Lanes128<T> operator -(Lanes128<T> a) => new(-a.value);

    [MethodImpl(Inline)]
    public static Lanes128<T> operator <(Lanes128<T> a, Lanes128<T> b) => new(Vector128.LessThan(a.value, b.value));

    [MethodImpl(Inline)]
    public static Lanes128<T> operator >(Lanes128<T> a, Lanes128<T> b) => new(Vector128.GreaterThan(a.value, b.value));

    [MethodImpl(Inline)]
    public static Lanes128<T> operator <=(Lanes128<T> a, Lanes128<T> b) => new(Vector128.LessThanOrEqual(a.value, b.value));

    [MethodImpl(Inline)]
    public static Lanes128<T> operator >=(Lanes128<T> a, Lanes128<T> b) => new(Vector128.GreaterThanOrEqual(a.value, b.value));

    [MethodImpl(Inline)]
    public static Lanes128<T> operator &(Lanes128<T> a, Lanes128<T> b) => new(a.value & b.value);

    [MethodImpl(Inline)]
    public static Lanes128<T> operator |(Lanes128<T> a, Lanes128<T> b) => new(a.value | b.value);

    [MethodImpl(Inline)]
    public static Lanes128<T> operator ^(Lanes128<T> a, Lanes128<T> b) => new(a.value ^ b.value);

    [MethodImpl(Inline)]
    public static Lanes128<T> Equal(Lanes128<T> a, Lanes128<T> b) => new(Vector128.Equals(a.value, b.value));

    [MethodImpl(Inline)]
    public static Lanes128<T> Fma(Lanes128<T> a, Lanes128<T> b, Lanes128<T> c) => new(typeof(T) == typeof(double)
        ? Vector128.FusedMultiplyAdd(a.value.As<T, double>(), b.value.As<T, double>(), c.value.As<T, double>()).As<double, T>()
        : Vector128.FusedMultiplyAdd(a.value.As<T, float>(), b.value.As<T, float>(), c.value.As<T, float>()).As<float, T>());

    [MethodImpl(Inline)]
    public static Lanes128<T> Abs(Lanes128<T> a) => new(Vector128.Abs(a.value));

    [MethodImpl(Inline)]
    public static Lanes128<T> Sqrt(Lanes128<T> a) => new(Vector128.Sqrt(a.value));

    [MethodImpl(Inline)]
    public static Lanes128<T> Max(Lanes128<T> a, Lanes128<T> b) => new(Vector128.Max(a.value, b.value));

    [MethodImpl(Inline)]
    public static Lanes128<T> Min(Lanes128<T> a, Lanes128<T> b) => new(Vector128.Min(a.value, b.value));

    [MethodImpl(Inline)]
    public static Lanes128<T> Select(Lanes128<T> mask, Lanes128<T> yes, Lanes128<T> no) => new(Vector128.ConditionalSelect(mask.value, yes.value, no.value));

    [MethodImpl(Inline)]
    public static Lanes128<T> AddBits(Lanes128<T> a, Lanes128<T> b) => new(typeof(T) == typeof(double)
        ? (a.value.As<T, long>() + b.value.As<T, long>()).As<long, T>()
        : (a.value.As<T, int>() + b.value.As<T, int>()).As<int, T>());

    [MethodImpl(Inline)]
    public static Lanes128<T> SubtractBits(Lanes128<T> a, Lanes128<T> b) => new(typeof(T) == typeof(double)
        ? (a.value.As<T, long>() - b.value.As<T, long>()).As<long, T>()
        : (a.value.As<T, int>() - b.value.As<T, int>()).As<int, T>());

    [MethodImpl(Inline)]
    public static Lanes128<T> ShiftLeft(Lanes128<T> a, int count) => new(typeof(T) == typeof(double)
        ? (a.value.As<T, long>() << count).As<long, T>()
        : (a.value.As<T, int>() << count).As<int, T>());

    [MethodImpl(Inline)]
    public static Lanes128<T> ShiftRight(Lanes128<T> a, int count) => new(typeof(T) == typeof(double)
        ? (a.value.As<T, ulong>() >> count).As<ulong, T>()
        : (a.value.As<T, uint>() >> count).As<uint, T>());
}
