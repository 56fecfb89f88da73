using System.Numerics;
using Backprop.Layers;
using Backprop.Tensors;

namespace Backprop.Saving;

/// <summary>A model with all that a program needs to use it again, in one file: the format <c>backprop-model/1</c>.</summary>
/// <remarks>
/// The file is safetensors: each parameter by its path, and under <c>__metadata__</c> the network's description, the names of the classes, the fitted
/// transforms, task, loss, and a SHA-256 over the whole file with zeros in the place of that digest.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed partial class SavedModel<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Puts together what a file will hold.</summary>
    /// <param name="model">A model of the library's layers.</param>
    /// <param name="input">The shape of one sample, without the axis that counts them: [D], [C, H, W] or [T, D].</param>
    public SavedModel(Layer<T> model, Shape input)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(input);
        Model = model;
        Input = input;
    }

    /// <summary>The model.</summary>
    public Layer<T> Model { get; }

    /// <summary>The shape of one sample.</summary>
    public Shape Input { get; }

    /// <summary>What the model is for: <c>classification</c>, <c>regression</c>; may be empty.</summary>
    public string Task { get; init; } = "";

    /// <summary>The loss that it was trained with, as network files say it: <c>softmax_cross_entropy</c>; may be empty.</summary>
    public string Loss { get; init; } = "";

    /// <summary>The names of the classes, in the order of the outputs; empty where there are none.</summary>
    public IReadOnlyList<string> ClassNames { get; init; } = [];

    /// <summary>What happens to inputs before the model meets them, in order.</summary>
    public IReadOnlyList<Data.Transform> InputTransforms { get; init; } = [];

    /// <summary>What happened to targets in training, in order; predictions go back through it from the last to the first.</summary>
    public IReadOnlyList<Data.Transform> TargetTransforms { get; init; } = [];

    /// <summary>Further texts of the program that saves, by keys of its own.</summary>
    public IReadOnlyDictionary<string, string> Notes { get; init; } = new Dictionary<string, string>();

    /// <summary>The SHA-256 of the file that this was loaded from, in hexadecimal digits; empty where it was not loaded.</summary>
    public string Checksum { get; private init; } = "";
}
