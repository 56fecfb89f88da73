using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Backprop.Cli;

/// <summary>Options whose values are checked where they are read; a wrong one is answered in one line.</summary>
internal static class Value
{
    /// <summary>A whole number from a least one on.</summary>
    public static Option<int?> Whole(string name, string symbol, string description, int least) => new(name)
    {
        HelpName = symbol,
        Description = description,
        CustomParser = result => int.TryParse(Text(result), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= least
            ? number
            : Refuse<int?>(result, name, $"a whole number from {least} on is needed"),
    };

    /// <summary>A number in a range.</summary>
    public static Option<double?> Number(string name, string symbol, string description, Func<double, bool> allowed, string needed) => new(name)
    {
        HelpName = symbol,
        Description = description,
        CustomParser = result => double.TryParse(Text(result), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && allowed(number)
            ? number
            : Refuse<double?>(result, name, $"{needed} is needed"),
    };

    /// <summary>Whole numbers above 0 with commas between them.</summary>
    public static Option<int[]?> Sizes(string name, string symbol, string description) => new(name)
    {
        Arity = ArgumentArity.ExactlyOne,
        HelpName = symbol,
        Description = description,
        CustomParser = result =>
        {
            string[] parts = Text(result).Split(',', StringSplitOptions.TrimEntries);
            int[] sizes = [.. parts.Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int size) ? size : 0)];
            return Array.TrueForAll(sizes, size => size > 0) ? sizes
                : Refuse<int[]?>(result, name, "whole numbers from 1 on with commas between them are needed, as in 32,16");
        },
    };

    /// <summary>Finite numbers with commas between them.</summary>
    public static Option<double[]?> Numbers(string name, string symbol, string description) => new(name)
    {
        Arity = ArgumentArity.ExactlyOne,
        HelpName = symbol,
        Description = description,
        CustomParser = result =>
        {
            double[] numbers = [.. Text(result).Split(',', StringSplitOptions.TrimEntries)
                .Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN)];
            return Array.TrueForAll(numbers, double.IsFinite) ? numbers
                : Refuse<double[]?>(result, name, "numbers with commas between them are needed, as in 0.5,0.25");
        },
    };

    /// <summary>One of some words.</summary>
    public static Option<T?> Choice<T>(string name, string description) where T : struct, Enum
    {
        string[] words = [.. Enum.GetValues<T>().Select(Words.Of)];
        var option = new Option<T?>(name)
        {
            HelpName = string.Join('|', words),
            Description = description,
            CustomParser = result => words.Contains(Text(result)) ? Words.Parse<T>(Text(result))
                : Refuse<T?>(result, name, Suggestion.Needed(Text(result), words)),
        };
        option.CompletionSources.Add(words);
        return option;
    }

    private static string Text(ArgumentResult result) => result.Tokens[0].Value;

    private static T Refuse<T>(ArgumentResult result, string name, string needed)
    {
        result.AddError($"{name}: '{Text(result)}' came; {needed}");
        return default!;
    }
}
