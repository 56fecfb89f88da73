using Backprop.Lessons.Replays;

namespace Backprop.Lessons.Tests.Replays;

public sealed class ReplayLessonsTests
{
    public static TheoryData<string> Names => [.. ReplayLessons.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_figure_is_reproduced_and_every_erratum_explained(string name)
    {
        var report = ReplayLessons.Find(name).Run(cancellation: TestContext.Current.CancellationToken);
        Assert.NotEmpty(report.Figures);
        Assert.All(report.Groups, group => Assert.NotEmpty(group.Figures));
        Assert.All(report.Figures, figure => Assert.True(figure.IsReproduced, $"{figure.What} is {figure.Ours:R}, published is {figure.Published}"));
        Assert.All(report.Errata, erratum => Assert.True(
            erratum.IsExplained, $"{erratum.What} is {erratum.Ours:R}, published is {erratum.Published}, the variants give {string.Join(' ', erratum.Variants)}"));
        Assert.True(report.Succeeded);
    }

    [Theory]
    [InlineData("cs231n-circuits")]
    [InlineData("micrograd")]
    [InlineData("trask-addition")]
    public void A_figure_published_as_a_whole_number_comes_out_whole(string name)
    {
        var whole = ReplayLessons.Find(name).Run(cancellation: TestContext.Current.CancellationToken).Figures.Where(figure => figure.Published.Decimals == 0).ToArray();
        Assert.NotEmpty(whole);
        Assert.All(whole, figure => Assert.Equal(figure.Published.Value, figure.Ours, 1e-12));
    }

    [Fact]
    public void Mazur_s_errata_are_the_figures_after_training_and_two_roundings()
    {
        var report = ReplayLessons.Find("mazur").Run(cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(
            ["-0.038098236", "-0.019049119", "0.291027924", "0.000035085", "0.0000351085", "0.015912196", "0.984065734"],
            report.Errata.Select(erratum => erratum.Published.Text));
        Assert.Equal(0.29102777369359933, report.Errata[2].Ours, 1e-15);
        Assert.Equal(0.291027923905, report.Errata[2].Variants.Single(), 1e-12);
    }

    [Fact]
    public void A_changed_figure_is_found()
    {
        var report = new Planted("0.5", 0.56, new("erratum", new("1"), new("2"), 2, "cause", [1])).Run(cancellation: TestContext.Current.CancellationToken);
        Assert.False(report.Figures.Single().IsReproduced);
        Assert.True(report.Errata.Single().IsExplained);
        Assert.False(report.Succeeded);
    }

    [Theory]
    [InlineData("1", "2", 2, true, 1.0)]        // the variant gives what was published
    [InlineData("1", "2", 2, true, 0.0, 3.0)]   // several variants enclose it
    [InlineData("1", "2", 2, false, 3.0, 4.0)]  // none gives it
    [InlineData("1", "2", 3, false, 1.0)]       // ours is not what is said to be right
    [InlineData("2", "2", 2, false, 2.0)]       // nothing is wrong
    public void An_erratum_needs_a_right_figure_a_wrong_one_and_its_cause(string published, string right, double ours, bool explained, params double[] variants)
    {
        var report = new Planted("0.5", 0.5, new("erratum", new(published), new(right), ours, "cause", variants)).Run(cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(explained, report.Succeeded);
    }

    [Fact]
    public void A_long_lesson_says_how_far_it_is_and_can_be_stopped()
    {
        using var source = new CancellationTokenSource();
        var heard = new Heard(line => source.Cancel());
        Assert.Throws<OperationCanceledException>(() => ReplayLessons.Find("trask-xor").Run(heard, source.Token));
        Assert.Equal("4 hidden units, learning rate 1, step 0 of 60,000", heard.Lines.Single());
    }

    [Fact]
    public void Words_and_numbers_that_do_not_belong_together_are_refused()
    {
        var sheet = new ReplaySheet(null, default);
        sheet.Begin("group");
        Assert.Contains("2 names, 1 published and 2 computed", Assert.Throws<ArgumentException>(() => sheet.Add("a b", "1", [1.0, 2.0])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_name_is_refused_with_those_that_there_are() =>
        Assert.StartsWith("There is no replay 'mazure'; there are mazur, ", Assert.Throws<ArgumentException>(() => ReplayLessons.Find("mazure")).Message, StringComparison.Ordinal);

    private sealed class Planted(string published, double ours, Erratum erratum) : ReplayLesson
    {
        public override string Name => "planted";

        public override string Summary => "a figure that is wrong";

        public override Publication Publication { get; } = new("Nobody", "Nothing", 2000, "https://example.org");

        protected override void Play(ReplaySheet sheet)
        {
            sheet.Begin("group");
            sheet.Add("figure", published, ours);
            sheet.Add(erratum);
        }
    }

    private sealed class Heard(Action<string> then) : IProgress<string>
    {
        public List<string> Lines { get; } = [];

        public void Report(string value)
        {
            Lines.Add(value);
            then(value);
        }
    }
}
