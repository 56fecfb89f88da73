using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Backprop.Kernels;

/// <summary>The ways to compute a product; all give the same bits.</summary>
internal enum GemmPath
{
    /// <summary>What suits the sizes and this machine.</summary>
    Fastest,
    /// <summary>The plain loops of <see cref="Naive"/>.</summary>
    Plain,
    /// <summary>Tiles of registers of 128 bits.</summary>
    Vector128,
    /// <summary>Tiles of registers of 256 bits.</summary>
    Vector256,
    /// <summary>Tiles of registers of 512 bits.</summary>
    Vector512,
}

/// <summary>Products of matrices in spans, row-major, without an allocation.</summary>
/// <remarks>
/// Each element of C is one chain of fused multiply-adds in ascending k that starts from 0, or from the old C if it accumulates.
/// So the bits are those of <see cref="Naive"/> on every machine, whatever the blocks, the vectors and the threads.
/// </remarks>
internal static unsafe class Gemm
{
    // As many numbers are still in the nearest caches when the last of them is finished.
    private const int ElementsAtHand = 1 << 14;

    /// <summary>C[m,n] (+)= A[m,k]·B[k,n]. The epilogue gets C as it is finished.</summary>
    public static void NN<T>(
        ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, int m, int n, int k, bool accumulate, GemmPath path = GemmPath.Fastest,
        Work threads = default, IEpilogue? epilogue = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        IEpilogue? byBlocks = null;
        if (IsPlain(k, path)) Naive.GemmNN(a, b, c, m, n, k, accumulate);
        else
        {
            Require(a, b, c, m, n, k);
            if (IsTiny(m, n, k, path)) GemmTiny.Rows(ref First(a), k, 1, ref First(b), ref First<T>(c), m, n, k, accumulate);
            else
                fixed (T* x = a, y = b, z = c)
                {
                    // What one thread does at once is finished at once.
                    if (threads.ForProducts((long)m * n * k) > 1 || (long)m * n > ElementsAtHand) byBlocks = epilogue;
                    // One column is one row of the transposed product, which lies along memory.
                    if (n == 1) Multiply(new(y, k, 1), new(x, 1, k), z, 1, m, k, accumulate, path, threads, byBlocks);
                    else Multiply<T>(new(x, k, 1), new(y, n, 1), z, m, n, k, accumulate, path, threads, byBlocks);
                }
        }
        if (byBlocks is null) epilogue?.Finish(0, m * n, threads);
    }

    /// <summary>C[m,n] (+)= A[m,k]·B[n,k]ᵀ.</summary>
    public static void NT<T>(
        ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, int m, int n, int k, bool accumulate, GemmPath path = GemmPath.Fastest,
        Work threads = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (IsPlain(k, path))
        {
            Naive.GemmNT(a, b, c, m, n, k, accumulate);
            return;
        }
        Require(a, b, c, m, n, k);
        if (IsTiny(m, n, k, path))
        {
            // One term for each sum, or one column: the rows of B lie as those of Bᵀ do.
            if (k == 1 || n == 1) GemmTiny.Rows(ref First(a), k, 1, ref First(b), ref First<T>(c), m, n, k, accumulate);
            else GemmTiny.Dots(ref First(a), ref First(b), ref First<T>(c), m, n, k, accumulate);
            return;
        }
        fixed (T* x = a, y = b, z = c)
            if (n == 1) Multiply(new(y, k, 1), new(x, 1, k), z, 1, m, k, accumulate, path, threads);
            else Multiply<T>(new(x, k, 1), new(y, 1, k), z, m, n, k, accumulate, path, threads);
    }

    /// <summary>C[m,n] (+)= A[k,m]ᵀ·B[k,n].</summary>
    public static void TN<T>(
        ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, int m, int n, int k, bool accumulate, GemmPath path = GemmPath.Fastest,
        Work threads = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (IsPlain(k, path))
        {
            Naive.GemmTN(a, b, c, m, n, k, accumulate);
            return;
        }
        Require(a, b, c, m, n, k);
        if (IsTiny(m, n, k, path))
        {
            if (n == 1) GemmTiny.Rows(ref First(b), 0, 1, ref First(a), ref First<T>(c), 1, m, k, accumulate);
            else GemmTiny.Rows(ref First(a), 1, m, ref First(b), ref First<T>(c), m, n, k, accumulate);
            return;
        }
        fixed (T* x = a, y = b, z = c)
            if (n == 1) Multiply(new(y, k, 1), new(x, m, 1), z, 1, m, k, accumulate, path, threads);
            else Multiply<T>(new(x, 1, m), new(y, n, 1), z, m, n, k, accumulate, path, threads);
    }

    /// <summary>What this machine takes for all but the smallest products; the compiler knows the answer.</summary>
    public static GemmPath Fastest =>
        // Without the instruction every fused multiply-add is a call: vectors gain nothing.
        !(Fma.IsSupported || AdvSimd.IsSupported) ? GemmPath.Plain
        : Vector512.IsHardwareAccelerated ? GemmPath.Vector512
        : Vector256.IsHardwareAccelerated ? GemmPath.Vector256 : GemmPath.Vector128;

    // An empty sum has nothing to arrange.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsPlain(int k, GemmPath path) =>
        path == GemmPath.Fastest ? Fastest == GemmPath.Plain : path == GemmPath.Plain || k == 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsTiny(int m, int n, int k, GemmPath path)
    {
        const int tiny = 64;
        return path == GemmPath.Fastest && (long)m * n * k <= tiny;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref T First<T>(ReadOnlySpan<T> span) => ref MemoryMarshal.GetReference(span);

    private static void Multiply<T>(
        Strided<T> a, Strided<T> b, T* c, int m, int n, int k, bool accumulate, GemmPath path, Work threads, IEpilogue? epilogue = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (path == GemmPath.Fastest) path = Fastest;
        int use = threads.ForProducts((long)m * n * k);
        if (path == GemmPath.Vector512) GemmBlocks<T, Vector512<T>, GemmLanes512<T>>.Run(a, b, c, n, m, n, k, accumulate, use, epilogue);
        else if (path == GemmPath.Vector256) GemmBlocks<T, Vector256<T>, GemmLanes256<T>>.Run(a, b, c, n, m, n, k, accumulate, use, epilogue);
        else GemmBlocks<T, Vector128<T>, GemmLanes128<T>>.Run(a, b, c, n, m, n, k, accumulate, use, epilogue);
    }

    // The one check between the operations and raw addresses.
    private static void Require<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, int m, int n, int k)
    {
        if (m < 0 || n < 0 || k < 0 || a.Length < (long)m * k || b.Length < (long)n * k || c.Length < (long)m * n)
            throw new ArgumentException($"Gemm: spans of {a.Length}, {b.Length} and {c.Length} numbers are too short for m {m}, n {n}, k {k}.");
    }
}
