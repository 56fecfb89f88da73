using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Backprop.Cli.Data;
using Backprop.Data;
using Backprop.Pictures;
using Backprop.Tabular;

namespace Backprop.Cli.Train;

/// <summary>The options that a training was begun with, as they lie in its checkpoints: with them it is made again.</summary>
internal static class SavedOptions
{
    /// <summary>The note in a checkpoint.</summary>
    public const string Key = "backprop-train";

    private const string Epochs = "--epochs", Schedule = "--schedule";

    // No column is called by it.
    private const char Between = '\u001f';

    private static readonly (string Name, Func<TrainSettings, string?> Text, Func<TrainSettings, string, TrainSettings> With)[] All =
    [
        ("--target", s => s.Target, (s, text) => s with { Target = text }),
        ("--task", s => s.Task is { } task ? Words.Of(task) : null, (s, text) => s with { Task = Words.Parse<TaskKind>(text) }),
        ("--header", s => s.Header is { } header ? Words.Of(header ? YesNo.Yes : YesNo.No) : null,
            (s, text) => s with { Header = Words.Parse<YesNo>(text) == YesNo.Yes }),
        ("--ignore", s => s.Ignore.Count > 0 ? string.Join(Between, s.Ignore) : null, (s, text) => s with { Ignore = text.Split(Between) }),
        ("--window", s => Text(s.Window), (s, text) => s with { Window = Whole(text) }),
        ("--horizon", s => Text(s.Horizon), (s, text) => s with { Horizon = Whole(text) }),
        ("--samples", s => Text(s.Samples), (s, text) => s with { Samples = Whole(text) }),
        ("--noise", s => Text(s.Noise), (s, text) => s with { Noise = Number(text) }),
        ("--embed", s => s.Embed.Count > 0 ? string.Join(Between, s.Embed) : null, (s, text) => s with { Embed = text.Split(Between) }),
        ("--missing", s => Words.Of(s.Missing), (s, text) => s with { Missing = Words.Parse<MissingPolicy>(text) }),
        ("--unknown", s => s.Unknown is { } unknown ? Words.Of(unknown) : null, (s, text) => s with { Unknown = Words.Parse<UnknownPolicy>(text) }),
        ("--scale", s => Words.Of(s.Scale), (s, text) => s with { Scale = Words.Parse<ScaleKind>(text) }),
        (TextOptions.UnitName, s => s.Unit is { } unit ? Words.Of(unit) : null, (s, text) => s with { Unit = Words.Parse<TextUnit>(text) }),
        (TextOptions.LengthName, s => Text(s.Length), (s, text) => s with { Length = Whole(text) }),
        (TextOptions.VocabularyName, s => Text(s.Vocabulary), (s, text) => s with { Vocabulary = Whole(text) }),
        ("--model", s => s.Network ?? (s.Model is { } model ? Words.Of(model) : null), TrainCommand.WithModel),
        ("model-sha256", s => s.NetworkIdentity, (s, text) => s with { NetworkIdentity = text }),
        (ArrayOptions.InputsName, s => s.Inputs, (s, text) => s with { Inputs = text }),
        (ArrayOptions.TargetsName, s => s.Targets, (s, text) => s with { Targets = text }),
        (ArrayOptions.LayoutName, s => s.Layout is { } layout ? Words.Of(layout) : null, (s, text) => s with { Layout = Words.Parse<LayoutKind>(text) }),
        (PictureOptions.SizeName, s => s.Size is { } size ? PictureOptions.TextOf(size) : null, (s, text) => s with { Size = PictureOptions.ParseSize(text) }),
        (PictureOptions.ColourName, s => s.Colour is { } colour ? Words.Of(colour) : null,
            (s, text) => s with { Colour = Words.Parse<PictureColour>(text) }),
        (PictureOptions.AugmentName, s => s.Augment?.ToString(), (s, text) => s with { Augment = AugmentWords.Parse(text) }),
        ("--hidden", s => s.Hidden is { } sizes ? string.Join(',', sizes) : null, (s, text) => s with { Hidden = [.. text.Split(',').Select(Whole)] }),
        (Epochs, s => Text(s.Epochs), (s, text) => s with { Epochs = Whole(text) }),
        ("--batch", s => Text(s.Batch), (s, text) => s with { Batch = Whole(text) }),
        ("--learning-rate", s => Text(s.LearningRate), (s, text) => s with { LearningRate = Number(text) }),
        ("--optimizer", s => s.Optimizer is { } kind ? Words.Of(kind) : null, (s, text) => s with { Optimizer = Words.Parse<OptimizerKind>(text) }),
        .. OptimizerSetting.All.Select(setting => Of(setting.Option)),
        (Schedule, s => s.Schedule?.ToString(), (s, text) => s with { Schedule = ScheduleWords.Parse(text) }),
        ("--loss", s => s.Loss, (s, text) => s with { Loss = text }),
        ("--class-weights", s => s.ClassWeights, (s, text) => s with { ClassWeights = text }),
        ("--seed", s => Text(s.Seed), (s, text) => s with { Seed = Whole(text) }),
        ("--holdout", s => Text(s.Holdout), (s, text) => s with { Holdout = Number(text) }),
        ("--patience", s => Text(s.Patience), (s, text) => s with { Patience = Whole(text) }),
    ];

