using System.Numerics;
using Backprop.Data;
using Backprop.Layers;
using Backprop.Operations;
using Backprop.Optimizers;
using Backprop.Randomness;
using Backprop.Tensors;

namespace Backprop.Saving;

/// <summary>A small network with its weights, its data, its loss and its optimizer in one JSON file that people write: the format
/// <c>backprop-network/1</c>.</summary>
/// <remarks>
/// docs/network-file.md says every field, docs/network.schema.json is its schema. What the file does not know, and what has another shape or kind than is
/// needed, is refused with its place.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed partial class NetworkFile<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly LossFunction<T> loss;
    private readonly DataSet<T> data;
    private readonly Func<int, Random> randomOf;

    /// <summary>How the network is called; may be empty.</summary>
    public string Name { get; }

    /// <summary>Where it comes from; may be empty.</summary>
    public string Source { get; }

    /// <summary>Draws the weights that are not given, and the order of shuffled samples.</summary>
    public int Seed { get; }

    /// <summary>The shape of one sample: [D], [C, H, W], [T, D], or [T] of tokens.</summary>
    public Shape Input { get; }

    /// <summary>The layers. Those of recurrent networks are unrolled, so that each time step can be read, unless the file says otherwise.</summary>
    public Sequential<T> Model { get; }

    /// <summary>The loss by its name: <c>half_squared_error</c>.</summary>
    public string Loss => loss.Name;

    /// <summary>λ of the penalty ½·λ·Σ w² over the weights; 0 where there is none.</summary>
    public double L2 { get; }

    /// <summary>What changes the weights, with the state that the file gives it.</summary>
    public Optimizer<T> Optimizer { get; }

    /// <summary>All samples, [N, …].</summary>
    public Tensor<T> Inputs => data.Inputs;

    /// <summary>What is right for them: a tensor of the output's shape, or classes from 0, [N] or [N, T].</summary>
    public IInput Targets => data.Targets;

    /// <summary>The samples of one step; all of them if nothing else is said.</summary>
    public int BatchSize { get; }

    /// <summary>Whether each epoch takes the samples in an order of its own.</summary>
    public bool Shuffles { get; }

    /// <summary>The textbook's names of single weights, row-major, by the path of the parameter: <c>hidden.weight</c>. Parameters without any are not here.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Labels { get; }

    /// <summary>The batches of step after step, epoch after epoch, without an end: in file order, or shuffled by the seed.</summary>
    public IEnumerable<Batch<T>> Batches()
    {
        var shuffle = Shuffles ? randomOf(Seed) : null;
        while (true)
            foreach (var batch in data.Batches(BatchSize, shuffle)) yield return batch;
    }

    /// <summary>The loss of a prediction: that of the data, and the penalty with it.</summary>
    /// <param name="prediction">The output of <see cref="Model"/>.</param>
    /// <param name="targets">The targets of the same batch.</param>
    /// <returns>What training makes small, and the part of it that the data has; the same tensor where there is no penalty.</returns>
    public (Tensor<T> Loss, Tensor<T> DataLoss) LossOf(Tensor<T> prediction, IInput targets)
    {
        var ofData = loss.Of(prediction, targets);
        return (NetworkFile.Penalized(ofData, L2, Model.Parameters), ofData);
    }
}

/// <summary>What can be said of a network file before its numbers are read.</summary>
public static class NetworkFile
{
    /// <summary>The format that is read: <c>backprop-network/1</c>.</summary>
    public const string Format = "backprop-network/1";

    /// <summary>Whether a file asks for float (<c>"precision": "float32"</c>) rather than double.</summary>
    /// <param name="json">The text of the file.</param>
    /// <param name="file">What the file is called in messages.</param>
    /// <exception cref="DataException">It is no network file.</exception>
    public static bool IsSinglePrecision(string json, string file)
    {
        var fields = JsonFields.Parse(json, "$", file, networkFile: true);
        CheckFormat(fields);
        return fields.Text("precision", "float64") switch
        {
            "float64" => false,
            "float32" => true,
            _ => throw fields.Wrong("precision", "float64 or float32"),
        };
    }

    /// <summary>Makes an optimizer from its description in the words of network files.</summary>
    /// <param name="json">The description: <c>{"type": "sgd", "learningRate": 0.1}</c>.</param>
    /// <param name="parameters">What it is to change.</param>
    /// <param name="file">Where the description comes from, for messages.</param>
    /// <exception cref="DataException">It describes no optimizer; the message says what was found and what is needed.</exception>
    public static Optimizer<T> OptimizerOf<T>(string json, ParameterList<T> parameters, string file) where T : unmanaged, IFloatingPointIeee754<T> =>
        OptimizerTypes.Build(JsonFields.Parse($"{{\"optimizer\":{json}}}", "$", file, networkFile: true).Object("optimizer"), parameters);

    /// <summary>A loss with the penalty of a file; the loss itself where there is none.</summary>
    internal static Tensor<T> Penalized<T>(Tensor<T> loss, double l2, ParameterList<T> parameters) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (l2 == 0) return loss;
        var weights = parameters.Names.Where(path => path[(path.LastIndexOf('.') + 1)..] is "weight" or "inputWeight" or "recurrentWeight")
            .Select(Tensor<T> (path) => parameters[path]).ToArray();
        return weights.Length == 0 ? loss : loss.Named("L_data") + Nn<T>.WeightPenalty(l2, weights).Named("R");
    }

    internal static void CheckFormat(JsonFields fields)
    {
        if (fields.Text("format") is var format && format != Format) throw fields.Wrong("format", $"\"{Format}\"");
    }

    /// <summary>The generators of chance by their names in network files.</summary>
    internal static Func<int, Random> RandomOf(JsonFields fields) => fields.Text("random", "seeded") switch
    {
        "seeded" => seed => new SeededRandom(seed),
        "numpy" => seed => new NumPyRandom(seed),
        _ => throw fields.Wrong("random", "seeded or numpy"),
    };
}
