using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Backprop.Kernels;

// Four steps along as many rows as there are lanes: pieces of 128 bits go to their lanes as they are read, and are turned within them.
internal readonly unsafe partial struct GemmLanes512<T>
{
    public static bool CanTurn => Avx512F.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Turn(T* from, nint row, out Vector512<T> x0, out Vector512<T> x1, out Vector512<T> x2, out Vector512<T> x3)
    {
        if (typeof(T) == typeof(float))
        {
            Vector512<float> a = Pieces((float*)from, row), b = Pieces((float*)(from + row), row);
            Vector512<float> c = Pieces((float*)(from + 2 * row), row), d = Pieces((float*)(from + 3 * row), row);
            Vector512<double> low = Avx512F.UnpackLow(a, b).AsDouble(), lower = Avx512F.UnpackLow(c, d).AsDouble();
            Vector512<double> high = Avx512F.UnpackHigh(a, b).AsDouble(), higher = Avx512F.UnpackHigh(c, d).AsDouble();
            x0 = Avx512F.UnpackLow(low, lower).As<double, T>();
            x1 = Avx512F.UnpackHigh(low, lower).As<double, T>();
            x2 = Avx512F.UnpackLow(high, higher).As<double, T>();
            x3 = Avx512F.UnpackHigh(high, higher).As<double, T>();
        }
        else
        {
            Vector512<double> a = Pieces((double*)from, row), b = Pieces((double*)(from + row), row);
            Vector512<double> c = Pieces((double*)(from + 2), row), d = Pieces((double*)(from + row + 2), row);
            x0 = Avx512F.UnpackLow(a, b).As<double, T>();
            x1 = Avx512F.UnpackHigh(a, b).As<double, T>();
            x2 = Avx512F.UnpackLow(c, d).As<double, T>();
            x3 = Avx512F.UnpackHigh(c, d).As<double, T>();
        }
    }

    // Every fourth row of floats, every second of doubles.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<TNumber> Pieces<TNumber>(TNumber* from, nint row) where TNumber : unmanaged
    {
        nint next = 16 / sizeof(TNumber) * row;
        return Vector512.Create(
            Vector256.Create(Vector128.Load(from), Vector128.Load(from + next)),
            Vector256.Create(Vector128.Load(from + 2 * next), Vector128.Load(from + 3 * next)));
    }
}

internal readonly unsafe partial struct GemmLanes256<T>
{
    public static bool CanTurn => Avx.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Turn(T* from, nint row, out Vector256<T> x0, out Vector256<T> x1, out Vector256<T> x2, out Vector256<T> x3)
    {
        if (typeof(T) == typeof(float))
        {
            Vector256<float> a = Pieces((float*)from, row), b = Pieces((float*)(from + row), row);
            Vector256<float> c = Pieces((float*)(from + 2 * row), row), d = Pieces((float*)(from + 3 * row), row);
            Vector256<double> low = Avx.UnpackLow(a, b).AsDouble(), lower = Avx.UnpackLow(c, d).AsDouble();
            Vector256<double> high = Avx.UnpackHigh(a, b).AsDouble(), higher = Avx.UnpackHigh(c, d).AsDouble();
            x0 = Avx.UnpackLow(low, lower).As<double, T>();
            x1 = Avx.UnpackHigh(low, lower).As<double, T>();
            x2 = Avx.UnpackLow(high, higher).As<double, T>();
            x3 = Avx.UnpackHigh(high, higher).As<double, T>();
        }
        else
        {
            Vector256<double> a = Pieces((double*)from, row), b = Pieces((double*)(from + row), row);
            Vector256<double> c = Pieces((double*)(from + 2), row), d = Pieces((double*)(from + row + 2), row);
            x0 = Avx.UnpackLow(a, b).As<double, T>();
            x1 = Avx.UnpackHigh(a, b).As<double, T>();
            x2 = Avx.UnpackLow(c, d).As<double, T>();
            x3 = Avx.UnpackHigh(c, d).As<double, T>();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<TNumber> Pieces<TNumber>(TNumber* from, nint row) where TNumber : unmanaged =>
        Vector256.Create(Vector128.Load(from), Vector128.Load(from + 16 / sizeof(TNumber) * row));
}

internal readonly unsafe partial struct GemmLanes128<T>
{
    public static bool CanTurn => false;

    public static void Turn(T* from, nint row, out Vector128<T> x0, out Vector128<T> x1, out Vector128<T> x2, out Vector128<T> x3) =>
        throw new NotSupportedException();
}
