using System.Numerics;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Layers;

/// <summary>Parameters and a forward computation. There is no backward code in a layer: its operations bring their own.</summary>
/// <remarks>A layer is whole after its constructor. With no open tape it predicts from many threads at once.</remarks>
/// <typeparam name="T">float or double.</typeparam>
public abstract class Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private ParameterList<T>? parameters;

    /// <summary>Names the layer.</summary>
    /// <param name="name">The first part of its parameters' paths; if empty, the container says its type and ordinal: <c>linear1</c>.</param>
    protected Layer(string name = "")
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Contains('.', StringComparison.Ordinal))
            throw new ArgumentException($"The layer name '{name}' has a dot; dots separate the parts of a parameter's path.", nameof(name));
        Name = name;
    }

    /// <summary>The name that the layer was given; may be empty.</summary>
    public string Name { get; }

    /// <summary>What kind of layer it is, as network files say it: <c>linear</c>, <c>max_pool2d</c>.</summary>
    public abstract string Type { get; }

    /// <summary>The settings that make an equal layer, as network files say them; sizes that follow from the input are left out.</summary>
    /// <remarks>Each value is an int, a double, a bool, a string or an int[].</remarks>
    public virtual IReadOnlyList<(string Key, object Value)> Settings => [];

    /// <summary>The parameters with their paths, each once.</summary>
    public ParameterList<T> Parameters => parameters ??= new ParameterList<T>(OwnParameters());

    /// <summary>Computes the output of a batch.</summary>
    /// <param name="input">The batch; its first axis counts the samples.</param>
    /// <exception cref="ShapeException">The layer was built for another shape.</exception>
    public abstract Tensor<T> Forward(Tensor<T> input);

    /// <summary>Computes the output of a batch of tokens. Embeddings read them, and chains that begin with one.</summary>
    /// <param name="input">The tokens; the first axis counts the samples.</param>
    /// <exception cref="NotSupportedException">The layer reads no tokens.</exception>
    public virtual Tensor<T> Forward(Indices input) =>
        throw new NotSupportedException($"{Type}: Indices came, this layer reads a tensor of numbers; put an Embedding before it.");

    /// <summary>The table of layers, output shapes, parameters and multiply-adds for a batch of a shape; nothing is multiplied.</summary>
    /// <param name="input">The shape of the batch, the axis of the samples included: <c>[1, 1, 28, 28]</c>.</param>
    /// <exception cref="ShapeException">A layer was built for another shape; the message names it.</exception>
    public LayerTable Describe(Shape input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var (tape, batch) = Tape<T>.Trace(input);
        using (tape)
        {
            var rows = new List<LayerRow>();
            Describe("", batch, rows);
            return new LayerTable(input, rows, Parameters.Elements);
        }
    }

    /// <summary>An equal layer on the same parameters whose recurrent networks are taken apart into time steps; the layer itself where there is none
    /// in it.</summary>
    /// <param name="truncate">Says of each recurrent network over how many time steps a gradient flows back, 1 or more; null for all.</param>
    public virtual Layer<T> Unroll(Func<RecurrentLayer<T>, int?> truncate) => this;

    /// <summary>A snapshot that predicts while this model goes on training. Take it between two training steps.</summary>
    public Predictor<T> Predictor()
    {
        var copies = new Dictionary<Parameter<T>, Parameter<T>>();
        return new Predictor<T>(Copy(original =>
        {
            if (!copies.TryGetValue(original, out var copy))
                copies[original] = copy = new Parameter<T>(original.Shape, original.Values, original.Name);
            return copy;
        }));
    }

    /// <summary>Runs on a dry tape and writes down what came out: one row, or one for each layer within.</summary>
    /// <param name="path">Where the layer stands; empty for the outermost.</param>
    /// <param name="input">The input, of which only the shape is there.</param>
    /// <param name="rows">Takes the rows.</param>
    internal virtual Tensor<T> Describe(string path, Tensor<T> input, List<LayerRow> rows)
    {
        var tape = input.Tape!;
        int before = tape.Steps.Count;
        var output = Forward(input);
        string name = path.Length > 0 ? path : Name.Length > 0 ? Name : Type;
        rows.Add(new LayerRow(name, Type, output.Shape, Parameters.Elements, tape.Steps.Skip(before).Sum(step => step.MultiplyAdds)));
        return output;
    }

    /// <summary>The parameters with their paths within this layer.</summary>
    protected internal virtual IEnumerable<(string Path, Parameter<T> Parameter)> OwnParameters() => [];

    /// <summary>Where the masks of dropout within this layer come from, with the paths of the layers that use them: a checkpoint holds their steps.</summary>
    protected internal virtual IEnumerable<(string Path, DropoutMasks Masks)> OwnMasks() => [];

    /// <summary>An equal layer on other parameters.</summary>
    /// <param name="parameter">Gives the new parameter for an old one, the same for the same.</param>
    protected internal abstract Layer<T> Copy(Func<Parameter<T>, Parameter<T>> parameter);
}
