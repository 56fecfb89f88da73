using Backprop.Losses;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Checking;

/// <summary>Operations of the library that may compute the same as a step: those that its operands fit. Which one does is seen by the values.</summary>
internal static class LibraryTwins
{
    private static readonly int[] Paddings = [0, 1, 2, 3];
    private static readonly int[] Strides = [1, 2, 3, 4];
    private static readonly Reduction[] Reductions = [Reduction.Mean, Reduction.Sum];

    public static IEnumerable<Func<IReadOnlyList<Tensor<double>>, Tensor<double>?>> Of(Operation<double> step) => step.Inputs.Count switch
    {
        1 when step.Indices is { } indices => OfClasses(indices),
        1 => OfOne(step.Inputs[0].Shape, step.Output.Shape),
        2 => OfTwo(step.Inputs[0].Shape, step.Inputs[1].Shape, step.Output.Shape),
        3 => OfThree(step.Inputs[0].Shape, step.Inputs[1].Shape),
        _ => [],
    };

    private static IEnumerable<Func<IReadOnlyList<Tensor<double>>, Tensor<double>?>> OfClasses(Indices classes)
    {
        foreach (var reduction in Reductions)
        {
            yield return inputs => Nn<double>.SoftmaxCrossEntropy(inputs[0], classes, reduction);
            yield return inputs => Nn<double>.SoftmaxCrossEntropy(inputs[0].Softmax(), classes, reduction);
        }
    }

    private static IEnumerable<Func<IReadOnlyList<Tensor<double>>, Tensor<double>?>> OfOne(Shape x, Shape y)
    {
        if (x == y)
        {
            yield return inputs => inputs[0].Tanh();
            yield return inputs => inputs[0].Sigmoid();
            yield return inputs => inputs[0].Relu();
            yield return inputs => inputs[0].LeakyRelu();
            yield return inputs => inputs[0].Elu();
            yield return inputs => inputs[0].Selu();
            yield return inputs => inputs[0].Silu();
            yield return inputs => inputs[0].Gelu();
            yield return inputs => inputs[0].GeluTanh();
            yield return inputs => inputs[0].Softplus();
            yield return inputs => inputs[0].Softsign();
            yield return inputs => inputs[0].Exp();
            yield return inputs => inputs[0].Log();
            yield return inputs => inputs[0].Sqrt();
            yield return inputs => inputs[0].Square();
            yield return inputs => inputs[0].Softmax();
            yield return inputs => inputs[0].LogSoftmax();
            yield break;
        }
        yield return inputs => inputs[0].Sum();
        yield return inputs => inputs[0].Mean();
        yield return inputs => inputs[0].Max();
        for (int axis = 0; axis < x.Rank; axis++)
        {
            int along = axis;
            yield return inputs => inputs[0].Sum(along);
            yield return inputs => inputs[0].Mean(along);
            yield return inputs => inputs[0].Max(along);
        }
        if (x.Rank == 2) yield return inputs => inputs[0].Transpose();
        if (x.Rank != 4) yield break;
        foreach (int stride in Strides)
            foreach (int padding in Paddings)
                for (int size = padding + 1; size <= Math.Min(x[2], 5); size++)
                {
                    var (window, step, frame) = (size, stride, padding);
                    yield return inputs => inputs[0].MaxPool2d(window, step, frame);
                    yield return inputs => inputs[0].AveragePool2d(window, step, frame);
                }
    }

    private static IEnumerable<Func<IReadOnlyList<Tensor<double>>, Tensor<double>?>> OfTwo(Shape a, Shape b, Shape y)
    {
        if (y.Rank == 0)
            foreach (var reduction in Reductions)
            {
                yield return inputs => Nn<double>.MeanSquaredError(inputs[0], inputs[1], reduction);
                yield return inputs => Nn<double>.HalfSquaredError(inputs[0], inputs[1], reduction);
                yield return inputs => Nn<double>.MeanAbsoluteError(inputs[0], inputs[1], reduction);
                yield return inputs => Nn<double>.BinaryCrossEntropyWithLogits(inputs[0], inputs[1], reduction);
                yield return inputs => Nn<double>.BinaryCrossEntropy(inputs[0], inputs[1], reduction);
            }
        yield return inputs => inputs[0].MatMul(inputs[1]);
        yield return inputs => inputs[0].Linear(inputs[1]);
        yield return inputs => inputs[0].Add(inputs[1]);
        yield return inputs => inputs[0].Subtract(inputs[1]);
        yield return inputs => inputs[0].Multiply(inputs[1]);
        yield return inputs => inputs[0].Divide(inputs[1]);
        foreach (var convolve in Convolutions(a, b)) yield return inputs => convolve(inputs[0], inputs[1], null);
    }

    private static IEnumerable<Func<IReadOnlyList<Tensor<double>>, Tensor<double>?>> OfThree(Shape a, Shape b)
    {
        yield return inputs => inputs[0].Linear(inputs[1], inputs[2]);
        foreach (var convolve in Convolutions(a, b)) yield return inputs => convolve(inputs[0], inputs[1], inputs[2]);
    }

    /// <summary>Kernels as they are, and turned by 180° as mathematics has it.</summary>
    private static IEnumerable<Func<Tensor<double>, Tensor<double>, Tensor<double>?, Tensor<double>>> Convolutions(Shape x, Shape kernel)
    {
        if (x.Rank != 4 || kernel.Rank != 4) yield break;
        foreach (int stride in Strides)
            foreach (int padding in Paddings)
            {
                var (step, frame) = (stride, padding);
                yield return (x, k, b) => x.Conv2d(k, b, step, frame);
                yield return (x, k, b) => x.Conv2d(k.Reverse(2).Reverse(3), b, step, frame);
            }
    }
}
