using System.Globalization;
using System.Text.Json.Nodes;
using Backprop.Cli.Data;
using Backprop.Layers;
using Backprop.Saving;
using Backprop.Tabular;
using Backprop.Tensors;

namespace Backprop.Cli.Train;

/// <summary>What training makes small: <c>--loss</c>, else what the network's file says, else what suits the task.</summary>
internal static class LossChoice
{
    private const string CrossEntropy = "softmax_cross_entropy", Option = "--loss";

    private static readonly string[] OfNumbers = ["mean_squared_error", "half_squared_error", "mean_absolute_error", "huber"];

    private static readonly string[] OfClasses =
    [
        CrossEntropy, "multi_class_hinge", "binary_cross_entropy", "binary_cross_entropy_with_logits", "hinge", "kullback_leibler", .. OfNumbers,
    ];

    /// <summary>The numbers that may stand behind a loss.</summary>
    private static readonly Dictionary<string, string> Settings = new()
    {
        ["huber"] = "delta",
        ["multi_class_hinge"] = "margin",
        [CrossEntropy] = "labelSmoothing",
    };

    /// <summary>Reads <c>huber:0.5</c> as a description in the words of network files.</summary>
    /// <exception cref="InputException">It names no loss.</exception>
    public static string Parse(string text)
    {
        string[] halves = text.Split(':', 2);
        string name = halves[0].Replace('-', '_');
        if (!OfClasses.Contains(name))
            throw new InputException($"{Option}: '{text}' came; {Suggestion.Needed(name, OfClasses)}");
        var description = new JsonObject { ["type"] = name };
        if (halves.Length == 1) return description.ToJsonString();
        if (!Settings.TryGetValue(name, out string? setting)) throw new InputException($"{Option}: '{text}' came; {name} takes no number");
        description[setting] = double.TryParse(halves[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) && number >= 0 ? number
            : throw new InputException($"{Option}: '{text}' came; {name}:NUMBER is needed, its {setting}");
        return description.ToJsonString();
    }

    /// <summary>The loss of a network on data.</summary>
    /// <exception cref="InputException">It does not suit the task or the network.</exception>
    /// <exception cref="Backprop.Data.DataException">The network's file describes no loss.</exception>
    public static LossFunction<float> Of(TrainSettings settings, GivenNetwork.Plan network, TrainingData data, Terminal terminal)
    {
        bool classes = data.Train.Targets is Indices;
        string place = settings.Loss is not null || network.Loss is null ? Option : settings.Network!;
        string description = settings.Loss is { } words ? Parse(words) : network.Loss ?? $"\"{Usual(network, classes)}\"";
        if (settings.ClassWeights is { } text) description = Weighted(description, ClassWeights.Of(text, data), data, terminal);
        var loss = LossFunction<float>.Parse(description, network.Model, network.Input, place);
        Check(loss, network, data, place);
        if (settings.Loss is not null || network.Loss is not null) terminal.Note($"loss: {Name(description)}");
        return loss;
    }

    private static string Usual(GivenNetwork.Plan network, bool classes) => !classes ? OfNumbers[0]
        : Outputs(network) > 1 ? CrossEntropy : Last(network) is Sigmoid<float> ? "binary_cross_entropy" : "binary_cross_entropy_with_logits";

    private static string Weighted(string description, double[] weights, TrainingData data, Terminal terminal)
    {
        var loss = JsonNode.Parse(description) is JsonObject whole ? whole : new JsonObject { ["type"] = JsonNode.Parse(description) };
        if ((string?)loss["type"] != CrossEntropy)
            throw new InputException($"--class-weights belongs to the loss {CrossEntropy}; {(string?)loss["type"]} counts all classes alike");
        loss["classWeights"] = new JsonArray([.. weights.Select(weight => (JsonNode)weight)]);
        terminal.Note($"class weights: {ClassWeights.Describe(weights, data.Train.ClassNames)}");
        return loss.ToJsonString();
    }

    private static void Check(LossFunction<float> loss, GivenNetwork.Plan network, TrainingData data, string place)
    {
        if (data.Train.Targets is not Indices)
        {
            if (!OfNumbers.Contains(loss.Name)) throw new InputException($"{place}: {loss.Name} belongs to classes; a number is to be predicted, {Wording.List(OfNumbers)} suit it");
            return;
        }
        if (data.Form == DataForm.Text && loss.Name != CrossEntropy)
            throw new InputException($"{place}: {loss.Name} gives no probabilities of what comes next in a text; {CrossEntropy} suits it");
        int outputs = Outputs(network);
        if (loss.ReadsClasses && outputs != data.Train.ClassCount)
            throw new InputException($"{place}: {loss.Name} needs a number for each class; the network gives a single one for two, binary_cross_entropy_with_logits suits it");
        if (!loss.ReadsClasses && loss.ReadsProbabilities && Last(network) is not (Sigmoid<float> or HardSigmoid<float> or Softmax<float>))
            throw new InputException(
                $"{place}: {loss.Name} over classes needs outputs between 0 and 1, so a sigmoid or a softmax as the last layer; here it is {Last(network).Type}, and {CrossEntropy} suits it");
    }

    private static int Outputs(GivenNetwork.Plan network) => network.Model.Describe([1, .. network.Input.AsSpan()]).Rows[^1].Output[^1];

    private static Layer<float> Last(GivenNetwork.Plan network)
    {
        Layer<float> last = network.Model;
        while (last is Sequential<float> { Layers: [.., var inner] }) last = inner;
        return last;
    }

    /// <summary>The name and what is set: <c>huber, delta 0.5</c>.</summary>
    private static string Name(string description) => JsonNode.Parse(description) is not JsonObject whole ? JsonNode.Parse(description)!.ToString()
        : string.Join(", ", whole.Where(field => field.Key != "classWeights").Select(field => field.Key == "type" ? field.Value!.ToString() : $"{field.Key} {field.Value!.ToJsonString()}"));
}
