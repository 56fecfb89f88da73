using System.Numerics;
using System.Runtime.Intrinsics;

namespace Backprop.Kernels;

/// <summary>A matrix B that many thin products A·B share: the recurrent weight, which every time step multiplies by.</summary>
/// <remarks>It is copied once into the order in which the tile reads it, where that pays. The bits are those of
/// <see cref="Gemm"/>.</remarks>
/// <param name="matrix">B [k, n], or Bᵀ [n, k] where it is turned.</param>
/// <param name="copy">Place for <see cref="CopyLength"/> numbers; null if that is 0.</param>
/// <param name="k">The rows of B.</param>
/// <param name="n">The columns of B.</param>
/// <param name="turned">Whether the matrix is Bᵀ.</param>
/// <param name="path">The way to compute.</param>
internal readonly unsafe struct SharedMatrix<T>(T* matrix, T* copy, int k, int n, bool turned, GemmPath path = GemmPath.Fastest)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The numbers that the copy takes; 0 where none pays.</summary>
    /// <param name="k">The rows of B.</param>
    /// <param name="n">The columns of B.</param>
    /// <param name="rows">The rows of A in all products together.</param>
    /// <param name="path">The way to compute.</param>
    public static int CopyLength(int k, int n, long rows, GemmPath path = GemmPath.Fastest)
    {
        // To copy a number costs about as much as to multiply and add sixteen; and a B of a few registers is not worth arranging.
        const int worthwhileRows = 16, worthwhileNumbers = 256;
        if (rows < worthwhileRows || (long)k * n < worthwhileNumbers) return 0;
        return Way(path) switch
        {
            GemmPath.Plain => 0,
            GemmPath.Vector512 => GemmBlocks<T, Vector512<T>, GemmLanes512<T>>.CopyLength(n, k),
            GemmPath.Vector256 => GemmBlocks<T, Vector256<T>, GemmLanes256<T>>.CopyLength(n, k),
            _ => GemmBlocks<T, Vector128<T>, GemmLanes128<T>>.CopyLength(n, k),
        };
    }

    private static GemmPath Way(GemmPath path) => path == GemmPath.Fastest ? Gemm.Fastest : path;

    private Strided<T> B => turned ? new(matrix, 1, k) : new(matrix, n, 1);

    /// <summary>Fills the copy.</summary>
    public void Copy(Work threads)
    {
        if (copy == null) return;
        int use = threads.ForElements((long)k * n);
        if (Way(path) == GemmPath.Vector512) GemmBlocks<T, Vector512<T>, GemmLanes512<T>>.Copy(B, n, k, copy, use);
        else if (Way(path) == GemmPath.Vector256) GemmBlocks<T, Vector256<T>, GemmLanes256<T>>.Copy(B, n, k, copy, use);
        else GemmBlocks<T, Vector128<T>, GemmLanes128<T>>.Copy(B, n, k, copy, use);
    }

    /// <summary>C[m,n] (+)= A[m,k]·B, on this thread.</summary>
    public void Multiply(T* a, T* c, int m, bool accumulate)
    {
        if (copy == null)
        {
            ReadOnlySpan<T> left = new(a, m * k), right = new(matrix, k * n);
            var to = new Span<T>(c, m * n);
            if (turned) Gemm.NT(left, right, to, m, n, k, accumulate, path);
            else Gemm.NN(left, right, to, m, n, k, accumulate, path);
        }
        else if (Way(path) == GemmPath.Vector512) GemmBlocks<T, Vector512<T>, GemmLanes512<T>>.Run(new(a, k, 1), B, c, n, m, n, k, accumulate, copy);
        else if (Way(path) == GemmPath.Vector256) GemmBlocks<T, Vector256<T>, GemmLanes256<T>>.Run(new(a, k, 1), B, c, n, m, n, k, accumulate, copy);
        else GemmBlocks<T, Vector128<T>, GemmLanes128<T>>.Run(new(a, k, 1), B, c, n, m, n, k, accumulate, copy);
    }
}
