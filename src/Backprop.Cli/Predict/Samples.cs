using Backprop.Cli.Train;
using Backprop.Data;
using Backprop.Saving;
using Backprop.Tabular;
using Backprop.Tensors;

namespace Backprop.Cli.Predict;

/// <summary>What is to be predicted, ready for the model, and what is right where the data say it.</summary>
/// <param name="Inputs">One sample after the other, in the shape that the model reads.</param>
/// <param name="Classes">The right class of each, by position in the model's classes.</param>
/// <param name="Numbers">The right number of each.</param>
internal sealed record Samples(Tensor<float> Inputs, IReadOnlyList<int>? Classes = null, IReadOnlyList<double>? Numbers = null)
{
    /// <summary>Reads what DATA names, as the model needs it.</summary>
    /// <exception cref="InputException">There is nothing of that name, or it is not what the model was trained on.</exception>
    /// <exception cref="DataException">A file is not what it should be.</exception>
    public static Samples Read(SampleWords words, SavedModel<float> model, Terminal terminal)
    {
        bool folder = Directory.Exists(words.Data);
        if (!folder && !File.Exists(words.Data)) throw new InputException($"{words.Data}: there is no such file or folder");
        if (!model.Notes.TryGetValue("table", out string? table))
            return model.Input.Rank >= 2 ? SamplePictures.Read(words, model, terminal)
                : throw new InputException($"{words.Model}: it does not say how a table becomes its inputs; a model that backprop train saved is needed");
        if (folder)
            throw new InputException($"{words.Data} is a folder; the model {words.Model} was trained on a table, so a CSV or TSV file is needed");
        return OfTable(words, model, TableSchemaJson.Read(table, words.Model), terminal);
    }

    /// <summary>Numbers as the model meets them: through the transforms that training fitted.</summary>
    public static Tensor<float> Transformed(SavedModel<float> model, Tensor<double> inputs) =>
        Standardized.Rounded(model.InputTransforms.Aggregate(inputs, (values, transform) => transform.Apply(values)));

    private static Samples OfTable(SampleWords words, SavedModel<float> model, TableSchema schema, Terminal terminal)
    {
        // Names are there if they were there in training; without them the same rule as then looks for a header.
        var table = Table.Read(words.Data, words.Header ?? (schema.HasHeader ? true : null));
        if (model.Input.Elements != schema.Width)
            throw new DataException(words.Model, $"its network reads {model.Input.Elements} inputs, its description of the table gives {schema.Width}");
        var inputs = Transformed(model, Nn<double>.Tensor([table.Rows, schema.Width], schema.Inputs(table)));
        var target = schema.FindTarget(table);
        string right = schema.Task == TaskKind.Classification ? "class" : "number";
        terminal.Note($"data: {Wording.Count(table.Rows, "row")}, {(target is null ? "without" : "with")} the right {right} of each in '{schema.TargetName}'");
        return target is null ? new Samples(inputs)
            : schema.Task == TaskKind.Classification ? new Samples(inputs, Classes: schema.ClassTargets(target).Values.ToArray())
            : new Samples(inputs, Numbers: target.Numbers);
    }
}
