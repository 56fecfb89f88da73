namespace Backprop.Cli.Tests;

public class UsageTests
{
    [Theory]
    [InlineData("", "a command is missing; backprop --help lists what there is")]
    [InlineData("trian", "there is no command 'trian'; did you mean train?")]
    [InlineData("dance", "there is no command 'dance'; backprop --help lists what there is")]
    [InlineData("train d --epoch 5", "there is no option '--epoch'; did you mean --epochs?")]
    [InlineData("train --epoch 5", "there is no option '--epoch'; did you mean --epochs?")]
    [InlineData("train d --lerning-rate=5", "there is no option '--lerning-rate'; did you mean --learning-rate?")]
    [InlineData("train d --opt sgd", "there is no option '--opt'; did you mean --optimizer?")]
    [InlineData("train d --hlep", "there is no option '--hlep'; did you mean --help?")]
    [InlineData("train d --frobnicate", "there is no option '--frobnicate'; backprop train --help lists what there is")]
    [InlineData("predict m d --epochs 5", "there is no option '--epochs'; backprop predict --help lists what there is")]
    [InlineData("predict m", "DATA is missing, the samples to predict; or --prompt TEXT, which a model of texts writes on")]
    [InlineData("train d e", "'e' is one word too many; backprop train --help lists what there is")]
    [InlineData("train d --epochs 0", "--epochs: '0' came; a whole number from 1 on is needed")]
    [InlineData("train d --epochs 1.5", "--epochs: '1.5' came; a whole number from 1 on is needed")]
    [InlineData("train d --batch -3", "--batch: '-3' came; a whole number from 1 on is needed")]
    [InlineData("train d --threads 0", "--threads: '0' came; a whole number from 1 on is needed")]
    [InlineData("train d --threads -1", "--threads: '-1' came; a whole number from 1 on is needed")]
    [InlineData("train d --threads abc", "--threads: 'abc' came; a whole number from 1 on is needed")]
    [InlineData("train d --thread 2", "there is no option '--thread'; did you mean --threads?")]
    [InlineData("train d --seed x", "--seed: 'x' came; a whole number from 0 on is needed")]
    [InlineData("train d --learning-rate 0,5", "--learning-rate: '0,5' came; a number above 0 is needed")]
    [InlineData("train d --learning-rate Infinity", "--learning-rate: 'Infinity' came; a number above 0 is needed")]
    [InlineData("train d --holdout 1", "--holdout: '1' came; a number above 0 and below 1 is needed")]
    [InlineData("train d --hidden 32,,16", "--hidden: '32,,16' came; whole numbers from 1 on with commas between them are needed, as in 32,16")]
    [InlineData("train d --model mpl", "--model mpl: there is no such file or network; did you mean mlp?")]
    [InlineData("train d --optimizer adm", "--optimizer: 'adm' came; adam, adamw, sgd, rmsprop, adagrad or adadelta is needed; did you mean adam?")]
    [InlineData("train d --task 1", "--task: '1' came; classification or regression is needed")]
    [InlineData("train d --header maybe", "--header: 'maybe' came; yes or no is needed")]
    [InlineData("train d --format xml", "--format: 'xml' came; text or json is needed")]
    [InlineData("train d --json --format text", "--json and --format text contradict each other; leave one out")]
    [InlineData("train d --epochs", "Required argument missing for option: '--epochs'.")]
    public void A_wrong_word_is_answered_in_one_line(string line, string message)
    {
        var run = Run.Of(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal($"backprop: {message}", run.Refusal);
        Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public void Each_wrong_value_has_its_line() =>
        Assert.Equal(
            "backprop: --epochs: 'a' came; a whole number from 1 on is needed\nbackprop: --seed: 'b' came; a whole number from 0 on is needed\n",
            Run.Of("train", "d", "--seed", "b", "--epochs", "a").Error);

    [Fact]
    public void A_word_with_an_at_sign_is_no_file_of_words() => Assert.Equal("backprop: @d: there is no such file or folder", Run.Of("train", "@d").Refusal);

    [Fact]
    public void The_version_is_a_number()
    {
        var run = Run.Of("--version");
        Assert.Equal(0, run.Code);
        Assert.Matches(@"^\d+\.\d+\.\d+\n$", run.Output);
        Assert.Equal("", run.Error);
    }
}
