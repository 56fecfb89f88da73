using Backprop.Cli.Data;
using Backprop.Cli.Train.Screen;
using Backprop.Data;
using Backprop.Tabular;
using Backprop.Training;
using Spectre.Console;
using static Backprop.Nn<float>;

namespace Backprop.Cli.Tests;

/// <summary>What a terminal shows while training goes on.</summary>
public sealed class LiveTests : IDisposable
{
    private static readonly TrainingData Some = new(
        new DataSet<float>(Zeros([2, 1]), Indices([2], 0, 1)), new DataSet<float>(Zeros([2, 1]), Indices([2], 0, 1)), TaskKind.Classification, DataForm.Table);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static LiveState Half()
    {
        var epochs = Enumerable.Range(1, 10).Select(i => new EpochResult(i, 2.0 / i, new Evaluation(30, 3.0 / i) { Accuracy = 0.5 + i / 25.0 }, TimeSpan.FromSeconds(i)));
        var state = new LiveState(Some, [.. epochs], 20, 0.01);
        state.Report(new TrainingProgress(11, 20, 5, 10, 0.19, TimeSpan.FromSeconds(10.5), 0.525));
        return state;
    }

    private static string[] Drawn(LiveState state, int width, int height)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = width;
        console.Write(new LiveScreen(state, () => height));
        return writer.ToString().Split('\n');
    }

    [Fact]
    public void A_bar_the_figures_and_two_charts_stand_beside_each_other()
    {
        string[] lines = Drawn(Half(), 82, 24);
        Assert.All(lines, line => Assert.True(line.Length <= 80, line));
        Assert.Equal("epoch 11/20 ━━━━━━━━━━━━━━━━━━━━━───────────────────  53 %  10 s left", lines[0]);
        Assert.Equal("train loss 0.19   test loss 0.3   test accuracy 0.9   learning rate 0.01", lines[1]);
        Assert.Equal("         loss  ⠤⠤ train  ⠂⠂ test                  test accuracy", lines[3].TrimEnd());
        Assert.StartsWith("      3 ┤", lines[4], StringComparison.Ordinal);
        Assert.StartsWith("   0.19 ┤", lines[10], StringComparison.Ordinal);
        Assert.Contains("    0.9 ┤", lines[4], StringComparison.Ordinal);
        Assert.Contains("   0.54 ┤", lines[10], StringComparison.Ordinal);
        Assert.Equal("         0                           20           0                           20", lines[11].TrimEnd());
    }

    [Fact]
    public void A_curve_goes_down_from_left_to_the_middle_and_no_further()
    {
        string[] picture = [.. Drawn(Half(), 82, 24)[4..11].Select(line => line[9..39].PadRight(30))];
        Assert.All(picture, row => Assert.Equal("", row[17..].Trim()));
        Assert.NotEqual(' ', picture[0][1]);
        Assert.Equal("", picture[6][..4].Trim());
        Assert.NotEqual("", picture[6][4..17].Trim());
    }

    [Theory]
    [InlineData(60, 30)]
    [InlineData(60, 12)]
    [InlineData(40, 24)]
    [InlineData(24, 24)]
    [InlineData(10, 5)]
    [InlineData(200, 60)]
    public void Any_terminal_is_enough(int width, int height)
    {
        string[] lines = Drawn(Half(), width, height);
        Assert.All(lines, line => Assert.True(line.Length <= width, line));
        Assert.True(lines.Length <= Math.Max(6, height), $"{lines.Length} lines of {height}");
        Assert.StartsWith("epoch 11", lines[0], StringComparison.Ordinal);
        Assert.Equal(width >= 40 && height >= 12, lines.Any(line => line.Contains('┤', StringComparison.Ordinal)));
    }

    [Fact]
    public void Figures_that_differ_much_are_shown_by_their_logarithms()
    {
        var epochs = Enumerable.Range(1, 20).Select(i => new EpochResult(i, double.Exp2(-i), new Evaluation(3, double.NaN) { Accuracy = 0.5 }, TimeSpan.Zero));
        string[] lines = Drawn(new LiveState(Some, [.. epochs], 20, 0.01), 80, 24);
        Assert.Contains("loss, log scale", lines[3], StringComparison.Ordinal);
        Assert.StartsWith("9.5e-7 ┤", lines[10].TrimStart(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_narrow_terminal_has_no_line_that_is_too_long()
    {
        var epochs = Enumerable.Range(1, 20).Select(i => new EpochResult(i, double.Exp2(-i), new Evaluation(3, 1) { Accuracy = 0.5 }, TimeSpan.Zero));
        Assert.All(Drawn(new LiveState(Some, [.. epochs], 20, 0.01), 36, 24), line => Assert.True(line.Length <= 36, line));
    }

    [Fact]
    public void Of_very_many_epochs_neighbours_are_taken_together()
    {
        var curve = new Curve();
        for (int i = 1; i <= 100_000; i++) curve.Add(i, 1.0 / i);
        curve.Add(100_001, double.NaN);
        Assert.InRange(curve.Points.Count(), 200, 1024);
        Assert.Equal(curve.Points.OrderBy(point => point.Epoch), curve.Points);
    }

    [Fact]
    public void The_last_state_stays_on_the_screen()
    {
        var run = Run.OnTerminal(80, "train", Flowers.Write(folder), "--target", "kind", "--epochs", "40");
        Assert.Equal(0, run.Code);
        string last = run.Error[run.Error.LastIndexOf("epoch ", StringComparison.Ordinal)..];
        Assert.StartsWith("epoch 40/40 ", last, StringComparison.Ordinal);
        Assert.Contains(" 100 %", last, StringComparison.Ordinal);
        Assert.Contains("test accuracy", last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_terminal_that_cannot_redraw_gets_lines()
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var dumb = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(error) });
        string[] args = ["train", Flowers.Write(folder), "--target", "kind", "--epochs", "3"];
        Assert.Equal(0, await CommandLine.RunAsync(args, new Terminal(output, error, dumb), TestContext.Current.CancellationToken));
        Assert.Contains("\nepoch 3/3  train loss ", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", error.ToString(), StringComparison.Ordinal);
    }
}
