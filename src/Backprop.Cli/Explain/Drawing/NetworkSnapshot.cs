using System.Numerics;
using Backprop.Explaining;
using Backprop.Saving;
using Backprop.Tensors;

namespace Backprop.Cli.Explain.Drawing;

/// <summary>A network as it is in one training step, before the update: what a picture of it shows, for the first sample.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class NetworkSnapshot<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Dictionary<string, T[]> weights;
    private readonly IReadOnlyList<ReadStep<T>> steps;

    /// <summary>Takes what the step knows. Call it before the update.</summary>
    public NetworkSnapshot(NetworkFile<T> network, Tensor<T> inputs, IInput targets, IReadOnlyList<ReadStep<T>> steps, T loss)
    {
        Network = network;
        Loss = loss;
        this.steps = steps;
        Inputs = FirstOf(inputs.Shape, inputs.Values.ToArray());
        Targets = targets is Indices classes ? [.. FirstOf(classes.Shape, classes.Values.ToArray()).Select(T.CreateTruncating)]
            : FirstOf(targets.Shape, ((Tensor<T>)targets).Values.ToArray());
        weights = network.Model.Parameters.Names.ToDictionary(path => path, path => network.Model.Parameters[path].Values.ToArray());
    }

    /// <summary>The network.</summary>
    public NetworkFile<T> Network { get; }

    /// <summary>The numbers of the first sample.</summary>
    public IReadOnlyList<T> Inputs { get; }

    /// <summary>What is right for it.</summary>
    public IReadOnlyList<T> Targets { get; }

    /// <summary>The loss of the batch.</summary>
    public T Loss { get; }

    /// <summary>The numbers of a parameter before the update, by its path; null where there is none.</summary>
    public IReadOnlyList<T>? Weights(string path) => weights.GetValueOrDefault(path);

    /// <summary>What the textbook calls an entry of a parameter: its label, or its path and place.</summary>
    public string NameOf(string path, int index) => Network.Labels.TryGetValue(path, out var labels) ? labels[index]
        : path + Network.Model.Parameters[path].Place(index);

    /// <summary>What a layer gave.</summary>
    public IReadOnlyList<T>? Output(string layer) =>
        steps.LastOrDefault(step => step.Path == layer && step.Phase is Phase.Forward) is { } step ? FirstOf(step.Shape, step.Values) : null;

    /// <summary>A value within a layer by its symbol, <c>h_2</c>, and its path.</summary>
    public (IReadOnlyList<T> Values, string Path)? Within(string layer, string symbol) =>
        steps.FirstOrDefault(step => step.Layer == layer && step.Symbol == symbol && step.Phase is Phase.Forward) is { } step
            ? (FirstOf(step.Shape, step.Values), step.Path) : null;

    private static TNumber[] FirstOf<TNumber>(Shape shape, IReadOnlyList<TNumber> values) =>
        shape.Rank == 0 || shape[0] == 0 ? [.. values] : [.. values.Take(values.Count / shape[0])];
}
