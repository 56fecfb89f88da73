using System.Globalization;
using System.Text.Json.Serialization;
using Backprop.Tabular;
using CsvHelper;

namespace Backprop.Cli.Predict;

/// <summary>What a model says about samples, as <c>--json</c> prints it: <c>backprop-predict/1</c>.</summary>
/// <param name="Task">classification or regression.</param>
/// <param name="Rows">The number of samples.</param>
/// <param name="Classes">The names of the classes, in the order of the probabilities.</param>
/// <param name="Accuracy">The share of right classes, where DATA has them.</param>
/// <param name="Rmse">The root of the mean squared error, where DATA has the right numbers.</param>
/// <param name="Predictions">One for each sample, in order.</param>
internal sealed record PredictResult(
    TaskKind Task, int Rows, IReadOnlyList<string>? Classes, double? Accuracy, double? Rmse, IReadOnlyList<Prediction> Predictions)
{
    [JsonPropertyOrder(-1)]
    public string Format { get; } = "backprop-predict/1";

    /// <summary>The columns of the data that are kept.</summary>
    [JsonIgnore]
    public IReadOnlyList<TableColumn> Kept { get; init; } = [];

    /// <summary>The same with columns of the data beside the predictions.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="firstRow">The row of the first prediction, from 1; rows behind the end of the table have empty cells.</param>
    public PredictResult With(IReadOnlyList<TableColumn> columns, int firstRow) => columns.Count == 0 ? this : this with
    {
        Kept = columns,
        Predictions = [.. Predictions.Select((prediction, i) => prediction with { Kept = columns.ToDictionary(column => column.Name, column => column.Cells.ElementAtOrDefault(i + firstRow - 1) ?? "") })],
    };

    /// <summary>The same as CSV: row, the columns that are kept, file where samples have names, prediction, and for classes a column p_NAME with the probability of each.</summary>
    public string ToCsv()
    {
        var text = new StringWriter();
        using (var csv = CsvWriter.Create(text, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true))
        {
            csv.WriteField("row");
            foreach (var column in Kept) csv.WriteField(column.Name);
            bool named = Predictions.Any(prediction => prediction.File is not null);
            if (named) csv.WriteField("file");
            csv.WriteField("prediction");
            foreach (string name in Classes ?? []) csv.WriteField($"p_{name}");
            csv.EndRecord();
            foreach (var prediction in Predictions)
            {
                csv.WriteField(prediction.Row.ToString(CultureInfo.InvariantCulture));
                foreach (var column in Kept) csv.WriteField(prediction.Kept![column.Name]);
                if (named) csv.WriteField(prediction.File!);
                csv.WriteField(Convert.ToString(prediction.Value, CultureInfo.InvariantCulture)!);
                foreach (float probability in prediction.Probabilities ?? []) csv.WriteField(probability.ToString(CultureInfo.InvariantCulture));
                csv.EndRecord();
            }
        }
        return text.ToString();
    }
}

/// <summary>What a model says about one sample.</summary>
/// <param name="Row">Where the sample stands in the data, from 1; those of a forecast go on behind the end.</param>
/// <param name="Value">The name of the class, or the number.</param>
/// <param name="Probabilities">The probability of each class.</param>
internal sealed record Prediction(int Row, [property: JsonPropertyName("prediction")] object Value, IReadOnlyList<float>? Probabilities)
{
    /// <summary>What the sample is called in the data, where it has a name: that of a picture's file.</summary>
    public string? File { get; init; }

    /// <summary>What stands in the kept columns of its row, by their names.</summary>
    public IReadOnlyDictionary<string, string>? Kept { get; init; }
}
