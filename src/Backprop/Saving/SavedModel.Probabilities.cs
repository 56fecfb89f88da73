using Backprop.Layers;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Saving;

// What the outputs of a classifier mean.
public sealed partial class SavedModel<T>
{
    /// <summary>Whether the network's outputs tell how probable the classes are. Those of a hinge loss are scores: the highest one is the answer, and how far it leads
    /// says nothing about how often it is right.</summary>
    public bool GivesProbabilities => Loss is not ("hinge" or "multi_class_hinge");

    /// <summary>The probability of each class, from the outputs of the model, as its loss means them.</summary>
    /// <param name="outputs">What the model gave: [N, …, C] for C classes, or [N, …, 1] for two, of which the second is meant.</param>
    /// <returns>[N, …, C], in the order of <see cref="ClassNames"/>: the softmax for softmax_cross_entropy, the sigmoid for
    /// binary_cross_entropy_with_logits, and for other losses the outputs as they are. Where the loss is not said, the last layer decides: what a sigmoid or a
    /// softmax gave stays as it is. Scores of a hinge loss become numbers between 0 and 1 in the same order, see <see cref="GivesProbabilities"/>.</returns>
    /// <exception cref="ShapeException">The last axis has neither one output for each class nor a single one for two.</exception>
    public Tensor<T> Probabilities(Tensor<T> outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        int width = outputs.Shape.Rank == 0 ? 0 : outputs.Shape[^1], classes = ClassNames.Count;
        if (width != classes && (width, classes) != (1, 2))
            throw new ShapeException("Probabilities", $"outputs {outputs.Shape} came; the last axis needs one for each of {classes} classes, or a single one for two", outputs.Shape);
        bool bounded = Loss.Length == 0 ? LastLayer(Model) is Sigmoid<T> or Softmax<T> or HardSigmoid<T> : !LossTypes.ReadsScores(Loss);
        if (width > 1) return bounded ? outputs : Loss == "binary_cross_entropy_with_logits" ? outputs.Sigmoid() : outputs.Softmax();
        var second = bounded ? outputs : outputs.Sigmoid();
        return classes == 1 ? second : Nn<T>.Concat(outputs.Shape.Rank - 1, 1 - second, second);
    }

    private static Layer<T> LastLayer(Layer<T> model) => model is Sequential<T> { Layers: [.., var last] } ? LastLayer(last) : model;
}
