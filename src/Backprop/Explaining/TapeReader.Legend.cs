using Backprop.Tensors;

namespace Backprop.Explaining;

// What the symbols stand for.
public sealed partial class TapeReader<T>
{
    private List<(string, string, Shape)> ReadLegend()
    {
        var legend = new List<(string, string, Shape)>();
        for (int i = 0; i < tape.Inputs.Count; i++)
            if (tape.Inputs[i] is Tensor<T> input) legend.Add((Symbols[input], i == 1 ? "target" : $"input{TokensOf(input)}", input.Shape));
            else if (tape.Inputs[i] is Indices indices)
            {
                string meaning = (i == 1 ? "classes" : "indices") + Listed(indices.Shape, position => indices.Values[position]);
                legend.Add((i == 0 ? "x" : i == 1 ? "y" : $"x{i}", meaning, indices.Shape));
            }
        foreach (var parameter in tape.Parameters.Where(parameter => !tape.Inputs.Contains(parameter))) legend.Add((Symbols[parameter], tape.NameOf(parameter), parameter.Shape));
        foreach (var constant in tape.Constants.Where(constant => !char.IsAsciiDigit(Symbols[constant].TrimStart('(', '−')[0]))) legend.Add((Symbols[constant], "constant", constant.Shape));
        return legend;
    }

    /// <summary>The tokens of an input that rows are taken by, which no formula shows; nothing for other inputs.</summary>
    private string TokensOf(Tensor<T> input) =>
        tape.Steps.Any(step => step is ITakesRows && step.Inputs.Skip(1).Contains(input))
            ? $", tokens{Listed(input.Shape, position => int.CreateTruncating(T.Round(input.Values[position])))}" : "";

    /// <summary>A few whole numbers, rows apart by commas; nothing where there are many.</summary>
    private static string Listed(Shape shape, Func<int, int> number)
    {
        const int Most = 24;
        if (shape.Elements is 0 or > Most) return "";
        int columns = shape.Rank < 2 ? shape.Elements : shape[^1];
        return $" {string.Join(", ", Enumerable.Range(0, shape.Elements).Select(number).Chunk(columns).Select(row => string.Join(' ', row)))}";
    }
}