    /// <summary>The options by their names, those that were left out with what they came to.</summary>
    public static Dictionary<string, string> Of(TrainSettings settings, Defaults defaults)
    {
        var whole = settings with
        {
            Model = defaults.Model,
            Epochs = defaults.Epochs,
            Batch = defaults.Batch,
            Optimizer = defaults.Optimizer.Kind,
            LearningRate = defaults.Optimizer.LearningRate,
        };
        return All.Select(option => (option.Name, Text: option.Text(whole))).Where(option => option.Text is not null).ToDictionary(option => option.Name, option => option.Text!);
    }

    /// <summary>The options as one JSON object.</summary>
    public static string Write(TrainSettings settings, Defaults defaults)
    {
        var fields = new JsonObject();
        foreach (var (name, text) in Of(settings, defaults)) fields[name] = text;
        return fields.ToJsonString();
    }

    /// <summary>The settings with which a training was begun, from its options.</summary>
    public static TrainSettings With(TrainSettings settings, IReadOnlyDictionary<string, string> saved) =>
        All.Aggregate(settings, (with, option) => saved.TryGetValue(option.Name, out string? text) ? option.With(with, text) : with);

    /// <summary>The values of one option: those that may be given several times lie in one text.</summary>
    public static string[] Values(string text) => text.Split(Between);

    /// <summary>The settings with the options of a checkpoint in the place of those that were not given.</summary>
    /// <exception cref="InputException">An option was given that contradicts the checkpoint.</exception>
    /// <exception cref="DataException">The checkpoint is not one of <c>backprop train</c>.</exception>
    public static TrainSettings Apply(TrainSettings given, IReadOnlyDictionary<string, string> notes, string file)
    {
        if (!notes.TryGetValue(Key, out string? text))
            throw new DataException(file, "it was not written by backprop train; the program that wrote it goes on from it");
        var saved = Read(text, file);
        var settings = given;
        foreach (var (name, textOf, with) in All)
        {
            saved.TryGetValue(name, out string? before);
            if (!given.Given.Contains(name))
            {
                if (before is not null) settings = with(settings, before);
            }
            // More epochs, or fewer, are another end of the same training.
            else if (name != Epochs && textOf(given) != before) throw Contradiction(name, textOf(given), before, given.Checkpoint!);
        }
        if (settings.Schedule is { SpansTraining: true } schedule && saved.TryGetValue(Epochs, out string? epochs) && Text(settings.Epochs) != epochs)
            throw new InputException(
                $"{Epochs} {settings.Epochs}: the schedule {schedule} goes over the {epochs} epochs that the training in {given.Checkpoint} was begun with; "
                + "leave the option out, or begin anew in another folder");
        return settings;
    }

    private static (string, Func<TrainSettings, string?>, Func<TrainSettings, string, TrainSettings>) Of(string option) => (
        // A yes is written as the command line reads it.
        option, s => !s.OptimizerSettings.TryGetValue(option, out double number) ? null : option == OptimizerSetting.Nesterov ? "true" : Text(number),
        (s, text) => s with { OptimizerSettings = new Dictionary<string, double>(s.OptimizerSettings) { [option] = text == "true" ? 1 : Number(text) } });

    private static Dictionary<string, string> Read(string text, string file)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.EnumerateObject().ToDictionary(field => field.Name, field => field.Value.GetString()!);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new DataException(file, $"its options cannot be read ({error.Message})", cause: error);
        }
    }

    private static InputException Contradiction(string name, string? given, string? before, string folder) => new(
        $"{name} {given?.Replace(Between, ' ')}: the training in {folder} was begun {(before is null ? "without it" : $"with {before.Replace(Between, ' ')}")}; "
        + "leave the option out, or begin anew in another folder");

    private static string? Text(IFormattable? number) => number?.ToString(null, CultureInfo.InvariantCulture);

    private static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
