using System.Numerics;
using Backprop.Data;
using Backprop.Layers;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Saving;

/// <summary>A loss with its settings, in the words of network files.</summary>
/// <remarks>
/// A loss of numbers reads classes too. A single output is then held against 0 for the first of two classes and 1 for the second, several outputs
/// against 1 at the class and 0 elsewhere; the hinge loss has −1 in the place of 0.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class LossFunction<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Func<Tensor<T>, IInput, Tensor<T>> loss;

    private LossFunction(string name, Func<Tensor<T>, IInput, Tensor<T>> loss, bool readsClasses) =>
        (Name, this.loss, ReadsClasses) = (name, loss, readsClasses);

    /// <summary>Its name: <c>softmax_cross_entropy</c>.</summary>
    public string Name { get; }

    /// <summary>Whether it is a loss of classes, which cannot read numbers.</summary>
    public bool ReadsClasses { get; }

    /// <summary>Whether the outputs that it reads are probabilities, or other numbers as they are meant, so that ½ parts two classes; if not they are
    /// logits or scores, and 0 does.</summary>
    public bool ReadsProbabilities => !LossTypes.ReadsScores(Name);

    /// <summary>Makes the loss of a model.</summary>
    /// <param name="json">Its name in quotes, or an object with its settings: <c>{"type": "huber", "delta": 0.5}</c>.</param>
    /// <param name="model">The model.</param>
    /// <param name="input">The shape of one sample.</param>
    /// <param name="file">Where the description comes from, for messages.</param>
    /// <exception cref="DataException">It describes no loss, or none that suits the model; the message says what was found and what is needed.</exception>
    public static LossFunction<T> Parse(string json, Layer<T> model, Shape input, string file)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(input);
        var fields = JsonFields.Parse($"{{\"loss\":{json}}}", "$", file, networkFile: true);
        return Read(fields, model, model.Describe([1, .. input.AsSpan()]).Rows[^1].Output);
    }

    /// <summary>The loss of a prediction.</summary>
    /// <param name="prediction">The output of the model.</param>
    /// <param name="target">Numbers of its shape; or classes, one for each place of its axes but the last.</param>
    public Tensor<T> Of(Tensor<T> prediction, IInput target)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        return loss(prediction, target is Indices classes && !ReadsClasses ? RowOfEachClass(prediction.Shape[^1]).Gather(classes) : target);
    }

    /// <summary>What a loss of numbers holds the outputs against, a row for each class: [2, 1] for a single output, [C, C] for several.</summary>
    /// <param name="outputs">The number of outputs, 1 or more.</param>
    public Tensor<T> RowOfEachClass(int outputs)
    {
        var table = new T[outputs == 1 ? 2 : outputs * outputs];
        table.AsSpan().Fill(Name == "hinge" ? -T.One : T.Zero);
        if (outputs == 1) table[1] = T.One;
        else for (int i = 0; i < outputs; i++) table[i * outputs + i] = T.One;
        return Nn<T>.Tensor([table.Length / outputs, outputs], table);
    }

    /// <summary>The loss of a name alone; null where it is unknown.</summary>
    internal static LossFunction<T>? Named(string name, Shape output) =>
        LossTypes.Build<T>(name, null, output) is var (loss, classes) ? new LossFunction<T>(name, loss, classes) : null;

    /// <summary>Makes the loss that stands in the field <c>loss</c>.</summary>
    internal static LossFunction<T> Read(JsonFields fields, Layer<T> model, Shape output)
    {
        bool settings = fields.IsObject("loss");
        var own = settings ? fields.Object("loss") : null;
        string name = own?.Text("type") ?? fields.Text("loss");
        var (loss, classes) = LossTypes.Build<T>(name, own, output)
            ?? throw (own ?? fields).Wrong(settings ? "type" : "loss", $"{string.Join(", ", LossTypes.Names[..^1])} or {LossTypes.Names[^1]}");
        own?.Finish();
        string? twice = (name, model is Sequential<T> chain ? chain.Layers[^1] : model) switch
        {
            ("softmax_cross_entropy", Softmax<T>) => "softmax",
            ("binary_cross_entropy_with_logits", Sigmoid<T>) => "sigmoid",
            _ => null,
        };
        return twice is null ? new LossFunction<T>(name, loss, classes)
            : throw fields.ErrorAt("loss", $"is {name}, which has its own {twice}, and the last layer is a {twice} too; leave that layer out");
    }
}
