using Backprop.Data;
using Backprop.Randomness;
using Backprop.Saving;

namespace Backprop.Tests.Data;

public class VocabularyTests
{
    [Theory]
    [InlineData("")]
    [InlineData("aaaa")]
    [InlineData("a line\r\nanother\n\tand a tab  with two spaces\u00A0")]
    [InlineData("Ça va? 😀👩‍👩‍👧‍👦🏳️‍🌈 — e\u0301, \u0000 and \uFFFD")]
    public void Characters_come_back_exactly(string text)
    {
        var vocabulary = Vocabulary.OfCharacters(text);
        int[] tokens = vocabulary.Encode(text);
        Assert.Equal(text, vocabulary.Decode(tokens));
        Assert.Equal(text.EnumerateRunes().Count(), tokens.Length);
        Assert.DoesNotContain(0, tokens);
    }

    [Fact]
    public void Any_characters_come_back_exactly()
    {
        int seed = Random.Shared.Next();
        var random = new SeededRandom(seed);
        string text = string.Concat(Enumerable.Range(0, 500).Select(_ =>
            char.ConvertFromUtf32(random.Next(2) == 0 ? random.Next(0xD800) : random.Next(0xE000, 0x110000))));
        var vocabulary = Vocabulary.OfCharacters(text);
        Assert.True(vocabulary.Decode(vocabulary.Encode(text)) == text, $"seed {seed}");
    }

    [Fact]
    public void Characters_stand_in_the_order_of_their_code_points_after_the_unknown_one()
    {
        // By code points U+FF01 comes before the emoji, by UTF-16 units after it.
        var vocabulary = Vocabulary.OfCharacters("b😀a！b");
        Assert.Equal([Vocabulary.Unknown, "a", "b", "！", "😀"], vocabulary.Tokens);
        Assert.Equal([2, 4, 1, 3, 2], vocabulary.Encode("b😀a！b"));
        Assert.Equal((5, TextUnit.Characters), (vocabulary.Count, vocabulary.Unit));
    }

    [Fact]
    public void What_was_not_fitted_is_unknown()
    {
        var vocabulary = Vocabulary.OfCharacters("ab");
        Assert.Equal([1, 0, 0, 2], vocabulary.Encode("a😀cb"));
        Assert.Equal("a\uFFFD\uFFFDb", vocabulary.Decode(1, 0, 0, 2));
    }

    [Theory]
    [InlineData("Don't stop, it's 3 o'clock.", "Don't|stop|,|it's|3|o'clock|.")]
    [InlineData("KING:\r\nSo\rit is\n\n", "KING|:|\n|So|\n|it|is|\n|\n")]
    [InlineData("'tis\tthe lords' well-known €5,50", "'|tis|the|lords|'|well|-|known|€|5|,|50")]
    [InlineData("naı\u0308ve cafés 日本語 😀😀", "naı\u0308ve|cafés|日本語|😀|😀")]
    [InlineData(" \t ", "")]
    public void Words_are_runs_of_letters_and_digits_and_the_rest_one_by_one(string text, string expected)
    {
        var vocabulary = Vocabulary.OfWords(text);
        Assert.Equal(expected.Length == 0 ? [] : expected.Split('|'), vocabulary.Encode(text).Select(token => vocabulary.Tokens[token]));
    }

    [Fact]
    public void The_most_frequent_words_come_first_and_the_rest_is_unknown()
    {
        var vocabulary = Vocabulary.OfWords("c b b a a a c d", most: 3);
        Assert.Equal([Vocabulary.Unknown, "a", "c", "b"], vocabulary.Tokens);
        Assert.Equal([2, 3, 0, 0], vocabulary.Encode("c b d A"));
    }

    [Fact]
    public void Decoded_words_have_spaces_where_print_has_them()
    {
        const string Text = "(Don't!) said the well-known man:\n“So be it, my ‘lord’; 'tis 5% of it.”\n";
        var vocabulary = Vocabulary.OfWords(Text);
        Assert.Equal(Text, vocabulary.Decode(vocabulary.Encode(Text)));
    }

    [Fact]
    public void Pieces_put_together_are_the_text()
    {
        var vocabulary = Vocabulary.OfWords("one, two\nthree");
        int[] tokens = vocabulary.Encode("one, two\nthree");
        Assert.Equal(["one", ",", " two", "\n", "three"], tokens.Select((token, i) => vocabulary.Piece(i == 0 ? null : tokens[i - 1], token)));
    }

    [Fact]
    public void A_saved_vocabulary_comes_back()
    {
        foreach (var vocabulary in (Vocabulary[])[Vocabulary.OfCharacters("a\"\\\r\n\t\u2028\0😀"), Vocabulary.OfWords("Don't, <unknown> “x”\n")])
        {
            var again = VocabularyJson.Read(VocabularyJson.Write(vocabulary), "m.safetensors");
            Assert.Equal(vocabulary.Unit, again.Unit);
            Assert.Equal(vocabulary.Tokens, again.Tokens);
        }
    }

    [Theory]
    [InlineData("""{"unit":"syllables","tokens":["<unknown>"]}""", "the unit 'syllables' is unknown here; characters or words are needed")]
    [InlineData("""{"unit":"words","tokens":["a"]}""", "the first token is 'a'; it is <unknown>.")]
    [InlineData("""{"unit":"words","tokens":[]}""", "the first token is missing; it is <unknown>.")]
    [InlineData("""{"unit":"words","tokens":["<unknown>","a b"]}""", "token 1 is 'a b'; a single one of the words is needed.")]
    [InlineData("""{"unit":"characters","tokens":["<unknown>","ab"]}""", "token 1 is 'ab'; a single one of the characters is needed.")]
    [InlineData("""{"unit":"characters","tokens":["<unknown>",""]}""", "token 1 is ''; a single one of the characters is needed.")]
    [InlineData("""{"unit":"characters","tokens":["<unknown>","a","a"]}""", "'a' comes twice, at 1 and 2.")]
    [InlineData("""{"unit":"characters"}""", "tokens")]
    [InlineData("""{"unit":"characters","tokens":["<unknown>"],"more":1}""", "more")]
    [InlineData("[]", "vocabulary")]
    public void A_damaged_vocabulary_is_refused(string text, string problem)
    {
        var error = Assert.Throws<DataException>(() => VocabularyJson.Read(text, "m.safetensors"));
        Assert.StartsWith("m.safetensors: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_character_is_refused()
    {
        var vocabulary = Vocabulary.OfCharacters("a");
        foreach (string broken in (string[])["ab\uD83D", "ab\uDE00c", "ab\uD83Dc"])
            foreach (Action act in (Action[])[() => Vocabulary.OfCharacters(broken), () => Vocabulary.OfWords(broken), () => vocabulary.Encode(broken)])
                Assert.Contains("half a character at 2", Assert.Throws<ArgumentException>(act).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_outside_is_refused() => Assert.Contains(
        "token 2 is outside 0 … 1", Assert.Throws<ArgumentOutOfRangeException>(() => Vocabulary.OfCharacters("a").Decode(1, 2)).Message, StringComparison.Ordinal);
}
