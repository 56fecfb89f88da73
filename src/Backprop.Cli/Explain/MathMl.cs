using System.Security;
using System.Text.RegularExpressions;

namespace Backprop.Cli.Explain;

/// <summary>Formulas as the tape writes them, in MathML: indices below, powers above, ∂L/∂w as a fraction.</summary>
internal static partial class MathMl
{
    private const string Raised = "²³ᵀ";

    /// <summary>A formula as an element.</summary>
    public static string Of(string formula) => $"<math>{Row(formula)}</math>";

    private static string Row(string formula)
    {
        var parts = new List<string>();
        foreach (Match token in Token().Matches(formula))
        {
            string text = token.Value;
            if (token.Groups["slope"].Success) parts.Add($"<mfrac><mrow><mo>∂</mo><mi>L</mi></mrow><mrow><mo>∂</mo>{Symbol(token.Groups["of"].Value)}</mrow></mfrac>");
            else if (token.Groups["number"].Success) parts.Add($"<mn>{text}</mn>");
            else if (token.Groups["symbol"].Success) parts.Add(Symbol(text));
            else if (Raised.Contains(text, StringComparison.Ordinal)) parts.Add(Raise(parts, text));
            else if (text.Trim().Length > 0) parts.Add($"<mo>{SecurityElement.Escape(text)}</mo>");
        }
        return string.Concat(parts);
    }

    /// <summary>The last part, with a power: a bracket carries its power itself.</summary>
    private static string Raise(List<string> parts, string power)
    {
        string sign = power switch { "²" => "<mn>2</mn>", "³" => "<mn>3</mn>", _ => "<mo>T</mo>" };
        if (parts.Count == 0) return sign;
        string last = parts[^1];
        parts.RemoveAt(parts.Count - 1);
        return $"<msup>{last}{sign}</msup>";
    }

    /// <summary>A letter with an index (W1, h_2, Wx), or a word.</summary>
    private static string Symbol(string text)
    {
        var parts = Indexed().Match(text);
        if (!parts.Success) return text.Length > 3 && text is not ("tanh" or "softmax") ? $"<mtext>&#xA0;{SecurityElement.Escape(text)}&#xA0;</mtext>" : $"<mi>{SecurityElement.Escape(text)}</mi>";
        string index = parts.Groups["index"].Value.TrimStart('_');
        return index.Length == 0 ? $"<mi>{parts.Groups["letter"].Value}</mi>"
            : $"<msub><mi>{parts.Groups["letter"].Value}</mi>{(index.All(char.IsAsciiDigit) ? $"<mn>{index}</mn>" : $"<mi>{index}</mi>")}</msub>";
    }

    [GeneratedRegex(@"(?<slope>∂L/∂(?<of>[\p{L}\p{M}-[ᵀ]][\p{L}\p{M}\p{Nd}_′-[ᵀ]]*))|(?<number>\d+(\.\d+)?(e-?\d+)?)|[²³ᵀ]|(?<symbol>[\p{L}\p{M}-[ᵀ]][\p{L}\p{M}\p{Nd}_′-[ᵀ]]*)|.")]
    private static partial Regex Token();

    [GeneratedRegex(@"^(?<letter>\p{L}\p{M}*)(?<index>[xh]?|_?[\p{Nd}t][\p{Nd}′]*|_data)$")]
    private static partial Regex Indexed();
}
