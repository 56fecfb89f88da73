using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Backprop.Tests;

/// <summary>The three programs and the README, as a newcomer meets them.</summary>
public partial class ProgramTests
{
    private static readonly ConcurrentDictionary<string, Lazy<string>> Built = [];

    /// <summary>Runs a program with options; it is built once.</summary>
    private static (int ExitCode, string Output, string Error) Run(string program, params string[] options) =>
        Execute([Built.GetOrAdd(program, name => new Lazy<string>(() => Build(name))).Value, .. options]);

    private static string Build(string program)
    {
        var (exitCode, output, _) = Execute("build", program, "-v", "q");
        Assert.True(exitCode == 0, output);
        return Execute("build", program, "-getProperty:TargetPath").Output.Trim();
    }

    private static (int ExitCode, string Output, string Error) Execute(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
        };
        // The program is built as in a shell, not as a part of this test run.
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    private static double Number(string text, string pattern) =>
        double.Parse(Regex.Match(text, pattern, RegexOptions.Multiline).Groups[1].Value, CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("ann.cs")]
    [InlineData("cnn.cs")]
    [InlineData("rnn.cs")]
    public void A_program_is_short_says_little_and_ends_with_right_gradients(string program)
    {
        Assert.InRange(File.ReadLines(Path.Combine(Repository.Root, program)).Count(), 1, 110);
        var (exitCode, output, error) = Run(program);
        Assert.True(exitCode == 0, error);
        string[] lines = output.Split('\n');
        Assert.InRange(lines.Length, 20, 80);
        var checks = Check().Matches(output);
        Assert.NotEmpty(checks);
        Assert.All(checks, check => Assert.Equal(check.Groups[1].Value, check.Groups[2].Value));
        Assert.Contains("\nNext: dotnet run ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_seed_reaches_the_promised_figures()
    {
        int solved = 0;
        for (int seed = 1; seed <= 20; seed++)
        {
            string number = seed.ToString(CultureInfo.InvariantCulture);
            string ann = Run("ann.cs", "--seed", number).Output, cnn = Run("cnn.cs", "--seed", number).Output, rnn = Run("rnn.cs", "--seed", number).Output;
            Assert.True(Number(ann, @"^Final Prediction: (\S+)$") >= 0.98, $"ann.cs --seed {seed}");
            if (ann.Contains("  solved", StringComparison.Ordinal)) solved++;
            Assert.Equal(3.66, Number(cnn, @"^Convolution Output: (\S+)$"));
            Assert.Contains(": smaller\n", cnn, StringComparison.Ordinal);
            Assert.True(Number(cnn, @"(\d+) of 200 unseen") >= 190, $"cnn.cs --seed {seed}");
            Assert.True(Number(rnn, @"^Final Prediction: (\S+)$") >= 0.92, $"rnn.cs --seed {seed}");
            Assert.True(Number(rnn, @"full backpropagation through time +(\S+) %") >= 95, $"rnn.cs --seed {seed}");
        }
        Assert.InRange(solved, 19, 20);
    }

    [Theory]
    [InlineData("ann.cs", "--epochs", "0")]
    [InlineData("ann.cs", "--learning-rate", "0,3")]
    [InlineData("cnn.cs", "--seed", "one")]
    [InlineData("rnn.cs", "--epoch", "5")]
    [InlineData("rnn.cs", "--seed")]
    [InlineData("examples/03-spirals.cs", "--epochs")]
    [InlineData("examples/04-small-convnet.cs", "--epochs", "0")]
    [InlineData("examples/05-lenet.cs", "--data")]
    [InlineData("examples/06-residual.cs", "--threads", "0")]
    [InlineData("examples/07-adding.cs", "--length", "19")]
    [InlineData("examples/08-temporal-order.cs", "--sequences", "1999")]
    [InlineData("examples/09-sequential-pictures.cs", "--read", "columns")]
    [InlineData("examples/10-airline-passengers.cs", "--seed", "-1")]
    [InlineData("examples/11-sunspots.cs", "--epochs", "2.5")]
    [InlineData("examples/12-shakespeare.cs", "--steps", "many")]
    public void A_wrong_option_gets_one_line_and_exit_code_2(string program, params string[] options)
    {
        var (exitCode, output, error) = Run(program, options);
        Assert.Equal(2, exitCode);
        Assert.Empty(output);
        Assert.StartsWith($"'{string.Join(' ', options)}' does not fit. Options: ", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("examples/04-small-convnet.cs")]
    [InlineData("examples/05-lenet.cs")]
    [InlineData("examples/06-residual.cs")]
    [InlineData("examples/09-sequential-pictures.cs")]
    [InlineData("examples/10-airline-passengers.cs")]
    [InlineData("examples/11-sunspots.cs")]
    [InlineData("examples/12-shakespeare.cs")]
    public void An_example_without_its_data_says_in_one_line_where_to_get_it(string example)
    {
        var (exitCode, output, error) = Run(example, "--data", "nowhere");
        Assert.Equal(2, exitCode);
        Assert.Empty(output);
        Assert.Matches(@"^There (are no digits|are no months|is no long text) in 'nowhere': give --data F.* https://\S+$", error.TrimEnd());
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public void An_example_gives_the_same_figures_for_every_number_of_threads()
    {
        Assert.SkipWhen(Repository.Data("tinyshakespeare.txt") is null, "There is no shared/data/tinyshakespeare.txt beside the repository.");
        string[] outputs = [.. new[] { "1", "2" }.Select(threads => Run("examples/12-shakespeare.cs", "--steps", "5", "--threads", threads).Output)];
        Assert.Contains("nats per character", outputs[0], StringComparison.Ordinal);
        Assert.Equal(Seconds().Replace(outputs[0], ""), Seconds().Replace(outputs[1], ""));
    }

    [Fact]
    public void The_readme_has_a_line_for_every_example()
    {
        string readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        foreach (string example in Directory.GetFiles(Path.Combine(Repository.Root, "examples"), "*.cs"))
            Assert.Contains($"`examples/{Path.GetFileName(example)}`", readme, StringComparison.Ordinal);
    }

    [Fact]
    public void The_code_of_the_readme_is_the_first_example()
    {
        string readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        string example = File.ReadAllText(Path.Combine(Repository.Root, "examples", "01-xor.cs"));
        Assert.Contains(example.Replace("../src/", "src/", StringComparison.Ordinal), readme, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"CHECK +(\d+) of (\d+) parameters right")]
    private static partial Regex Check();

    [GeneratedRegex(@"\(\d+ s\)")]
    private static partial Regex Seconds();
}
