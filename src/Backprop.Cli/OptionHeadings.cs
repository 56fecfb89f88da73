using System.Text;

namespace Backprop.Cli;

/// <summary>Headings between the options of a help page, where there are too many to be read as one list.</summary>
internal static class OptionHeadings
{
    private const string Usual = "Options:";

    /// <summary>The options of <c>backprop train</c>: the first one of each group, and what is said above it.</summary>
    private static readonly (string First, string Heading)[] OfTrain =
    [
        ("--target", "Data:"),
        ("--window", "Time series:"),
        ("--unit", "Texts:"),
        ("--size", "Pictures:"),
        ("--inputs", "NumPy's arrays:"),
        ("--samples", "Data that the program draws:"),
        ("--model", "Network and loss:"),
        ("--epochs", "Training:"),
        ("--optimizer", "Optimizer:"),
        ("--checkpoint", "Checkpoints:"),
        ("--save", "Result:"),
    ];

    /// <summary>The page of a command with its headings; another command's stays as it is.</summary>
    public static string Apply(string page, string command)
    {
        if (command != "train") return page;
        var text = new StringBuilder();
        foreach (string line in page.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
        {
            if (line == Usual) continue;
            if (Array.Find(OfTrain, group => $"{line} ".StartsWith($"  {group.First} ", StringComparison.Ordinal)) is { Heading: { } heading } group)
                text.Append(group == OfTrain[0] ? "" : "\n").Append(heading).Append('\n');
            text.Append(line).Append('\n');
        }
        return text.Append('\n').ToString();
    }
}
