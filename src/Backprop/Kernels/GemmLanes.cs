using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Backprop.Kernels;

/// <summary>One width of vector register, so that the product's kernel is written once.</summary>
/// <remarks>Every lane is one element of C, never a part of a sum.</remarks>
internal unsafe interface IGemmLanes<T, TVector> where T : unmanaged where TVector : struct
{
    static abstract int Count { get; }
    /// <summary>Rows of C that a tile of two vectors per row keeps in this machine's registers.</summary>
    static abstract int Rows { get; }
    static abstract TVector Load(T* from);
    /// <summary>Half a vector from each place.</summary>
    static abstract TVector Load(T* low, T* high);
    static abstract TVector LoadPart(T* from, int count);
    static abstract TVector Broadcast(T value);
    static abstract TVector FusedMultiplyAdd(TVector x, TVector y, TVector sum);
    static abstract void Store(T* to, TVector value);
    static abstract void StorePart(T* to, int count, TVector value);
}

/// <summary>512 bits: 32 registers, so 24 sums, two vectors of B and one of A.</summary>
internal readonly unsafe struct GemmLanes512<T> : IGemmLanes<T, Vector512<T>> where T : unmanaged, IFloatingPointIeee754<T>
{
    public static int Count => Vector512<T>.Count;
    public static int Rows => 12;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Load(T* from) => Vector512.Load(from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Load(T* low, T* high) => Vector512.Create(Vector256.Load(low), Vector256.Load(high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> LoadPart(T* from, int count)
    {
        if (!Avx512F.IsSupported)
        {
            Vector512<T> whole = default;
            Unsafe.CopyBlockUnaligned(&whole, from, (uint)(count * sizeof(T)));
            return whole;
        }
        return typeof(T) == typeof(float)
            ? Avx512F.MaskLoad((float*)from, Mask(count).AsSingle(), Vector512<float>.Zero).As<float, T>()
            : Avx512F.MaskLoad((double*)from, Mask(count).AsDouble(), Vector512<double>.Zero).As<double, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Broadcast(T value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> FusedMultiplyAdd(Vector512<T> x, Vector512<T> y, Vector512<T> sum) => typeof(T) == typeof(float)
        ? Vector512.FusedMultiplyAdd(x.AsSingle(), y.AsSingle(), sum.AsSingle()).As<float, T>()
        : Vector512.FusedMultiplyAdd(x.AsDouble(), y.AsDouble(), sum.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(T* to, Vector512<T> value) => value.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePart(T* to, int count, Vector512<T> value)
    {
        if (!Avx512F.IsSupported) Unsafe.CopyBlockUnaligned(to, &value, (uint)(count * sizeof(T)));
        else if (typeof(T) == typeof(float)) Avx512F.MaskStore((float*)to, Mask(count).AsSingle(), value.AsSingle());
        else Avx512F.MaskStore((double*)to, Mask(count).AsDouble(), value.AsDouble());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Mask(int count) => sizeof(T) == 4
        ? Vector512.GreaterThan(Vector512.Create(count), Vector512<int>.Indices).AsByte()
        : Vector512.GreaterThan(Vector512.Create((long)count), Vector512<long>.Indices).AsByte();
}

/// <summary>256 bits: 16 registers on x64, so 12 sums, two vectors of B and one of A.</summary>
internal readonly unsafe struct GemmLanes256<T> : IGemmLanes<T, Vector256<T>> where T : unmanaged, IFloatingPointIeee754<T>
{
    public static int Count => Vector256<T>.Count;
    public static int Rows => 6;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Load(T* from) => Vector256.Load(from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Load(T* low, T* high) => Vector256.Create(Vector128.Load(low), Vector128.Load(high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> LoadPart(T* from, int count)
    {
        if (!Avx.IsSupported)
        {
            Vector256<T> whole = default;
            Unsafe.CopyBlockUnaligned(&whole, from, (uint)(count * sizeof(T)));
            return whole;
        }
        return typeof(T) == typeof(float)
            ? Avx.MaskLoad((float*)from, Mask(count).AsSingle()).As<float, T>()
            : Avx.MaskLoad((double*)from, Mask(count).AsDouble()).As<double, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Broadcast(T value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> FusedMultiplyAdd(Vector256<T> x, Vector256<T> y, Vector256<T> sum) => typeof(T) == typeof(float)
        ? Vector256.FusedMultiplyAdd(x.AsSingle(), y.AsSingle(), sum.AsSingle()).As<float, T>()
        : Vector256.FusedMultiplyAdd(x.AsDouble(), y.AsDouble(), sum.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(T* to, Vector256<T> value) => value.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePart(T* to, int count, Vector256<T> value)
    {
        if (!Avx.IsSupported) Unsafe.CopyBlockUnaligned(to, &value, (uint)(count * sizeof(T)));
        else if (typeof(T) == typeof(float)) Avx.MaskStore((float*)to, Mask(count).AsSingle(), value.AsSingle());
        else Avx.MaskStore((double*)to, Mask(count).AsDouble(), value.AsDouble());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Mask(int count) => sizeof(T) == 4
        ? Vector256.GreaterThan(Vector256.Create(count), Vector256<int>.Indices).AsByte()
        : Vector256.GreaterThan(Vector256.Create((long)count), Vector256<long>.Indices).AsByte();
}

/// <summary>128 bits, for every other machine; Arm64 has 32 registers and a fused multiply-add.</summary>
internal readonly unsafe struct GemmLanes128<T> : IGemmLanes<T, Vector128<T>> where T : unmanaged, IFloatingPointIeee754<T>
{
    public static int Count => Vector128<T>.Count;
    public static int Rows => 12;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Load(T* from) => Vector128.Load(from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Load(T* low, T* high) => Vector128.Create(Vector64.Load(low), Vector64.Load(high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> LoadPart(T* from, int count)
    {
        Vector128<T> whole = default;
        for (int i = 0; i < count; i++) ((T*)&whole)[i] = from[i];
        return whole;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Broadcast(T value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> FusedMultiplyAdd(Vector128<T> x, Vector128<T> y, Vector128<T> sum) => typeof(T) == typeof(float)
        ? Vector128.FusedMultiplyAdd(x.AsSingle(), y.AsSingle(), sum.AsSingle()).As<float, T>()
        : Vector128.FusedMultiplyAdd(x.AsDouble(), y.AsDouble(), sum.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(T* to, Vector128<T> value) => value.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePart(T* to, int count, Vector128<T> value)
    {
        for (int i = 0; i < count; i++) to[i] = ((T*)&value)[i];
    }
}
