namespace Backprop.Cli.Tests;

public class SuggestionTests
{
    [Theory]
    [InlineData("ab", "ba")]
    [InlineData("--epohcs", "--epochs")]
    [InlineData("--epoch", "--epochs")]
    [InlineData("--learn", "--learning-rate")]
    public void A_near_word_is_found(string typed, string meant) => Assert.Equal(meant, Suggestion.For(typed, ["--force", "ba", "--learning-rate", "--epochs"]));

    [Theory]
    [InlineData("--zzzzzz")]
    [InlineData("xyz")]
    public void A_far_word_is_not(string typed) => Assert.Null(Suggestion.For(typed, ["--force", "ba", "--learning-rate", "--epochs"]));

    [Fact]
    public void Of_nothing_nothing_is_near() => Assert.Null(Suggestion.For("x", []));
}
