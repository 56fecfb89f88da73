using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;
using Backprop.Cli.Data;
using Backprop.Saving;
using Backprop.Tabular;
using Backprop.Training;

namespace Backprop.Cli.Train;

/// <summary>What training came to, as <c>--json</c> prints it: <c>backprop-train/1</c>. Figures that do not belong to the task are left out.</summary>
/// <param name="Task">classification or regression.</param>
/// <param name="Parameters">The number of trainable numbers in the network.</param>
/// <param name="Epochs">The passes over the training part.</param>
/// <param name="TrainLoss">The mean loss over the samples of the last pass.</param>
/// <param name="TestLoss">The mean loss over the test part, after training.</param>
/// <param name="TestAccuracy">The share of right classes in the test part.</param>
/// <param name="TestRmse">The root of the mean squared error in the test part, in the unit of the target.</param>
/// <param name="Seconds">How long the training took.</param>
internal sealed record TrainResult(
    TaskKind Task, long Parameters, int Epochs, double TrainLoss, double TestLoss, double? TestAccuracy, double? TestRmse, double Seconds)
{
    [JsonPropertyOrder(-1)]
    public string Format { get; } = "backprop-train/1";

    /// <summary>The kind of network, or the file that it comes from.</summary>
    public required string Model { get; init; }

    /// <summary>What was made small, by its name in network files.</summary>
    public required string Loss { get; init; }

    /// <summary>What changed the weights.</summary>
    public required string Optimizer { get; init; }

    /// <summary>Its step size at the beginning.</summary>
    public required double LearningRate { get; init; }

    /// <summary>How the learning rate went on, as the option says it.</summary>
    public string? Schedule { get; init; }

    /// <summary>The names of the classes, in the order of the network's outputs.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>What belongs to a text, if one was read.</summary>
    public TextResult? Text { get; init; }

    /// <summary>The samples that trained.</summary>
    public required int TrainSamples { get; init; }

    /// <summary>The samples that tested.</summary>
    public required int TestSamples { get; init; }

    /// <summary>What drew weights, hold-out and order.</summary>
    public required int Seed { get; init; }

    /// <summary>The threads that training could use.</summary>
    public required int Threads { get; init; }

    /// <summary>The SHA-256 of the weights: equal for equal bits, however often training was stopped and resumed.</summary>
    public required string Weights { get; init; }

    /// <summary>The epoch whose weights were taken, where early stopping was asked for.</summary>
    public int? BestEpoch { get; init; }

    /// <summary>The model file, if one was asked for.</summary>
    public string? Saved { get; init; }

    /// <summary>Where the time of a step goes, if that was asked for.</summary>
    public StepProfile? Profile { get; init; }

    /// <summary>Puts the result together.</summary>
    public static TrainResult Of(
        TrainSettings settings, Defaults defaults, string loss, Trainer<float> trainer, TrainingData data, EpochResult last, StepProfile? profile) => new(
        data.Task, trainer.Model.Parameters.Elements, last.Epoch, last.TrainLoss, last.Test!.Loss, last.Test.Accuracy, last.Test.Rmse * data.TargetScale,
        Math.Round(last.Elapsed.TotalSeconds, 3))
        {
            Model = settings.Network ?? Words.Of(defaults.Model!.Value),
            Loss = loss,
            Optimizer = Words.Of(defaults.Optimizer.Kind),
            LearningRate = defaults.Optimizer.LearningRate,
            Schedule = settings.Schedule?.ToString(),
            Classes = data.Task == TaskKind.Classification && data.Text is null ? data.Train.ClassNames : null,
            Text = data.Text is { } facts ? TextResult.Of(facts, trainer, data, settings.Seed) : null,
            TrainSamples = data.Train.Count,
            TestSamples = data.Test.Count,
            Seed = settings.Seed,
            Threads = settings.Threads,
            Weights = Fingerprint.Of(trainer.Model.Parameters),
            BestEpoch = trainer.Stopping?.BestEpoch,
            Saved = settings.Save,
            Profile = profile,
        };

    /// <summary>The same as a list of figures.</summary>
    public string ToText()
    {
        var lines = new StringBuilder();
        void Line(string name, string figure) => lines.Append(name.PadRight(15)).Append(figure).Append('\n');
        string classes = Classes is null ? "" : $", {Wording.Count(Classes.Count, "class", "classes")}: {Wording.List(Classes)}";
        Line("task", Text?.Task ?? $"{Words.Of(Task)}{classes}");
        Line("model", Model);
        Line("parameters", Number(Parameters));
        Line("samples", $"{Number(TrainSamples)} to train, {Number(TestSamples)} to test{(Text is null ? "" : $", windows of {Text.Length} {Text.Unit}")}");
        string rate = LearningRate.ToString(CultureInfo.InvariantCulture);
        Line("loss", Loss);
        Line("optimizer", $"{Optimizer}, learning rate {rate}{(Schedule is null ? "" : $", {Schedule}")}");
        Line("epochs", BestEpoch is { } best ? $"{Number(Epochs)}, weights of epoch {Number(best)}" : Number(Epochs));
        Line("train loss", Number(TrainLoss));
        Line("test loss", Number(TestLoss));
        if (Text is not null) Line("perplexity", Text.Surprise);
        int tested = Text?.TestTokens ?? TestSamples;
        if (TestAccuracy is { } share) Line("test accuracy", string.Create(CultureInfo.InvariantCulture, $"{Number(share)}, {Math.Round(share * tested)} of {tested}"));
        if (TestRmse is { } rmse) Line("test RMSE", Number(rmse));
        Line("seed", Number(Seed));
        Line("threads", Number(Threads));
        Line("seconds", Number(Seconds));
        Line("weights", Weights);
        if (Saved is not null) Line("saved", Saved);
        if (Text is not null) lines.Append(Text.Sample);
        if (Profile is not null) lines.Append('\n').Append(Profile.Table);
        return lines.ToString();
    }

    private static string Number(double number) => number.ToString("G6", CultureInfo.InvariantCulture);
}
