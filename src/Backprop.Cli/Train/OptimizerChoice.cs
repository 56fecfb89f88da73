using System.Globalization;
using System.Text.Json.Nodes;
using Backprop.Cli.Data;
using Backprop.Optimizers;
using Backprop.Saving;
using Backprop.Tabular;
using Backprop.Tensors;

namespace Backprop.Cli.Train;

/// <summary>What changes the weights: the options, and what the network's file says where they do not.</summary>
/// <param name="Kind">The optimizer.</param>
/// <param name="LearningRate">The step size.</param>
/// <param name="Settings">Further settings, by their names in network files.</param>
internal sealed record OptimizerChoice(OptimizerKind Kind, double LearningRate, IReadOnlyDictionary<string, double> Settings)
{
    /// <summary>Puts it together.</summary>
    /// <param name="settings">The options.</param>
    /// <param name="form">The form of the data, which decides the usual learning rate.</param>
    /// <param name="usual">That of Adam.</param>
    /// <param name="network">The file of the network, if it is from one.</param>
    /// <exception cref="InputException">A setting was given that the optimizer does not have.</exception>
    public static OptimizerChoice Of(TrainSettings settings, DataForm form, double usual, GivenNetwork? network)
    {
        var file = network?.Optimizer;
        var kind = settings.Optimizer ?? (file is null ? OptimizerKind.Adam : file.Kind);
        // Another optimizer than the file's has nothing of its settings.
        if (file?.Kind != kind) file = null;
        var numbers = new Dictionary<string, double>(file?.Settings ?? new Dictionary<string, double>());
        foreach (var (option, number) in settings.OptimizerSettings)
        {
            var setting = OptimizerSetting.All.Single(setting => setting.Option == option);
            if (!setting.Suits(kind)) throw new InputException($"{option} belongs to {Wording.List([.. setting.Kinds.Select(Words.Of)])}; {Words.Of(kind)} does not have it");
            numbers[setting.Key] = number;
        }
        if (numbers.ContainsKey("nesterov") && numbers.GetValueOrDefault("momentum") == 0)
            throw new InputException("--nesterov looks ahead by the momentum; --momentum is missing, 0.9 is usual");
        return new OptimizerChoice(kind, settings.LearningRate ?? file?.LearningRate ?? Usual(kind, form, usual), numbers);
    }

    /// <summary>Reads what a network file says; its state belongs to its own steps.</summary>
    /// <exception cref="Backprop.Data.DataException">It describes no optimizer.</exception>
    public static OptimizerChoice? Read(string? json, ParameterList<float> parameters, string file)
    {
        if (json is null) return null;
        var description = JsonNode.Parse(json) as JsonObject;
        description?.Remove("state");
        var built = NetworkFile.OptimizerOf(description?.ToJsonString() ?? json, parameters, file);
        var settings = OptimizerSetting.All.Where(setting => description!.ContainsKey(setting.Key))
            .Where(setting => setting.Key != "nesterov" || (bool)description!["nesterov"]!)
            .ToDictionary(setting => setting.Key, setting => setting.Key == "nesterov" ? 1 : (double)description![setting.Key]!);
        return new OptimizerChoice(Words.Parse<OptimizerKind>((string)description!["type"]!), built.InitialLearningRate, settings);
    }

    /// <summary>Makes it.</summary>
    public Optimizer<float> Build(ParameterList<float> parameters)
    {
        var description = new JsonObject { ["type"] = Words.Of(Kind), ["learningRate"] = LearningRate };
        foreach (var (key, number) in Settings) description[key] = key == "nesterov" ? true : number;
        return NetworkFile.OptimizerOf(description.ToJsonString(), parameters, $"--optimizer {Words.Of(Kind)}");
    }

    /// <summary>In a line: <c>sgd, learning rate 0.05, momentum 0.9, nesterov</c>.</summary>
    public override string ToString() => string.Join(", ",
    [
        Words.Of(Kind), $"learning rate {LearningRate.ToString(CultureInfo.InvariantCulture)}",
        .. OptimizerSetting.All.Where(setting => Settings.ContainsKey(setting.Key)).Select(setting => setting.Option == OptimizerSetting.Nesterov ? "nesterov"
            : $"{setting.Option[2..].Replace('-', ' ')} {Settings[setting.Key].ToString(CultureInfo.InvariantCulture)}"),
    ]);

    /// <summary>What suits most networks: each rule has steps of a size of its own.</summary>
    private static double Usual(OptimizerKind kind, DataForm form, double adam) => kind switch
    {
        OptimizerKind.Sgd => 0.05,
        OptimizerKind.Adagrad => form == DataForm.Table ? 0.1 : 0.02,
        OptimizerKind.RmsProp => adam / 2,
        OptimizerKind.Adadelta => 1,
        _ => adam,
    };
}
