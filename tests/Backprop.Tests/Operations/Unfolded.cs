using System.Numerics;
using Backprop.Tensors;
using Backprop.Tests.Kernels;

namespace Backprop.Tests.Operations;

/// <summary>Holds a recurrent network to the same out of simple steps: the same bits of the states, the same gradients.</summary>
internal static class Unfolded
{
    /// <summary>Every way to give states out, truncations and lengths of three sequences of six time steps.</summary>
    public static TheoryData<bool, bool, int?, int[]?> Options
    {
        get
        {
            var data = new TheoryData<bool, bool, int?, int[]?>();
            foreach (bool all in new[] { false, true })
                foreach (bool state in new[] { false, true })
                    foreach (int? truncate in new int?[] { null, 1, 2, 4, 9 })
                        foreach (int[]? lengths in new[] { null, Padded.OfThree }) data.Add(all, state, truncate, lengths);
            return data;
        }
    }

    public static void Compare<T>(Func<Tensor<T>[], Tensor<T>> fused, Func<Tensor<T>[], Tensor<T>> unfolded, double tolerance, params Shape[] shapes)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (left, right) = (Inputs(), Inputs());
        Bits.AssertSame<T>(Run(right, unfolded), Run(left, fused), "states");
        for (int i = 0; i < shapes.Length; i++)
        {
            T[] actual = left[i].Gradient.ToArray(), expected = right[i].HasGradient ? right[i].Gradient.ToArray() : new T[actual.Length];
            double largest = expected.Max(v => Math.Abs(double.CreateChecked(v)));
            Assert.Equal(expected, actual, (a, b) => Math.Abs(double.CreateChecked(a - b)) <= tolerance * largest);
        }

        Parameter<T>[] Inputs() =>
        [
            .. shapes.Select((shape, input) => new Parameter<T>(
                shape, [.. Enumerable.Range(0, shape.Elements).Select(i => T.CreateChecked(0.5 * Math.Sin(1.7 * i + 0.9 * input + 0.3)))], $"x{input}")),
        ];

        static T[] Run(Parameter<T>[] inputs, Func<Tensor<T>[], Tensor<T>> run)
        {
            using var tape = Tape<T>.Record([.. inputs]);
            var output = run(inputs);
            tape.Backward(output, Nn<T>.Tensor(output.Shape, [.. Enumerable.Range(0, output.Length).Select(i => T.CreateChecked(Math.Cos(2.3 * i + 0.7)))]));
            return output.Values.ToArray();
        }
    }

    /// <summary>Holds the terms of every gradient entry to the gradient.</summary>
    public static void CompareTerms(Func<Tensor<double>[], Tensor<double>> fused, params Shape[] shapes)
    {
        Parameter<double>[] inputs =
        [
            .. shapes.Select((shape, input) => new Parameter<double>(
                shape, [.. Enumerable.Range(0, shape.Elements).Select(i => 0.5 * Math.Sin(1.7 * i + 0.9 * input + 0.3))], $"x{input}")),
        ];
        using var tape = Tape<double>.Record([.. inputs]);
        var y = fused(inputs);
        tape.Backward(y, Nn<double>.Filled(y.Shape, 0.7));
        for (int input = 0; input < inputs.Length; input++)
            for (int index = 0; index < inputs[input].Length; index++)
                Assert.Equal(
                    inputs[Array.IndexOf(inputs, tape.Steps[0].Inputs[input])].Gradient[index], tape.Steps[0].Terms(input, index).Sum(term => term.Value), 1e-13);
    }
}
