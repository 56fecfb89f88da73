using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<float>;

namespace Backprop.Tests.Tensors;

public class OwnMemoryTests
{
    private const int Large = 4096;

    [Fact]
    public void Large_tensors_and_their_gradients_begin_at_a_cache_line()
    {
        var parameter = Parameter([Large], new float[Large]);
        var input = Tensor([Large], new float[Large]);
        using (var tape = Record(new ParameterList<float>([("w", parameter)]), input)) tape.Backward((parameter * input).Sum());

        Assert.Equal(0, IntoLine(parameter.Values));
        Assert.Equal(0, IntoLine(parameter.Gradient));
        Assert.Equal(0, IntoLine(input.Values));
        Assert.Equal(0, IntoLine(input.Copy().Values));
        Assert.Equal(0, IntoLine(Filled([Large], 1).Values));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Large - 1)]
    [InlineData(Large)]
    [InlineData(Large + 1)]
    public void It_holds_what_was_copied_in_or_zeros(int length)
    {
        float[] numbers = [.. Enumerable.Range(1, length)];

        Assert.Equal(numbers, OwnMemory<float>.Of(numbers).Span.ToArray());
        Assert.Equal(new float[length], OwnMemory<float>.Zeros(length).Span.ToArray());
        Assert.Equal(numbers.Select(number => (double)number), OwnMemory<double>.Of([.. numbers.Select(number => (double)number)]).Span.ToArray());
    }

    private static long IntoLine(ReadOnlySpan<float> values) =>
        Unsafe.ByteOffset(ref Unsafe.NullRef<float>(), ref MemoryMarshal.GetReference(values)) % 64;
}
