using System.Text.Json.Serialization;
using Backprop.Cli.Data;
using Backprop.Saving;
using Backprop.Tabular;
using Backprop.Training;

namespace Backprop.Cli.Evaluate;

/// <summary>How good a model is on data, as <c>--json</c> prints it: <c>backprop-evaluate/1</c>. Figures that do not belong to the task are left out.</summary>
/// <param name="Task">classification or regression.</param>
/// <param name="Data">What it was judged by.</param>
/// <param name="Part">Which samples of it.</param>
/// <param name="Samples">Their number.</param>
/// <param name="Loss">The mean loss over them.</param>
internal sealed record EvaluateResult(TaskKind Task, string Data, DataPart Part, int Samples, double Loss)
{
    /// <summary>Up to so many classes the counts are written as a matrix, beyond them as pairs alone.</summary>
    private const int MostClasses = 200;

    [JsonPropertyOrder(-1)]
    public string Format { get; } = "backprop-evaluate/1";

    /// <summary>The share of right classes.</summary>
    public double? Accuracy { get; init; }

    /// <summary>The number of answers that are right, and of all: with several time steps each has one for every step.</summary>
    public long? Right { get; init; }

    public long? Answers { get; init; }

    /// <summary>What always saying the most frequent class would come to.</summary>
    public UsualClass? Baseline { get; init; }

    /// <summary>e to the mean loss of a token, for texts.</summary>
    public double? Perplexity { get; init; }

    /// <summary>The plain mean over the classes.</summary>
    public Shares? Macro { get; init; }

    /// <summary>The mean weighted by the samples of each class.</summary>
    public Shares? Weighted { get; init; }

    /// <summary>Each class, in the order of the network's outputs.</summary>
    public IReadOnlyList<OneClass>? Classes { get; init; }

    /// <summary>A row for each class that is right, a column for each that was said.</summary>
    public IReadOnlyList<IReadOnlyList<long>>? Confusion { get; init; }

    /// <summary>The pairs that were confused, the most frequent first.</summary>
    public IReadOnlyList<Confused>? Mistakes { get; init; }

    /// <summary>In the unit of the target.</summary>
    public double? Rmse { get; init; }

    public double? Mae { get; init; }

    public double? R2 { get; init; }

    /// <summary>The RMSE of always saying the mean of what is right.</summary>
    public double? MeanRmse { get; init; }

    /// <summary>The RMSE of the number read last, for a time series.</summary>
    public double? NaiveRmse { get; init; }

    /// <summary>Puts the figures together.</summary>
    /// <exception cref="InputException">An answer is no finite number.</exception>
    public static EvaluateResult Of(SavedModel<float> model, JudgedData data, Judge judge, double loss, string name)
    {
        var empty = new EvaluateResult(judge.Confusion is null ? TaskKind.Regression : TaskKind.Classification, name, data.Part, data.Samples.Count, loss);
        return judge.Confusion is { } matrix ? empty.WithClasses(matrix, Names(model, matrix), data.Samples.Targets.Shape.Rank > 1)
            : empty.WithNumbers(judge) with { NaiveRmse = SeriesSource.NaiveRmse(model, data.Samples) };
    }

    /// <summary>The names of the classes; their positions where the model has no names.</summary>
    public static IReadOnlyList<string> Names(SavedModel<float> model, ConfusionMatrix matrix) => model.ClassNames.Count == matrix.Classes ? model.ClassNames
        : [.. Enumerable.Range(0, matrix.Classes).Select(place => $"{place}")];

    private EvaluateResult WithClasses(ConfusionMatrix matrix, IReadOnlyList<string> names, bool overTime)
    {
        var all = Enumerable.Range(0, matrix.Classes).ToArray();
        int usual = all.MaxBy(c => matrix.Of(c).Support);
        return this with
        {
            Accuracy = matrix.Accuracy,
            Right = matrix.Right,
            Answers = matrix.Count,
            Baseline = new UsualClass(names[usual], (double)matrix.Of(usual).Support / matrix.Count),
            Perplexity = overTime ? Math.Exp(Loss) : null,
            Macro = Shares.Of(matrix.Macro),
            Weighted = Shares.Of(matrix.Weighted),
            Classes = [.. all.Select(c => OneClass.Of(names[c], matrix.Of(c), matrix.Said(c)))],
            Confusion = matrix.Classes <= MostClasses ? [.. all.Select(row => all.Select(column => matrix[row, column]).ToArray())] : null,
            Mistakes = [.. matrix.Mistakes.Select(pair => new Confused(names[pair.IsClass], names[pair.SaidClass], pair.Count))],
        };
    }

    private EvaluateResult WithNumbers(Judge judge)
    {
        int bad = judge.All.Index().FirstOrDefault(one => !double.IsFinite(one.Item.Said), (-1, default)).Index;
        if (bad >= 0)
            throw new InputException($"{Data}: the network's answer to sample {bad + 1} is no finite number; is the sample far from those that trained?");
        double mean = judge.All.Average(one => one.Right);
        return this with
        {
            Rmse = judge.Regression.Rmse,
            Mae = judge.Regression.Mae,
            R2 = judge.Regression.R2,
            MeanRmse = Math.Sqrt(judge.All.Average(one => (one.Right - mean) * (one.Right - mean))),
        };
    }
}

/// <summary>The most frequent class and its share.</summary>
internal sealed record UsualClass(string Name, double Accuracy);

/// <summary>Precision, recall and F1 on average.</summary>
internal sealed record Shares(double Precision, double Recall, double F1)
{
    public static Shares Of(ClassFigures figures) => new(figures.Precision, figures.Recall, figures.F1);
}

/// <summary>How well a class is told apart.</summary>
internal sealed record OneClass(string Name, double Precision, double Recall, double F1, long Support, long Said)
{
    public static OneClass Of(string name, ClassFigures figures, long said) => new(name, figures.Precision, figures.Recall, figures.F1, figures.Support, said);
}

/// <summary>How often one class was taken for another.</summary>
internal sealed record Confused(string Right, string Said, long Count);
