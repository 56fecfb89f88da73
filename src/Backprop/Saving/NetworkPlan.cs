using System.Numerics;
using Backprop.Data;
using Backprop.Layers;
using Backprop.Tensors;

namespace Backprop.Saving;

/// <summary>What a network file says to a training on other data: the layers with their weights, and loss and optimizer where it names some.</summary>
/// <remarks>
/// Of the same file <see cref="NetworkFile{T}"/> makes a network that takes steps of its own. Here its data, batch, order and labels are left aside, a
/// recurrent layer runs its sequence in one step of the tape unless the file says otherwise, and numbers have the precision of T.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class NetworkPlan<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The fields that belong to the steps of a file's own.</summary>
    private static readonly string[] LeftAside = ["data", "batch", "shuffle"];

    private NetworkPlan(JsonFields fields, Random? random)
    {
        NetworkFile.CheckFormat(fields);
        Name = fields.Text("name", "");
        Source = fields.Text("source", "");
        fields.Text("precision", "");
        var randomOf = NetworkFile.RandomOf(fields);
        int? seed = fields.WholeIfAny("seed");
        if (seed < 0) throw fields.Wrong("seed", "a whole number from 0 on");
        Input = NetworkFile<T>.ReadInput(fields);
        var (model, _, numbers) = NetworkFile<T>.ReadModel(fields, Input);
        Model = model;
        L2 = NetworkFile<T>.ReadPenalty(fields);
        Loss = fields.Has("loss") ? fields.Raw("loss") : null;
        Optimizer = fields.Has("optimizer") ? fields.Raw("optimizer") : null;
        foreach (string field in LeftAside) fields.Has(field);
        fields.Finish();
        numbers.Draw(seed is null && random is not null ? random : randomOf(seed ?? 1));
    }

    /// <summary>How the network is called; may be empty.</summary>
    public string Name { get; }

    /// <summary>Where it comes from; may be empty.</summary>
    public string Source { get; }

    /// <summary>The shape of one sample: [D], [C, H, W], [T, D], or [T] of tokens.</summary>
    public Shape Input { get; }

    /// <summary>The layers.</summary>
    public Sequential<T> Model { get; }

    /// <summary>λ of the penalty ½·λ·Σ w² over the weights; 0 where there is none.</summary>
    public double L2 { get; }

    /// <summary>The description of the loss, for <see cref="LossFunction{T}.Parse"/>; null where the file has none.</summary>
    public string? Loss { get; }

    /// <summary>The description of the optimizer, for <see cref="NetworkFile.OptimizerOf"/>; null where the file has none.</summary>
    public string? Optimizer { get; }

    /// <summary>Reads the text of a file.</summary>
    /// <param name="json">The text.</param>
    /// <param name="file">What the file is called in messages.</param>
    /// <param name="random">Draws the weights that are not given, where the file says no seed; null for seed 1.</param>
    /// <exception cref="DataException">It is no network file, or what it says does not fit; the message has the place, what was found and what is needed.</exception>
    public static NetworkPlan<T> Parse(string json, string file, Random? random = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        NetworkFile.IsSinglePrecision(json, file);
        return new NetworkPlan<T>(JsonFields.Parse(json, "$", file, networkFile: true), random);
    }

    /// <summary>Adds the penalty to a loss; gives the loss itself where there is none.</summary>
    /// <param name="loss">The loss of a batch, on the tape of the model's parameters.</param>
    public Tensor<T> Penalized(Tensor<T> loss) => NetworkFile.Penalized(loss, L2, Model.Parameters);
}
