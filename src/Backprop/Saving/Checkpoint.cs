using System.Numerics;
using Backprop.Layers;
using Backprop.Optimizers;
using Backprop.Tensors;

namespace Backprop.Saving;

/// <summary>All that a training goes on from, in one file: the format <c>backprop-checkpoint/1</c>.</summary>
/// <remarks>
/// <para>It holds every parameter (running statistics of normalisations too), what the optimizer remembers and its step count, what a schedule has seen,
/// the steps of dropout's masks, the state of the random numbers, and a SHA-256 over the whole file. Restored into a training made by the same
/// program, it goes on bit for bit as if there had been no pause.</para>
/// <para>A <c>Trainer</c> does all this by itself, position in the data included: see its <c>Checkpoints</c>. In a loop of one's own:
/// <c>new Checkpoint&lt;float&gt;(model, optimizer) { Random = random }.Save(path)</c>.</para>
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed partial class Checkpoint<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ParameterList<T> parameters;

    /// <summary>Says whose state it is; the state is read by <see cref="Save"/> and set by <see cref="Restore"/>.</summary>
    /// <param name="model">The model.</param>
    /// <param name="optimizer">What changes its parameters.</param>
    public Checkpoint(Layer<T> model, Optimizer<T> optimizer)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(optimizer);
        Model = model;
        Optimizer = optimizer;
        parameters = optimizer.Parameters.All(model.Parameters.Contains) ? model.Parameters
            : new ParameterList<T>([.. model.Parameters.Names.Zip(model.Parameters), .. optimizer.Parameters.Names.Zip(optimizer.Parameters)]);
    }

    /// <summary>The model.</summary>
    public Layer<T> Model { get; }

    /// <summary>What changes the model's parameters.</summary>
    public Optimizer<T> Optimizer { get; }

    /// <summary>How the learning rate goes on, if there is a schedule.</summary>
    public Schedule? Schedule { get; init; }

    /// <summary>The random numbers that the training draws: a <c>SeededRandom</c> or a <c>NumPyRandom</c>; null where it draws none.</summary>
    public Random? Random { get; init; }

    /// <summary>The shape of one sample, without the axis that counts them; where it is given, the file describes the network too, by which
    /// another one is known.</summary>
    public Shape? Input { get; init; }

    /// <summary>Further texts of the program that saves, by keys of its own.</summary>
    public IReadOnlyDictionary<string, string> Notes { get; init; } = new Dictionary<string, string>();

    /// <summary>What a trainer adds, as JSON; empty where there is none.</summary>
    internal string Training { get; init; } = "";

    /// <summary>Tensors that a trainer adds, by names of its own.</summary>
    internal IReadOnlyList<(string Name, SavedTensor Tensor)> TrainingTensors { get; init; } = [];
}
