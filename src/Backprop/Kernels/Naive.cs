using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Kernels;

/// <summary>The plain loops that the fast kernels are held equal to, bit for bit.</summary>
/// <remarks>Those of the product also serve machines without the instruction, so they are compiled fully from the first call.</remarks>
internal static partial class Naive
{
    /// <summary>C[m,n] (+)= A[m,k]·B[k,n]. Each element is one chain of fused multiply-adds in ascending k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void GemmNN<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, int m, int n, int k, bool accumulate)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < m; i++)
            for (int j = 0; j < n; j++)
            {
                T sum = accumulate ? c[i * n + j] : T.Zero;
                for (int p = 0; p < k; p++) sum = T.FusedMultiplyAdd(a[i * k + p], b[p * n + j], sum);
                c[i * n + j] = sum;
            }
    }

    /// <summary>C[m,n] (+)= A[m,k]·B[n,k]ᵀ. Each element is one chain of fused multiply-adds in ascending k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void GemmNT<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, int m, int n, int k, bool accumulate)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < m; i++)
            for (int j = 0; j < n; j++)
            {
                T sum = accumulate ? c[i * n + j] : T.Zero;
                for (int p = 0; p < k; p++) sum = T.FusedMultiplyAdd(a[i * k + p], b[j * k + p], sum);
                c[i * n + j] = sum;
            }
    }

    /// <summary>C[m,n] (+)= A[k,m]ᵀ·B[k,n]. Each element is one chain of fused multiply-adds in ascending k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void GemmTN<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, int m, int n, int k, bool accumulate)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < m; i++)
            for (int j = 0; j < n; j++)
            {
                T sum = accumulate ? c[i * n + j] : T.Zero;
                for (int p = 0; p < k; p++) sum = T.FusedMultiplyAdd(a[p * m + i], b[p * n + j], sum);
                c[i * n + j] = sum;
            }
    }
}
