using Backprop.Saving;
using Backprop.Tabular;
using Backprop.Tensors;

namespace Backprop.Cli.Data;

/// <summary>What is to be predicted, ready for the model, and what is right where the data say it.</summary>
/// <param name="Inputs">One sample after the other, in the shape that the model reads.</param>
/// <param name="Classes">The right class of each, by position in the model's classes.</param>
/// <param name="Numbers">The right number of each; of a forecast those of the first samples, for what the last ones foretell is still to come.</param>
internal sealed record Samples(Tensor<float> Inputs, IReadOnlyList<int>? Classes = null, IReadOnlyList<double>? Numbers = null)
{
    /// <summary>The row that the first sample stands for, from 1; of a forecast the one that it foretells.</summary>
    public int FirstRow { get; init; } = 1;

    /// <summary>Whether each token of each sample has a class of its own, as in a text: Classes has them one sample after the other.</summary>
    public bool ByToken { get; init; }

    /// <summary>The right classes as targets.</summary>
    public Indices? ClassTargets => Classes is null ? null : new Indices(ByToken ? Inputs.Shape : [Classes.Count], [.. Classes]);

    /// <summary>What each sample is called in the data: the names of picture files; null where they have none.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>The table of which each sample is, or foretells, a row, from <see cref="FirstRow"/> on; null for other data.</summary>
    public Table? Table { get; init; }

    /// <summary>Where they come from; null where each is called by its place.</summary>
    public SampleOrigins? Origins { get; init; }

    /// <summary>Where each sample stands in the data, from 0; null where all are there.</summary>
    public IReadOnlyList<int>? Rows { get; init; }

    /// <summary>Where a sample stands in the data, counted from 1 as people count.</summary>
    public int RowOf(int sample) => Rows is null ? FirstRow + sample : Rows[sample] + 1;

    /// <summary>The inputs of the first samples.</summary>
    public Tensor<float> First(int count) =>
        Nn<float>.Tensor(Inputs.Shape.With(0, count), Inputs.Values[..(Inputs.Length / Inputs.Shape[0] * count)]);

    /// <summary>Numbers as the model meets them: through the transforms that training fitted.</summary>
    public static Tensor<float> Transformed(SavedModel<float> model, Tensor<double> inputs) =>
        Standardized.Rounded(model.InputTransforms.Aggregate(inputs, (values, transform) => transform.Apply(values)));
}
