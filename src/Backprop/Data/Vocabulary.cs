using System.Text;

namespace Backprop.Data;

/// <summary>The tokens of a text, each with its number: characters or words, fitted on the text that trains.</summary>
/// <remarks>
/// <para>Number 0 is <see cref="Unknown"/>, for whatever the fitted text did not have: so a test part, or a prompt, may hold anything. It is what
/// the text says of the model, not of the reader: it counts in a loss, and a continuation never writes it.</para>
/// <para>Characters are Unicode scalar values in the order of their code points: 'é' may be one or two, a family of emoji is several. Nothing is changed,
/// so that <see cref="Decode"/> gives back the text that <see cref="Encode"/> read, as long as each character is known.</para>
/// <para>Words are runs of letters and digits, with the apostrophes within (<c>don't</c>); any other character but white space is a token of its own, and so is
/// each line end. Case is kept. <see cref="Decode"/> puts spaces where print has them.</para>
/// </remarks>
public sealed class Vocabulary
{
    /// <summary>The token of number 0, in the place of all that the fitted text did not have.</summary>
    public const string Unknown = "<unknown>";

    private readonly Dictionary<string, int> numbers;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup;

    /// <summary>Makes a vocabulary of given tokens, as one that was saved.</summary>
    /// <param name="unit">What they are.</param>
    /// <param name="tokens">In the order of their numbers, the first of them <see cref="Unknown"/>.</param>
    /// <exception cref="ArgumentException">Unknown is not the first, or a token comes twice or is none of this unit.</exception>
    public Vocabulary(TextUnit unit, IReadOnlyList<string> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        if (tokens.Count == 0 || tokens[0] != Unknown)
            throw new ArgumentException($"Vocabulary: the first token is {(tokens.Count == 0 ? "missing" : $"'{tokens[0]}'")}; it is {Unknown}.", nameof(tokens));
        (Unit, Tokens) = (unit, [.. tokens]);
        numbers = new Dictionary<string, int>(tokens.Count, StringComparer.Ordinal);
        for (int number = 0; number < tokens.Count; number++)
        {
            string token = tokens[number];
            if (number > 0 && !Tokenizer.IsToken(token, unit))
                throw new ArgumentException($"Vocabulary: token {number} is '{token}'; a single one of the {Name(unit)} is needed.", nameof(tokens));
            if (!numbers.TryAdd(token, number))
                throw new ArgumentException($"Vocabulary: '{token}' comes twice, at {numbers[token]} and {number}.", nameof(tokens));
        }
        lookup = numbers.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>What the tokens are.</summary>
    public TextUnit Unit { get; }

    /// <summary>The tokens, in the order of their numbers; the first is <see cref="Unknown"/>.</summary>
    public IReadOnlyList<string> Tokens { get; }

    /// <summary>V, the number of tokens, that of <see cref="Unknown"/> included.</summary>
    public int Count => Tokens.Count;

    /// <summary>The characters of a text.</summary>
    /// <param name="text">The text that trains.</param>
    /// <exception cref="ArgumentException">The text has half a character: a surrogate alone.</exception>
    public static Vocabulary OfCharacters(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Tokenizer.ThrowIfBroken(text);
        var seen = new HashSet<Rune>();
        foreach (var rune in text.EnumerateRunes()) seen.Add(rune);
        return new Vocabulary(TextUnit.Characters, [Unknown, .. seen.Order().Select(rune => rune.ToString())]);
    }

    /// <summary>The words of a text that come most often, the most frequent first; of equally frequent ones those that come first.</summary>
    /// <param name="text">The text that trains.</param>
    /// <param name="most">At most so many, 1 or more; the others are <see cref="Unknown"/>.</param>
    /// <exception cref="ArgumentException">The text has half a character: a surrogate alone.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="most"/> is below 1.</exception>
    public static Vocabulary OfWords(string text, int most = 5000)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        Tokenizer.ThrowIfBroken(text);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var lookup = counts.GetAlternateLookup<ReadOnlySpan<char>>();
        // In the order of their coming, which a stable sort keeps among equally frequent ones.
        var order = new List<string>();
        for (int at = 0; Tokenizer.NextWord(text, ref at, out var word);)
            if (!lookup.TryGetValue(word, out int count))
            {
                order.Add(word.ToString());
                counts[order[^1]] = 1;
            }
            else lookup[word] = count + 1;
        return new Vocabulary(TextUnit.Words, [Unknown, .. order.OrderByDescending(word => counts[word]).Take(most)]);
    }

    /// <summary>The numbers of a text's tokens; 0 where one is not in the vocabulary.</summary>
    /// <exception cref="ArgumentException">The text has half a character: a surrogate alone.</exception>
    public int[] Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Tokenizer.ThrowIfBroken(text);
        var found = new List<int>(Unit == TextUnit.Characters ? text.Length : text.Length / 4);
        for (int at = 0; Unit == TextUnit.Characters ? Tokenizer.NextCharacter(text, ref at, out var token) : Tokenizer.NextWord(text, ref at, out token);)
            found.Add(lookup.TryGetValue(token, out int number) ? number : 0);
        return [.. found];
    }

    /// <summary>The text of tokens; an unknown one is U+FFFD, the sign of a character that cannot be shown.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is none of the vocabulary.</exception>
    public string Decode(params ReadOnlySpan<int> tokens)
    {
        var text = new StringBuilder();
        for (int i = 0; i < tokens.Length; i++) text.Append(Piece(i == 0 ? null : tokens[i - 1], tokens[i]));
        return text.ToString();
    }

    /// <summary>What a token adds to a text that ends with another: the token, and before a word the space that print puts there.</summary>
    /// <param name="before">The number of the token before; null at the beginning of a text.</param>
    /// <param name="token">The number of the token.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is none of the vocabulary.</exception>
    public string Piece(int? before, int token)
    {
        string text = Shown(token);
        return Unit == TextUnit.Words && before is { } left && Tokenizer.IsSpaceBetween(Shown(left), text) ? $" {text}" : text;
    }

    private string Shown(int token)
    {
        if ((uint)token >= (uint)Count) throw new ArgumentOutOfRangeException(nameof(token), $"Vocabulary: token {token} is outside 0 … {Count - 1}.");
        return token == 0 ? "\uFFFD" : Tokens[token];
    }

    private static string Name(TextUnit unit) => unit == TextUnit.Characters ? "characters" : "words";
}
