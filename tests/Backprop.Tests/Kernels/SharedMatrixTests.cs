using System.Numerics;
using System.Runtime.Intrinsics;
using Backprop.Kernels;

namespace Backprop.Tests.Kernels;

/// <summary>Products with a copied matrix have the bits of the plain loops.</summary>
public class SharedMatrixTests
{
    private static GemmPath[] Paths =>
    [
        GemmPath.Fastest, GemmPath.Plain, GemmPath.Vector128,
        .. Vector256.IsHardwareAccelerated ? [GemmPath.Vector256] : Array.Empty<GemmPath>(),
        .. Vector512.IsHardwareAccelerated ? [GemmPath.Vector512] : Array.Empty<GemmPath>(),
    ];

    [Theory]
    [InlineData(1, 256, 1)]
    [InlineData(3, 33, 17)]
    [InlineData(13, 130, 260)]
    [InlineData(32, 64, 600)]
    [InlineData(70, 300, 40)]
    [InlineData(5, 4, 4)]
    public void Bits_are_those_of_the_plain_loops(int m, int n, int k)
    {
        Compare<float>(m, n, k);
        Compare<double>(m, n, k);
    }

    private static unsafe void Compare<T>(int m, int n, int k) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(5);
        T[] a = Bits.Ordinary<T>(random, m * k), b = Bits.Ordinary<T>(random, k * n), before = Bits.Ordinary<T>(random, m * n);
        foreach (var path in Paths)
            foreach (bool turned in new[] { false, true })
                foreach (bool accumulate in new[] { false, true })
                    foreach (int threads in new[] { 1, 3 })
                    {
                        T[] expected = [.. before], actual = [.. before], copy = new T[SharedMatrix<T>.CopyLength(k, n, 16, path)];
                        if (turned) Naive.GemmNT<T>(a, b, expected, m, n, k, accumulate);
                        else Naive.GemmNN<T>(a, b, expected, m, n, k, accumulate);
                        Array.Fill(copy, T.NaN);
                        fixed (T* x = a, y = b, z = actual, place = copy)
                        {
                            var shared = new SharedMatrix<T>(y, place, k, n, turned, path);
                            shared.Copy(new Work(threads));
                            shared.Multiply(x, z, m, accumulate);
                        }
                        Bits.AssertSame<T>(expected, actual, $"{path}, turned {turned}, accumulate {accumulate}");
                    }
    }

    [Fact]
    public void Few_rows_and_tiny_matrices_are_not_copied()
    {
        Assert.Equal(0, SharedMatrix<float>.CopyLength(256, 256, 15));
        Assert.Equal(0, SharedMatrix<float>.CopyLength(15, 15, 1000));
        Assert.Equal(0, SharedMatrix<float>.CopyLength(256, 256, 1000, GemmPath.Plain));
        Assert.True(SharedMatrix<float>.CopyLength(256, 256, 16, GemmPath.Vector128) >= 256 * 256);
    }
}
