using System.Security;
using System.Text.RegularExpressions;

namespace Backprop.Cli.Explain.Page;

/// <summary>Formulas as the tape writes them, in MathML: indices below (the time step as t = 1), powers above, ∂L/∂w as a fraction.</summary>
internal static partial class MathMl
{
    private const string Raised = "²³ᵀ", Open = "<mo>(</mo>", Close = "<mo>)</mo>";

    /// <summary>A formula as an element.</summary>
    public static string Of(string formula) => $"<math>{Row(formula)}</math>";

    private static string Row(string formula)
    {
        var parts = new List<string>();
        foreach (Match token in Token().Matches(formula))
        {
            string text = token.Value;
            if (token.Groups["slope"].Success)
                parts.Add($"<mfrac><mrow><mo>∂</mo><mi>L</mi></mrow><mrow><mo>∂</mo>{Symbol(token.Groups["of"].Value)}</mrow></mfrac>");
            else if (token.Groups["number"].Success) parts.Add($"<mn>{text}</mn>");
            else if (token.Groups["symbol"].Success) parts.Add(Symbol(text));
            else if (Raised.Contains(text, StringComparison.Ordinal)) parts.Add(Raise(parts, text));
            else if (text.Trim().Length > 0) parts.Add($"<mo>{SecurityElement.Escape(text)}</mo>");
        }
        return string.Concat(parts);
    }

    /// <summary>The last part with a power; where that closes a bracket, all of the bracket.</summary>
    private static string Raise(List<string> parts, string power)
    {
        string sign = power switch { "²" => "<mn>2</mn>", "³" => "<mn>3</mn>", _ => "<mo>T</mo>" };
        if (parts.Count == 0) return sign;
        int from = parts.Count - 1;
        for (int depth = 0; from >= 0; from--)
        {
            depth += parts[from] switch { Close => 1, Open => -1, _ => 0 };
            if (depth <= 0) break;
        }
        from = Math.Max(from, 0);
        string last = string.Concat(parts[from..]);
        if (from < parts.Count - 1) last = $"<mrow>{last}</mrow>";
        parts.RemoveRange(from, parts.Count - from);
        return $"<msup>{last}{sign}</msup>";
    }

    /// <summary>A letter with an index (W1, h_2, Wx), or a word.</summary>
    private static string Symbol(string text)
    {
        var parts = Indexed().Match(text);
        bool isWord = text is "as" or "at" or "if" or "of" || (text.Length > 3 && text is not ("tanh" or "softmax"));
        if (!parts.Success)
            return isWord ? $"<mtext>&#xA0;{SecurityElement.Escape(text)}&#xA0;</mtext>" : $"<mi>{SecurityElement.Escape(text)}</mi>";
        string index = parts.Groups["index"].Value;
        return index.Length == 0 ? $"<mi>{parts.Groups["letter"].Value}</mi>" : $"<msub><mi>{parts.Groups["letter"].Value}</mi>{Index(index)}</msub>";
    }

    /// <summary>The number of a layer, <c>z1</c>, or of a time step, <c>z_1</c>, which says t = 1: else both would look alike.</summary>
    private static string Index(string index)
    {
        string own = index.TrimStart('_').Replace('_', ',');
        string written = own.All(char.IsAsciiDigit) ? $"<mn>{own}</mn>" : $"<mi>{own}</mi>";
        return index.StartsWith('_') && char.IsAsciiDigit(own[0]) ? $"<mrow><mi>t</mi><mo>=</mo>{written}</mrow>" : written;
    }

    [GeneratedRegex(@"(?<slope>∂L/∂(?<of>[\p{L}\p{M}-[ᵀ]][\p{L}\p{M}\p{Nd}_′-[ᵀ]]*))|(?<number>\d+(\.\d+)?(e-?\d+)?)|[²³ᵀ]|(?<symbol>[\p{L}\p{M}-[ᵀ]][\p{L}\p{M}\p{Nd}_′-[ᵀ]]*)|.")]
    private static partial Regex Token();

    [GeneratedRegex(@"^(?<letter>\p{L}\p{M}*)(?<index>[xh]?|[rzn]_\p{Nd}+|(_t|_?\p{Nd})[\p{Nd}′]*|_data)$")]
    private static partial Regex Indexed();
}
