using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Backprop.Kernels;

/// <summary>The ways to compute a product; all give the same bits.</summary>
internal enum GemmPath { Fastest, Plain, Vector128, Vector256, Vector512 }

/// <summary>Products of matrices in spans, row-major.</summary>
/// <remarks>
/// Each element of C is one chain of fused multiply-adds in ascending k that starts from 0, or from the old C if it accumulates. So the bits are those
/// of <see cref="Naive"/> on every machine, whatever the blocks, the vectors and the threads.
/// </remarks>
internal static unsafe class Gemm
{
    /// <summary>C[m,n] (+)= A[m,k]·B[k,n].</summary>
    public static void NN<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, int m, int n, int k, bool accumulate,
        GemmPath path = GemmPath.Fastest) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Require(a, b, c, m, n, k);
        fixed (T* x = a, y = b, z = c)
            // One column is one row of the transposed product, which runs along memory.
            if (n == 1) Multiply(new(y, 0, 1), new(x, 1, k), z, 1, m, k, accumulate, path);
            else Multiply<T>(new(x, k, 1), new(y, n, 1), z, m, n, k, accumulate, path);
    }

    /// <summary>C[m,n] (+)= A[m,k]·B[n,k]ᵀ.</summary>
    public static void NT<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, int m, int n, int k, bool accumulate,
        GemmPath path = GemmPath.Fastest) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Require(a, b, c, m, n, k);
        fixed (T* x = a, y = b, z = c)
            if (n == 1) Multiply(new(y, 0, 1), new(x, 1, k), z, 1, m, k, accumulate, path);
            else Multiply<T>(new(x, k, 1), new(y, 1, k), z, m, n, k, accumulate, path);
    }

    /// <summary>C[m,n] (+)= A[k,m]ᵀ·B[k,n].</summary>
    public static void TN<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, int m, int n, int k, bool accumulate,
        GemmPath path = GemmPath.Fastest) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Require(a, b, c, m, n, k);
        fixed (T* x = a, y = b, z = c)
            if (n == 1) Multiply(new(y, 0, 1), new(x, m, 1), z, 1, m, k, accumulate, path);
            else Multiply<T>(new(x, 1, m), new(y, n, 1), z, m, n, k, accumulate, path);
    }

    /// <summary>What this machine takes for all but the smallest products; the compiler knows the answer.</summary>
    public static GemmPath Fastest =>
        // Without the instruction every fused multiply-add is a call: vectors gain nothing.
        !(Fma.IsSupported || AdvSimd.IsSupported) ? GemmPath.Plain
        : Vector512.IsHardwareAccelerated ? GemmPath.Vector512
        : Vector256.IsHardwareAccelerated ? GemmPath.Vector256 : GemmPath.Vector128;

    private static void Multiply<T>(Strided<T> a, Strided<T> b, T* c, int m, int n, int k, bool accumulate, GemmPath path)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // Up to here the arrangements cost more than the sums.
        const int tiny = 96;
        if (path == GemmPath.Fastest) path = (long)m * n * k <= tiny ? GemmPath.Plain : Fastest;

        if (path == GemmPath.Plain || k == 0) Plain(a, b, c, m, n, k, accumulate);
        else if (path == GemmPath.Vector512) GemmBlocks<T, Vector512<T>, GemmLanes512<T>>.Run(a, b, c, n, m, n, k, accumulate);
        else if (path == GemmPath.Vector256) GemmBlocks<T, Vector256<T>, GemmLanes256<T>>.Run(a, b, c, n, m, n, k, accumulate);
        else GemmBlocks<T, Vector128<T>, GemmLanes128<T>>.Run(a, b, c, n, m, n, k, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Plain<T>(Strided<T> a, Strided<T> b, T* c, int m, int n, int k, bool accumulate)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < m; i++)
            for (int j = 0; j < n; j++, c++)
            {
                T* x = a.At(i, 0), y = b.At(0, j);
                T sum = accumulate ? *c : T.Zero;
                for (int p = 0; p < k; p++, x += a.Column, y += b.Row) sum = T.FusedMultiplyAdd(*x, *y, sum);
                *c = sum;
            }
    }

    // The one check between the operations and raw addresses.
    private static void Require<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, int m, int n, int k)
    {
        if (m < 0 || n < 0 || k < 0 || a.Length < (long)m * k || b.Length < (long)n * k || c.Length < (long)m * n)
            throw new ArgumentException($"Gemm: spans of {a.Length}, {b.Length} and {c.Length} numbers are too short for m {m}, n {n}, k {k}.");
    }
}
