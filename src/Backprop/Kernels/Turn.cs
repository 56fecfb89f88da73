using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Backprop.Kernels;

/// <summary>Turns the rows of a matrix into columns, four at a time.</summary>
internal static unsafe class Turn<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>to[p·width + i] = from[i·stride + p] for p below k and i below count; what lies from count to width stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy(T* from, nint stride, int count, nint k, T* to, nint width)
    {
        int i = 0;
        for (; i <= count - 4; i += 4) Four(from + i * stride, stride, k, to + i, width);
        for (; i < count; i++)
            for (nint p = 0; p < k; p++) to[p * width + i] = from[i * stride + p];
    }

    // Four rows of the source become four neighbouring columns.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four(T* from, nint stride, nint k, T* to, nint width)
    {
        T* r0 = from, r1 = from + stride, r2 = r1 + stride, r3 = r2 + stride;
        nint p = 0;
        if (typeof(T) == typeof(float) && (Sse2.IsSupported || AdvSimd.Arm64.IsSupported))
            for (; p <= k - 4; p += 4, to += 4 * width)
            {
                var x0 = Vector128.Load((float*)(r0 + p));
                var x1 = Vector128.Load((float*)(r1 + p));
                var x2 = Vector128.Load((float*)(r2 + p));
                var x3 = Vector128.Load((float*)(r3 + p));
                var low01 = Low(x0, x1).AsDouble();
                var low23 = Low(x2, x3).AsDouble();
                var high01 = High(x0, x1).AsDouble();
                var high23 = High(x2, x3).AsDouble();
                Vector128.Store(Low(low01, low23), (double*)to);
                Vector128.Store(High(low01, low23), (double*)(to + width));
                Vector128.Store(Low(high01, high23), (double*)(to + 2 * width));
                Vector128.Store(High(high01, high23), (double*)(to + 3 * width));
            }
        else if (typeof(T) == typeof(double) && (Sse2.IsSupported || AdvSimd.Arm64.IsSupported))
            for (; p <= k - 2; p += 2, to += 2 * width)
            {
                var x0 = Vector128.Load((double*)(r0 + p));
                var x1 = Vector128.Load((double*)(r1 + p));
                var x2 = Vector128.Load((double*)(r2 + p));
                var x3 = Vector128.Load((double*)(r3 + p));
                Vector128.Store(Low(x0, x1), (double*)to);
                Vector128.Store(Low(x2, x3), (double*)(to + 2));
                Vector128.Store(High(x0, x1), (double*)(to + width));
                Vector128.Store(High(x2, x3), (double*)(to + width + 2));
            }
        for (; p < k; p++, to += width)
        {
            to[0] = r0[p];
            to[1] = r1[p];
            to[2] = r2[p];
            to[3] = r3[p];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Low(Vector128<float> x, Vector128<float> y) =>
        Sse.IsSupported ? Sse.UnpackLow(x, y) : AdvSimd.Arm64.ZipLow(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> High(Vector128<float> x, Vector128<float> y) =>
        Sse.IsSupported ? Sse.UnpackHigh(x, y) : AdvSimd.Arm64.ZipHigh(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> Low(Vector128<double> x, Vector128<double> y) =>
        Sse2.IsSupported ? Sse2.UnpackLow(x, y) : AdvSimd.Arm64.ZipLow(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> High(Vector128<double> x, Vector128<double> y) =>
        Sse2.IsSupported ? Sse2.UnpackHigh(x, y) : AdvSimd.Arm64.ZipHigh(x, y);
}
