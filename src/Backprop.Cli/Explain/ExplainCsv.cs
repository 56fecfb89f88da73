using System.Globalization;
using System.Numerics;
using System.Text;
using Backprop.Explaining;
using Backprop.Tensors;

namespace Backprop.Cli.Explain;

/// <summary>An explanation with a row per number: step, phase, symbol, path, index, value.</summary>
internal static class ExplainCsv
{
    public static string Of<T>(Explanation<T> explanation) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var text = new StringBuilder("step,phase,symbol,path,index,value\n");
        foreach (var step in explanation.Shown)
        {
            foreach (var read in step.Steps)
            {
                Write(text, step.Number, Words.Of(read.Phase), read.Symbol, read.Path, read.Shape, read.Values);
                foreach (var remembered in read.Remembered)
                    Write(text, step.Number, Words.Of(read.Phase), $"{remembered.Name} of {read.Symbol}", read.Path, remembered.Shape, remembered.Values);
            }
            if (step.ThroughTime is { } time) ThroughTimeCsv.Write(text, step.Number, time);
            foreach (var change in step.Changes)
            {
                var read = change.Step;
                Write(text, step.Number, Words.Of(Phase.Update), $"{read.Symbol} before", read.Path, read.Shape, change.Before);
                foreach (var quantity in change.Quantities)
                    Write(text, step.Number, Words.Of(Phase.Update), $"{quantity.Symbol} of {read.Symbol}", read.Path, read.Shape, quantity.Values);
                Write(text, step.Number, Words.Of(Phase.Update), read.Symbol, read.Path, read.Shape, read.Values);
            }
        }
        return text.ToString();
    }

    /// <summary>A row for each number.</summary>
    internal static void Write<T>(StringBuilder text, int step, string phase, string symbol, string path, Shape shape, IReadOnlyList<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < values.Count; i++)
            text.Append(CultureInfo.InvariantCulture, $"{step},{phase},{Field(symbol)},{Field(path)},{Field(shape.Position(i))},")
                .Append(values[i].ToString(null, CultureInfo.InvariantCulture)).Append('\n');
    }

    /// <summary>A field in quotes where it needs them. One that a table program would take for a formula begins with an apostrophe.</summary>
    public static string Field(string text)
    {
        if (text is ['=' or '+' or '-' or '@', ..]) text = $"'{text}";
        return text.AsSpan().ContainsAny(",\"\n\r") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
