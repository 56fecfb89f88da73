using System.Text.RegularExpressions;

namespace Backprop.Importing;

/// <summary>How the names of arrays are put together: which layer they belong to, and as what.</summary>
internal static partial class ForeignNames
{
    /// <summary>What a name says.</summary>
    /// <param name="Layer">The layer's name.</param>
    /// <param name="Role">What the array is in it.</param>
    /// <param name="Cell">Which cell of a recurrent layer, from 0.</param>
    /// <param name="Way">Which way it reads, where the name says it.</param>
    public readonly record struct Name(string Layer, string Role, int Cell = 0, Way Way = Way.Unknown);

    /// <summary>Takes a name apart; null where it is none of the layout's.</summary>
    public static Name? Parse(WeightLayout layout, string name) => layout switch
    {
        WeightLayout.PyTorch => OfPyTorch(name),
        WeightLayout.Keras => OfKeras(name),
        _ => name.LastIndexOf('.') is var point && point < 0 ? new("", name) : new(name[..point], name[(point + 1)..]),
    };

    /// <summary>Whose names these are; null where they do not say it.</summary>
    public static WeightLayout? LayoutOf(IEnumerable<string> names)
    {
        string[] all = [.. names];
        if (Array.Exists(all, name => OwnWord().IsMatch(name))) return WeightLayout.Backprop;
        if (Array.Exists(all, name => KerasRole().IsMatch(name)) && Array.TrueForAll(all, name => OfKeras(name) is not null)) return WeightLayout.Keras;
        return Array.Exists(all, name => PyTorchWord().IsMatch(name)) ? WeightLayout.PyTorch : null;
    }

    /// <summary>Whether names only count: <c>arr_0</c>, as numpy.savez calls what has no name.</summary>
    public static bool AreNumbers(IEnumerable<string> names) => names.All(name => Numbered().IsMatch(name));

    /// <summary>Why an array of the layout is of no use to a network; null where it may be.</summary>
    public static string? LeftOut(WeightLayout layout, string name) => layout != WeightLayout.PyTorch ? null
        : name.EndsWith("num_batches_tracked", StringComparison.Ordinal) ? "left out: a counter of training"
        : ProgramConstant().IsMatch(name) ? "left out: a constant of an exported program" : null;

    /// <summary>A name as it is compared: letters and digits, everything else alike.</summary>
    public static string Plain(string name) => string.Concat(name.Select(letter => char.IsLetterOrDigit(letter) ? letter : '_'));

    /// <summary>Compares names with the numbers in them as numbers: <c>layers.2</c> before <c>layers.10</c>.</summary>
    public static int CompareNaturally(string a, string b)
    {
        var (left, right) = (Part().Matches(a), Part().Matches(b));
        for (int i = 0; i < Math.Min(left.Count, right.Count); i++)
        {
            string x = left[i].Value, y = right[i].Value;
            bool numbers = char.IsAsciiDigit(x[0]) && char.IsAsciiDigit(y[0]);
            int order = numbers ? x.TrimStart('0').Length - y.TrimStart('0').Length : 0;
            if (order == 0) order = string.CompareOrdinal(x.TrimStart('0'), y.TrimStart('0'));
            if (order != 0) return order;
        }
        return left.Count.CompareTo(right.Count);
    }

    private static Name? OfPyTorch(string name)
    {
        if (PyTorchCell().Match(name) is { Success: true } cell)
            return new(
                cell.Groups["layer"].Value, cell.Groups["role"].Value, cell.Groups["cell"].Success && int.TryParse(cell.Groups["cell"].Value, out int number) ? number : 0,
                cell.Groups["reverse"].Success ? Way.FromEnd : Way.Unknown);
        return PyTorchRole().Match(name) is { Success: true } plain ? new(plain.Groups["layer"].Value, plain.Groups["role"].Value) : null;
    }

    private static Name? OfKeras(string name)
    {
        if (KerasRole().Match(name) is not { Success: true } match) return null;
        string layer = KerasCell().Replace(match.Groups["layer"].Value, "");
        if (KerasWay().Match(layer) is not { Success: true } way) return new(layer, match.Groups["role"].Value);
        bool fromEnd = way.Groups["way"].Value == "backward";
        return new($"{way.Groups["layer"].Value}/{(fromEnd ? "backward" : "forward")}", match.Groups["role"].Value, 0, fromEnd ? Way.FromEnd : Way.FromStart);
    }

    [GeneratedRegex(@"(^|\.)(inputWeight|recurrentWeight|recurrentBias|scale|shift|runningMean|runningVariance|slope)$")]
    private static partial Regex OwnWord();

    [GeneratedRegex(@"(_ih|_hh)(_l\d+)?(_reverse)?$|(^|\.)(running_mean|running_var|num_batches_tracked)$")]
    private static partial Regex PyTorchWord();

    [GeneratedRegex(@"^((?<layer>.*)\.)?(?<role>(weight|bias)_(ih|hh))(_l(?<cell>\d+))?(?<reverse>_reverse)?$")]
    private static partial Regex PyTorchCell();

    [GeneratedRegex(@"^((?<layer>.*)\.)?(?<role>weight|bias|running_mean|running_var)$")]
    private static partial Regex PyTorchRole();

    // "dense/kernel", in older versions "dense/kernel:0".
    [GeneratedRegex(@"^((?<layer>.*)[/.])?(?<role>kernel|bias|embeddings|recurrent_kernel|depthwise_kernel|gamma|beta|moving_mean|moving_variance|alpha)(:0)?$")]
    private static partial Regex KerasRole();

    [GeneratedRegex(@"/(lstm_cell|gru_cell|simple_rnn_cell)(_\d+)?$")]
    private static partial Regex KerasCell();

    [GeneratedRegex(@"^(?<layer>.*)/(?<way>forward|backward)_[^/]*$")]
    private static partial Regex KerasWay();

    [GeneratedRegex(@"^(arr_)?\d+$")]
    private static partial Regex Numbered();

    [GeneratedRegex(@"^(input|output)_(shift|factor|size)\d+$")]
    private static partial Regex ProgramConstant();

    [GeneratedRegex(@"\d+|\D+")]
    private static partial Regex Part();
}
