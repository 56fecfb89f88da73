using System.Numerics;
using Backprop.Losses;
using Backprop.Tensors;

namespace Backprop.Saving;

/// <summary>Losses from their descriptions: the one place that knows every loss by its name in network files.</summary>
internal static class LossTypes
{
    /// <summary>The names.</summary>
    public static readonly string[] Names =
    [
        "mean_squared_error", "half_squared_error", "mean_absolute_error", "huber", "binary_cross_entropy", "binary_cross_entropy_with_logits",
        "softmax_cross_entropy", "kullback_leibler", "hinge", "multi_class_hinge",
    ];

    /// <summary>Whether a loss reads logits or scores, of which 0 parts yes and no.</summary>
    public static bool ReadsScores(string name) =>
        name is "softmax_cross_entropy" or "multi_class_hinge" or "binary_cross_entropy_with_logits" or "hinge";

    /// <summary>Builds a loss.</summary>
    /// <param name="type">Its name.</param>
    /// <param name="fields">Its settings; null where only its name was said.</param>
    /// <param name="output">The shape of the network's output.</param>
    /// <returns>The loss of a prediction and a target, and whether the target is classes; null where the name is unknown.</returns>
    public static (Func<Tensor<T>, IInput, Tensor<T>> Loss, bool Classes)? Build<T>(string type, JsonFields? fields, Shape output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var reduction = ReadReduction(type, fields);
        return type switch
        {
            "mean_squared_error" => Numbers((p, t) => Nn<T>.MeanSquaredError(p, t, reduction)),
            "half_squared_error" => Numbers((p, t) => Nn<T>.HalfSquaredError(p, t, reduction)),
            "mean_absolute_error" => Numbers((p, t) => Nn<T>.MeanAbsoluteError(p, t, reduction)),
            "huber" => Huber(fields?.Number("delta", 1) ?? 1),
            "binary_cross_entropy" => Numbers((p, t) => Nn<T>.BinaryCrossEntropy(p, t, reduction)),
            "binary_cross_entropy_with_logits" => Weighted(PerOutput("positiveWeight")),
            "kullback_leibler" => Numbers((p, t) => Nn<T>.KullbackLeibler(p, t, reduction)),
            "hinge" => Numbers((p, t) => Nn<T>.Hinge(p, t, reduction)),
            "softmax_cross_entropy" => CrossEntropy(
                PerOutput("classWeights"), fields?.Number("labelSmoothing", 0) ?? 0, fields?.WholeIfAny("ignoredClass")),
            "multi_class_hinge" => MultiClassHinge(fields?.Number("margin", 1) ?? 1),
            _ => null,
        };

        (Func<Tensor<T>, IInput, Tensor<T>>, bool) Huber(double delta) => Numbers((p, t) => Nn<T>.Huber(p, t, delta, reduction));

        (Func<Tensor<T>, IInput, Tensor<T>>, bool) Weighted(Tensor<T>? positive) => Numbers((p, t) => positive is null
            ? Nn<T>.BinaryCrossEntropyWithLogits(p, t, reduction) : Nn<T>.BinaryCrossEntropyWithLogits(p, t, positive, reduction));

        (Func<Tensor<T>, IInput, Tensor<T>>, bool) CrossEntropy(Tensor<T>? weights, double smoothing, int? ignored) =>
            ((p, t) => Nn<T>.SoftmaxCrossEntropy(p, (Indices)t, reduction, weights, smoothing, ignored), true);

        (Func<Tensor<T>, IInput, Tensor<T>>, bool) MultiClassHinge(double margin) =>
            ((p, t) => Nn<T>.MultiClassHinge(p, (Indices)t, margin, reduction), true);

        static (Func<Tensor<T>, IInput, Tensor<T>>, bool) Numbers(Func<Tensor<T>, Tensor<T>, Tensor<T>> loss) =>
            ((p, t) => loss(p, (Tensor<T>)t), false);

        Tensor<T>? PerOutput(string name)
        {
            if (fields is null || !fields.Has(name)) return null;
            double[] numbers = fields.Numbers(name);
            return numbers.Length == output[^1] ? Nn<T>.Tensor([numbers.Length], [.. numbers.Select(T.CreateTruncating)])
                : throw fields.ErrorAt(name, $"has {numbers.Length} numbers, {output[^1]} are needed: one for each output");
        }
    }

    private static Reduction ReadReduction(string type, JsonFields? fields)
    {
        string usual = type == "half_squared_error" ? "sum" : "mean";
        return (fields?.Text("reduction", usual) ?? usual) switch
        {
            "mean" => Reduction.Mean,
            "sum" => Reduction.Sum,
            _ => throw fields!.Wrong("reduction", "sum or mean"),
        };
    }
}
