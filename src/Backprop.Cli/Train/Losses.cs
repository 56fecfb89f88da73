using Backprop.Tensors;
using static Backprop.Nn<float>;

namespace Backprop.Cli.Train;

/// <summary>What training makes small: for classes the cross entropy of their probabilities, for numbers the mean squared error.</summary>
internal static class Losses
{
    public static Tensor<float> Of(Tensor<float> prediction, IInput target) => target is Indices classes
        ? SoftmaxCrossEntropy(prediction, classes) : MeanSquaredError(prediction, (Tensor<float>)target);
}
