using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Kernels;

/// <summary>Products of so few numbers that to arrange them would cost more than to multiply them.</summary>
internal static class GemmTiny
{
    /// <summary>C[i,j] (+)= Σ_p a[i·row + p·step]·b[p·n + j]: B lies in rows, A as it likes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows<T>(ref T a, int row, int step, ref T b, ref T c, int m, int n, int k, bool accumulate)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < m; i++)
        {
            int j = 0;
            for (; j + Lanes128<T>.Count <= n; j += Lanes128<T>.Count)
                Chain<Lanes128<T>, T>(ref Unsafe.Add(ref a, i * row), step, ref Unsafe.Add(ref b, j), n, ref Unsafe.Add(ref c, i * n + j), k, accumulate);
            for (; j < n; j++)
                Chain<Lanes1<T>, T>(ref Unsafe.Add(ref a, i * row), step, ref Unsafe.Add(ref b, j), n, ref Unsafe.Add(ref c, i * n + j), k, accumulate);
        }
    }

    /// <summary>C[i,j] (+)= Σ_p a[i·k + p]·b[j·k + p]: rows of A with rows of B.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Dots<T>(ref T a, ref T b, ref T c, int m, int n, int k, bool accumulate) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < m; i++)
            for (int j = 0; j < n; j++)
                Chain<Lanes1<T>, T>(ref Unsafe.Add(ref a, i * k), 1, ref Unsafe.Add(ref b, j * k), 1, ref Unsafe.Add(ref c, i * n + j), k, accumulate);
    }

    /// <summary>c (+)= Σ_p a[p·aStep]·b[p·bStep], as many neighbours in b and c as there are lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Chain<V, T>(ref T a, int aStep, ref T b, int bStep, ref T c, int k, bool accumulate)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        V sum = accumulate ? V.Load(ref c, 0) : V.All(0);
        for (int p = 0; p < k; p++) sum = V.Fma(V.Repeat(ref Unsafe.Add(ref a, p * aStep)), V.Load(ref Unsafe.Add(ref b, p * bStep), 0), sum);
        sum.Store(ref c, 0);
    }
}
