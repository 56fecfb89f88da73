using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Data;

/// <summary>A text as samples: windows of tokens, and for each token the one that follows.</summary>
public static class TextWindows
{
    private static readonly System.Buffers.SearchValues<char> WhiteSpace = System.Buffers.SearchValues.Create(" \t\r\n\u3000");

    /// <summary>Parts a text in order: its end tests. No window of the one part reaches into the other.</summary>
    /// <param name="text">The text.</param>
    /// <param name="holdout">The share of the test part, above 0 and below 1, by UTF-16 units.</param>
    /// <param name="unit">Words are not cut through, nor are characters of two units.</param>
    /// <returns>Both parts; together they are the text. One of them may be empty where the text is short.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The share is not above 0 and below 1.</exception>
    public static (string Train, string Test) Split(string text, double holdout, TextUnit unit)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!(holdout > 0 && holdout < 1))
            throw new ArgumentOutOfRangeException(
                nameof(holdout), FormattableString.Invariant($"Split: the share {holdout} came; it lies above 0 and below 1, 0.1 suits most texts."));
        int cut = (int)Math.Round(text.Length * (1 - holdout), MidpointRounding.AwayFromZero);
        if (cut > 0 && cut < text.Length && char.IsLowSurrogate(text[cut])) cut++;
        int space = unit == TextUnit.Characters ? cut : cut + text.AsSpan(cut).IndexOfAny(WhiteSpace);
        // A language without spaces, or none left: cut between two characters after all.
        if (space > cut) cut = space;
        return (text[..cut], text[cut..]);
    }

    /// <summary>Windows of a text, one behind the other; each begins with no memory of the one before.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="tokens">The numbers of the text's tokens, at least <paramref name="length"/> + 1 of them.</param>
    /// <param name="length">T, how many tokens a window has, 1 or more.</param>
    /// <param name="vocabulary">Whose numbers they are; its tokens are the classes.</param>
    /// <param name="stride">How far a window begins behind the one before it, 1 or more; T if left out: every token is predicted once. Fewer gives
    /// windows that overlap, and takes T/stride times the memory.</param>
    /// <remarks>Shapes: inputs [N, T], whole numbers as an Embedding reads them; targets [N, T]. What is left over at the end, fewer than T + 1 tokens, is left out.</remarks>
    /// <exception cref="ArgumentException">The text is too short for a single window.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A length is below 1, or a number is no token of the vocabulary.</exception>
    public static DataSet<T> Of<T>(ReadOnlySpan<int> tokens, int length, Vocabulary vocabulary, int? stride = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        int step = stride ?? length;
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1, nameof(stride));
        if (tokens.Length <= length)
            throw new ArgumentException(
                $"TextWindows: {tokens.Length} tokens came; a window of {length} and the token after it need {length + 1}; a shorter window reads less.", nameof(tokens));
        foreach (int token in tokens)
            if ((uint)token >= (uint)vocabulary.Count)
                throw new ArgumentOutOfRangeException(nameof(tokens), $"TextWindows: token {token} is outside the vocabulary, 0 … {vocabulary.Count - 1}.");
        int count = (tokens.Length - 1 - length) / step + 1;
        Shape shape = [count, length];
        var inputs = new T[shape.Elements];
        int[] targets = new int[inputs.Length];
        for (int window = 0; window < count; window++)
            for (int t = 0; t < length; t++)
            {
                int at = window * step + t;
                inputs[window * length + t] = T.CreateTruncating(tokens[at]);
                targets[window * length + t] = tokens[at + 1];
            }
        return new DataSet<T>(Nn<T>.Tensor(shape, inputs), new Indices(shape, targets), vocabulary.Tokens);
    }
}
