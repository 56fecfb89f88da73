using System.Globalization;

namespace Backprop.Operations;

/// <summary>Formulas as text: numbers and letters put in, brackets where they are needed.</summary>
internal static class FormulaText
{
    /// <summary>A constant of a formula, with the mathematical minus sign.</summary>
    public static string Of(double number) =>
        double.IsInfinity(number) ? number > 0 ? "∞" : "−∞"
        : number.ToString(Math.Abs(number) is (> 0 and < 1e-4) or >= 999999.5 ? "0.#####e+0" : "G6", CultureInfo.InvariantCulture)
            .Replace("e+", "e", StringComparison.Ordinal).Replace('-', '−').Replace("e−", "e-", StringComparison.Ordinal);

    extension(string formula)
    {
        /// <summary>The formula with a number in each place {0}; a negative one in brackets where its sign could be misread, and a point where it would touch another number.</summary>
        public string WithNumber(string place, string number)
        {
            string bare = number.StartsWith('(') ? number[1..^1] : number;
            string bracketed = bare.StartsWith('-') || bare.StartsWith('−') ? $"({bare})" : bare;
            string text = formula;
            for (int at = 0; (at = text.IndexOf(place, at, StringComparison.Ordinal)) >= 0;)
            {
                int end = at + place.Length;
                bool opens = at == 0 || text[at - 1] is '(' or '|';
                bool isRaised = end < text.Length && text[end] is '²' or '^';
                string put = opens && !isRaised ? bare : bracketed;
                // Letters side by side are a product; numbers are not.
                if (at > 0 && char.IsAsciiDigit(text[at - 1])) put = "·" + put;
                if (end < text.Length && text[end] == '(') put += "·";
                text = string.Concat(text.AsSpan(0, at), put, text.AsSpan(end));
                at += put.Length;
            }
            return text;
        }

        /// <summary>The formula with plain letters for its places.</summary>
        public string WithLetters(string first, string second = "") =>
            formula.Replace("{0}", first, StringComparison.Ordinal).Replace("{1}", second, StringComparison.Ordinal)
                .Replace("{y}", "y", StringComparison.Ordinal);

        /// <summary>The formula as a factor: in brackets if it is a sum or begins with a sign.</summary>
        public string AsFactor()
        {
            int depth = 0;
            bool isSum = formula.StartsWith('−');
            foreach (char c in formula)
            {
                if (c == '(') depth++;
                else if (c == ')') depth--;
                else isSum |= c == ' ' && depth == 0;
            }
            return isSum ? $"({formula})" : formula;
        }
    }
}
