using System.Globalization;
using System.Text;
using Backprop.Cli.Networks;
using Backprop.Data;
using Backprop.Importing;
using Backprop.Saving;
using Backprop.Tabular;

namespace Backprop.Cli.Import;

/// <summary><c>backprop import</c> from the two files to the model.</summary>
internal static class ImportRun
{
    public static int Execute(ImportSettings settings, Terminal terminal)
    {
        foreach (string file in new[] { settings.Weights, settings.Model, settings.Map ?? settings.Model })
            if (!File.Exists(file)) throw new InputException($"{file}: there is no such file");
        if (settings.Save is { } path) OutputFile.Check(path, settings.Force);
        var model = NetworkSource.IsModel(settings.Model) ? OfModel(settings) : OfNetwork(settings);
        try
        {
            var import = new WeightImport<float>(
                WeightFile<float>.Load(settings.Weights), model.Model, model.Input, settings.From, settings.Map is { } map ? WeightMap.Load(map) : null);
            import.Apply();
            var result = ImportResult.Of(settings, import);
            int arrays = import.Matches.Where(match => match is { Theirs.Length: > 0, Ours.Length: > 0 }).DistinctBy(match => match.Theirs).Count();
            terminal.Note(string.Create(CultureInfo.InvariantCulture, $"weights: {Wording.Count(arrays, "array")} with {Name(import.Layout)} for {result.Numbers:N0} numbers"));
            foreach (string note in import.Notes) terminal.Note($"note: {note}");
            if (settings.Save is { } file) model.Save(file, settings.Force);
            terminal.Output.Write(settings.Json ? $"{Json.Of(result)}\n" : result.ToText());
        }
        catch (Exception error) when (error is NotSupportedException or ArgumentException)
        {
            throw new InputException($"{settings.Model}: {ArgumentText.Of(error)}");
        }
        terminal.Note(settings.Save is null ? "nothing was written; --save FILE takes them" : $"saved: {settings.Save}");
        return ExitCode.Done;
    }

    /// <summary>A trained model keeps what is its own: classes, transforms, notes.</summary>
    private static SavedModel<float> OfModel(ImportSettings settings)
    {
        string? option = settings.Classes is not null ? "--classes" : settings.Scale is not null ? "--mean and --deviation" : null;
        if (option is not null) throw new InputException($"{option}: {settings.Model} is a trained model, which has its own; leave the option out");
        return SavedModel<float>.Load(settings.Model);
    }

    private static SavedModel<float> OfNetwork(ImportSettings settings)
    {
        var plan = NetworkPlan<float>.Parse(File.ReadAllText(settings.Model, Encoding.UTF8), settings.Model);
        string loss = plan.Loss is null ? "" : LossFunction<float>.Parse(plan.Loss, plan.Model, plan.Input, settings.Model).Name;
        int outputs = plan.Model.Describe([1, .. plan.Input.AsSpan()]).Output[^1];
        var classes = settings.Classes
            ?? (loss == "softmax_cross_entropy" ? [.. Enumerable.Range(0, outputs).Select(number => number.ToString(CultureInfo.InvariantCulture))] : []);
        if (classes.Count > 0 && classes.Count != outputs && (classes.Count, outputs) != (2, 1))
            throw new InputException($"--classes: {Wording.Count(classes.Count, "name")} came; the network has {Wording.Count(outputs, "output")}, each needs one");
        if (classes.Distinct().Count() != classes.Count || classes.Contains("")) throw new InputException("--classes: a name is empty or came twice; each class needs its own");
        int columns = plan.Input[^1];
        if (settings.Scale is { Mean.Length: > 1 and var numbers } && numbers != columns)
            throw new InputException($"--mean and --deviation: {numbers} numbers came; one is needed, or {columns}, one for each column of {plan.Input}");
        return new SavedModel<float>(plan.Model, plan.Input)
        {
            Task = classes.Count > 0 ? Words.Of(TaskKind.Classification) : Words.Of(TaskKind.Regression),
            Loss = loss,
            ClassNames = classes,
            InputTransforms = settings.Scale is { } scale ? [new Standardizer(scale.Mean, scale.Deviation)] : [],
        };
    }

    private static string Name(WeightLayout layout) => layout switch
    {
        WeightLayout.PyTorch => "PyTorch's names and axes",
        WeightLayout.Keras => "Keras' names and axes",
        _ => "our own names and axes",
    };
}
