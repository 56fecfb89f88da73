using Backprop.Data;
using Backprop.Tensors;

namespace Backprop.Tests.Data;

public class TextWindowsTests
{
    private static readonly Vocabulary Letters = Vocabulary.OfCharacters("abcdefgh");

    [Fact]
    public void Each_token_is_predicted_once_from_those_before_it()
    {
        var data = TextWindows.Of<float>([1, 2, 3, 4, 5, 6, 7, 8], 3, Letters);
        Assert.Equal([2, 3], data.Inputs.Shape);
        Assert.Equal([1, 2, 3, 4, 5, 6], data.Inputs.Values.ToArray());
        Assert.Equal([2, 3], data.Targets.Shape);
        Assert.Equal([2, 3, 4, 5, 6, 7], ((Indices)data.Targets).Values.ToArray());
        Assert.Equal(Letters.Tokens, data.ClassNames);
        Assert.Equal(9, data.ClassCount);
    }

    [Theory]
    [InlineData(4, 3, 3, 1)]
    [InlineData(6, 3, 3, 1)]
    [InlineData(7, 3, 3, 2)]
    [InlineData(7, 3, 1, 4)]
    [InlineData(7, 3, 2, 2)]
    [InlineData(8, 3, 2, 3)]
    [InlineData(8, 1, 5, 2)]
    public void As_many_windows_as_have_a_next_token(int tokens, int length, int stride, int windows)
    {
        var data = TextWindows.Of<double>(Enumerable.Range(1, tokens).ToArray(), length, Letters, stride);
        Assert.Equal([windows, length], data.Inputs.Shape);
        for (int i = 0; i < data.Inputs.Length; i++)
        {
            Assert.Equal(i / length * stride + i % length + 1, data.Inputs.Values[i]);
            Assert.Equal(i / length * stride + i % length + 2, ((Indices)data.Targets).Values[i]);
        }
    }

    [Theory]
    [InlineData("abcdefghij", 0.2, TextUnit.Characters, "abcdefgh")]
    [InlineData("ab😀", 0.4, TextUnit.Characters, "ab")]
    [InlineData("abc😀e", 0.3, TextUnit.Characters, "abc😀")]
    [InlineData("one two three", 0.5, TextUnit.Words, "one two")]
    [InlineData("one two three", 0.4, TextUnit.Words, "one two ")]
    [InlineData("one two threefour", 0.3, TextUnit.Words, "one two thre")]
    [InlineData("one two three four", 0.4, TextUnit.Words, "one two three")]
    [InlineData("日本語日本語日本語日", 0.3, TextUnit.Words, "日本語日本語日")]
    [InlineData("", 0.5, TextUnit.Words, "")]
    public void The_end_tests_and_nothing_is_cut_through(string text, double holdout, TextUnit unit, string train) =>
        Assert.Equal((train, text[train.Length..]), TextWindows.Split(text, holdout, unit));

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Contains("3 tokens came; a window of 3 and the token after it need 4",
            Assert.Throws<ArgumentException>(() => TextWindows.Of<float>([1, 2, 3], 3, Letters)).Message, StringComparison.Ordinal);
        Assert.Contains("token 9 is outside the vocabulary, 0 … 8",
            Assert.Throws<ArgumentOutOfRangeException>(() => TextWindows.Of<float>([1, 9, 3], 1, Letters)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => TextWindows.Of<float>([1, 2, 3], 0, Letters));
        Assert.Throws<ArgumentOutOfRangeException>(() => TextWindows.Of<float>([1, 2, 3], 1, Letters, 0));
        Assert.Contains("the share 1 came", Assert.Throws<ArgumentOutOfRangeException>(
            () => TextWindows.Split("a text", 1, TextUnit.Words)).Message, StringComparison.Ordinal);
    }
}
