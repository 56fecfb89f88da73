using Backprop.Layers;
using Backprop.Onnx.Translation;
using Backprop.Saving;
using Backprop.Tensors;

namespace Backprop.Onnx;

/// <summary>A trained network in the Open Neural Network Exchange format, for other programs to run.</summary>
/// <remarks>
/// Operator set 17, intermediate representation 8. The axis of the samples, N, may have any size; all others are those of the model.
/// What trains only is left out: dropout passes its input on, batch normalisation takes its running statistics.
/// The fitted transforms of a saved model are operations of the graph: it reads and gives numbers in the units of the data.
/// </remarks>
public sealed partial class OnnxModel
{
    /// <summary>The version of the file's structure.</summary>
    public const int IntermediateVersion = 8;

    /// <summary>The version of the operators.</summary>
    public const int OperatorSet = 17;

    internal const string Producer = "Backprop";

    /// <summary>The name of the graph.</summary>
    public required string Name { get; init; }

    /// <summary>The operations, in an order in which they can run.</summary>
    public required IReadOnlyList<OnnxNode> Nodes { get; init; }

    /// <summary>Weights and constants.</summary>
    public required IReadOnlyList<OnnxTensor> Initializers { get; init; }

    /// <summary>What the graph reads.</summary>
    public required IReadOnlyList<OnnxValue> Inputs { get; init; }

    /// <summary>What it gives.</summary>
    public required IReadOnlyList<OnnxValue> Outputs { get; init; }

    /// <summary>Texts by keys: <c>classes</c> (a JSON list in the order of the outputs), <c>task</c>, <c>loss</c>, and the notes of the saved model.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>Translates a network.</summary>
    /// <param name="model">A model of the library's layers. Embedding as its first layer makes the graph read whole numbers, else it reads float.</param>
    /// <param name="input">The shape of one sample, without the axis that counts them: [D], [C, H, W] or [T, D].</param>
    /// <exception cref="NotSupportedException">A layer is not of the library.</exception>
    /// <exception cref="ShapeException">The model does not read such samples.</exception>
    public static OnnxModel Of(Layer<float> model, Shape input) => ModelTranslation.Of(new SavedModel<float>(model, input));

    /// <summary>Translates a saved model with its transforms, the names of its classes and its notes.</summary>
    /// <param name="model">The model. Where its loss takes logits, the output is called <c>logits</c>: softmax or sigmoid makes probabilities of them.</param>
    /// <exception cref="NotSupportedException">A layer or a transform is not of the library.</exception>
    /// <exception cref="ShapeException">The model does not read samples of its input shape.</exception>
    public static OnnxModel Of(SavedModel<float> model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return ModelTranslation.Of(model);
    }

    /// <summary>The structure as text, a line for each part.</summary>
    public override string ToString() => string.Join('\n', Lines());

    /// <summary>The first part in which another model differs, numbers included; null where there is none.</summary>
    internal string? DifferenceFrom(OnnxModel other)
    {
        foreach (var (mine, its) in Lines().Zip(other.Lines()))
            if (mine != its) return $"'{mine}' became '{its}'";
        if (Lines().Count() != other.Lines().Count()) return $"{Lines().Count()} parts became {other.Lines().Count()}";
        foreach (var (mine, its) in Initializers.Zip(other.Initializers))
            if (!mine.Bytes.Span.SequenceEqual(its.Bytes.Span)) return $"the numbers of {mine} changed";
        return null;
    }

    private IEnumerable<string> Lines() =>
    [
        $"graph {Name}",
        .. Metadata.OrderBy(text => text.Key, StringComparer.Ordinal).Select(text => $"text {text.Key} = {text.Value}"),
        .. Inputs.Select(value => $"input {value}"),
        .. Initializers.Select(tensor => $"numbers {tensor}"),
        .. Nodes.Select(node => node.ToString()),
        .. Outputs.Select(value => $"output {value}"),
    ];
}
