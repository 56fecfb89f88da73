using System.Globalization;
using System.Text;

namespace Backprop.Data;

/// <summary>Takes a text apart into characters or words, and knows where print puts a space between two words.</summary>
internal static class Tokenizer
{
    private const string LineEnd = "\n", Closing = ".,;:!?)]}%…”’»", Opening = "([{“‘«'", Joining = "-–—/";

    /// <summary>The next Unicode scalar value.</summary>
    public static bool NextCharacter(string text, ref int at, out ReadOnlySpan<char> token)
    {
        int length = at >= text.Length ? 0 : char.IsHighSurrogate(text[at]) ? 2 : 1;
        token = text.AsSpan(at, length);
        at += length;
        return length > 0;
    }

    /// <summary>The next word, mark or line end; white space between them is passed over.</summary>
    public static bool NextWord(string text, ref int at, out ReadOnlySpan<char> token)
    {
        for (; at < text.Length && text[at] is not ('\r' or '\n') && char.IsWhiteSpace(text[at]); at++)
        {
        }
        token = default;
        if (at >= text.Length) return false;
        if (text[at] is '\r' or '\n')
        {
            // A line end is the same token however the file writes it.
            at += text.AsSpan(at).StartsWith("\r\n") ? 2 : 1;
            token = LineEnd;
            return true;
        }
        int start = at;
        NextCharacter(text, ref at, out token);
        if (!IsOfWord(text, start)) return true;
        while (at < text.Length && (IsOfWord(text, at) || (text[at] is '\'' or '’' && at + 1 < text.Length && IsOfWord(text, at + 1))))
            NextCharacter(text, ref at, out _);
        token = text.AsSpan(start, at - start);
        return true;
    }

    /// <summary>Whether a text is a single token.</summary>
    public static bool IsToken(string text, TextUnit unit)
    {
        int at = 0;
        return !IsBroken(text, out _) && (unit == TextUnit.Characters ? NextCharacter(text, ref at, out var token) : NextWord(text, ref at, out token))
            && token.SequenceEqual(text);
    }

    public static bool IsSpaceBetween(string left, string right) =>
        left != LineEnd && right != LineEnd && !(right.Length == 1 && (Closing + Joining).Contains(right[0], StringComparison.Ordinal))
        && !(left.Length == 1 && (Opening + Joining).Contains(left[0], StringComparison.Ordinal));

    public static void ThrowIfBroken(string text)
    {
        if (IsBroken(text, out int at))
            throw new ArgumentException($"Vocabulary: the text has half a character at {at}, U+{(int)text[at]:X4} alone; read it as UTF-8.", nameof(text));
    }

    private static bool IsBroken(string text, out int at)
    {
        for (at = 0; at < text.Length; at += char.IsSurrogate(text[at]) ? 2 : 1)
            if (char.IsSurrogate(text[at]) && !(at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]))) return true;
        return false;
    }

    /// <summary>Letters, digits and the accents that stand on letters.</summary>
    private static bool IsOfWord(string text, int at) => Rune.TryGetRuneAt(text, at, out var rune)
        && (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark);
}
