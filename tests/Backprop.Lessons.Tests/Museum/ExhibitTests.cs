using Backprop.Checking;
using Backprop.Lessons.Museum;
using Backprop.Tests;

namespace Backprop.Lessons.Tests.Museum;

public sealed class ExhibitTests
{
    public static TheoryData<string> Names => [.. Catalogue.Exhibits.Select(exhibit => exhibit.Name)];

    private static Exhibit Find(string name) => Catalogue.Find(name)!;

    private static string[] FileOf(Exhibit exhibit, string folder) => File.ReadAllLines(
        Path.Combine(Repository.Root, "src", "Backprop.Lessons", "Museum", folder, $"{exhibit.Create().GetType().Name}.cs"));

    [Theory, MemberData(nameof(Names))]
    public void The_code_shown_is_the_code_that_runs(string name)
    {
        var exhibit = Find(name);
        Assert.Equal(FileOf(exhibit, "Faulty"), exhibit.Code);
        Assert.Equal("Backprop.Lessons.Museum.Faulty", exhibit.Create().GetType().Namespace);
        Assert.Equal(exhibit.Create().GetType().Name, exhibit.Create(withFault: false).GetType().Name);
        Assert.Equal("Backprop.Lessons.Museum.Mended", exhibit.Create(withFault: false).GetType().Namespace);
    }

    [Theory, MemberData(nameof(Names))]
    public void The_right_line_makes_the_code_the_mended_one(string name)
    {
        var exhibit = Find(name);
        Assert.All(exhibit.Mending.Where(line => !line.IsRight), line => Assert.Equal(exhibit.Code[line.Number - 1], line.Text));
        var gone = exhibit.Mending.Where(line => !line.IsRight).Select(line => line.Number).ToHashSet();
        List<string> mended = [.. exhibit.Code.Where((_, i) => !gone.Contains(i + 1))];
        foreach (var line in exhibit.Mending.Where(line => line.IsRight)) mended.Insert(line.Number - 1, line.Text);
        Assert.Equal(FileOf(exhibit, "Mended").Select(line => line.Replace("Museum.Mended", "Museum.Faulty", StringComparison.Ordinal)), mended);
        Assert.InRange(exhibit.Mending.Count, 2, 14);
    }

    [Theory, MemberData(nameof(Names))]
    public void The_doctor_finds_the_mistake(string name)
    {
        var exhibit = Find(name);
        var diagnosis = exhibit.Claim().Examine();
        // Zero weights are no fault of the gradient.
        Assert.Equal(name == "all-weights-zero" ? Verdict.Right : Verdict.Wrong, diagnosis.Verdict);
        if (exhibit.Mistake is { } mistake) Assert.Contains(mistake, diagnosis.Causes.Select(cause => cause.Kind));
        else Assert.Empty(diagnosis.Causes);
    }

    [Theory, MemberData(nameof(Names))]
    public void The_right_line_is_right(string name)
    {
        var exhibit = Find(name);
        Assert.Equal(Verdict.Right, exhibit.Claim(withFault: false).Examine().Verdict);
    }

    [Theory, MemberData(nameof(Names))]
    public void The_tape_beside_it_is_right_by_finite_differences(string name)
    {
        var network = Find(name).Create(withFault: false);
        var report = GradientCheck.Of(network.Loss, network.Parameters);
        Assert.True(report.Verdict == Verdict.Right, report.ToString());
    }

    [Theory, MemberData(nameof(Names))]
    public void Training_with_the_right_line_makes_the_loss_small(string name)
    {
        var exhibit = Find(name);
        var losses = Symptoms.Of(exhibit).Where(symptom => symptom.What.StartsWith("loss ", StringComparison.Ordinal)).ToArray();
        Assert.All(losses, loss => Assert.True(double.IsFinite(loss.Mended), loss.What));
        Assert.True(losses[^1].Mended < 0.6 * losses[0].Mended, $"{losses[0].Mended} became {losses[^1].Mended}");
    }

    [Theory, MemberData(nameof(Names))]
    public void A_page_fits_eighty_columns(string name)
    {
        var exhibit = Find(name);
        Assert.All(exhibit.Code, line => Assert.InRange(line.Length, 0, 74));
        Assert.InRange(exhibit.Title.Length, 1, 50);
        Assert.Matches("^[a-z]+(-[a-z]+)*$", name);
    }

    [Fact]
    public void Every_file_is_an_exhibit()
    {
        string museum = Path.Combine(Repository.Root, "src", "Backprop.Lessons", "Museum");
        string[] classes = [.. Catalogue.Exhibits.Select(exhibit => $"{exhibit.Create().GetType().Name}.cs").Order()];
        foreach (string folder in new[] { "Faulty", "Mended" })
            Assert.Equal(classes, Directory.GetFiles(Path.Combine(museum, folder)).Select(file => Path.GetFileName(file)).Order());
    }

    [Fact]
    public void Names_are_unique_and_unknown_ones_are_not_found()
    {
        Assert.Distinct(Catalogue.Exhibits.Select(exhibit => exhibit.Name));
        Assert.Null(Catalogue.Find("half-gradents"));
    }
}
