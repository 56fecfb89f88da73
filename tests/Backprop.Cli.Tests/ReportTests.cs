using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Backprop.Health;
using Backprop.Saving;
using Backprop.Training;

namespace Backprop.Cli.Tests;

/// <summary>The page that backprop report writes.</summary>
public sealed partial class ReportTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Flower(params string[] options)
    {
        Assert.Equal(0, Run.Of(["train", Flowers.Write(folder), "--target", "kind", "--save", folder["model.safetensors"], "--force", .. options]).Code);
        return folder["model.safetensors"];
    }

    /// <summary>The page as XML, but for its style: it is held to be closed and quoted everywhere.</summary>
    private static XDocument Page(string model, params string[] options)
    {
        var run = Run.Of(["report", model, "--force", .. options]);
        Assert.Equal((0, ""), (run.Code, run.Output));
        string page = File.ReadAllText(Path.ChangeExtension(model, ".html"));
        // Nothing is loaded: what stands in src is within the page.
        Assert.DoesNotMatch("(?i)https?:|src=\"(?!data:image/png;base64,)|url\\(|@import|<link|<script|\\son[a-z]+=|\\sstyle=\"", page);
        return XDocument.Parse(Style().Replace(Unclosed().Replace(page.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal), "<$1 $2/>"), ""));
    }

    private static string[] Headings(XDocument page) => [.. page.Descendants("h2").Select(head => head.Value)];

    private static string[] Row(XDocument page, string begin) =>
        [.. page.Descendants("tr").First(row => row.Elements().First().Value == begin).Elements().Select(cell => cell.Value)];

    private static void AssertReadable(XDocument page)
    {
        Assert.All(page.Descendants("th"), head => Assert.Contains(head.Attribute("scope")?.Value, new[] { "row", "col" }));
        Assert.All(page.Descendants("svg"), picture => Assert.NotEmpty(picture.Attribute("aria-label")!.Value));
        Assert.All(page.Descendants("img"), picture => Assert.NotEmpty(picture.Attribute("alt")!.Value));
        Assert.All(page.Descendants("table"), table => Assert.NotEmpty(table.Parent!.Attribute("aria-label")!.Value));
        Assert.DoesNotContain("NaN", page.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Classes_of_a_table_have_their_page()
    {
        string model = Flower("--epochs", "12");
        var page = Page(model);
        AssertReadable(page);
        Assert.Equal(
            ["How training went", "Which class was taken for which", "Worst mistakes", "The network", "How it was trained", "How to reproduce it"], Headings(page));
        var said = JsonNode.Parse(Run.Of("evaluate", model, "--json").Output)!;
        Assert.StartsWith(
            string.Create(CultureInfo.InvariantCulture, $"On 12 samples that training never saw, {(int)said["right"]!} of 12 answers were right, {(double)said["accuracy"]!:P1}"),
            page.Descendants("p").Single(part => part.Attribute("class")?.Value == "lead").Value, StringComparison.Ordinal);
        string[][] counts = [.. page.Descendants("table").Single(table => table.Attribute("class")!.Value == "confusion").Elements("tr").Skip(1)
            .Select(row => row.Elements("td").Select(cell => cell.Value).ToArray())];
        Assert.Equal(said["confusion"]!.ToJsonString(), $"[{string.Join(",", counts.Select(row => $"[{string.Join(",", row)}]"))}]");
        int mistakes = 12 - (int)said["right"]!;
        Assert.Equal(mistakes, page.Descendants("section").Single(part => part.Element("h2")!.Value == "Worst mistakes").Descendants("td").Count(cell => cell.Value.EndsWith(" %", StringComparison.Ordinal)));
        Assert.Equal(["linear1", "linear", "[32]", "160", "128"], Row(page, "linear1"));
    }

    [Theory]
    [InlineData("--seed", "3", "--patience", "2")]
    [InlineData("--ignore", "width", "--ignore", "colour")]
    [InlineData("--hidden", "5,4", "--optimizer", "sgd")]
    public void The_command_on_the_page_comes_to_the_same_weights(params string[] options)
    {
        string model = Flower(["--epochs", "5", .. options]);
        var page = Page(model);
        string command = page.Descendants("code").Single().Value;
        Assert.StartsWith("backprop train '", command, StringComparison.Ordinal);
        string[] words = [.. Word().Matches(command).Select(word => word.Value.Trim('\''))];
        var again = JsonNode.Parse(Run.Of([.. words[1..^1], folder["again"], "--json"]).Output)!;
        Assert.Equal((string?)again["weights"], Row(page, "the weights, as backprop train prints them")[1]);
        Assert.Equal(File.ReadAllBytes(model), File.ReadAllBytes(folder["again"]));
    }

    [Fact]
    public void The_curves_are_those_of_the_training()
    {
        var page = Page(Flower("--epochs", "30"));
        var loss = page.Descendants("svg").First();
        Assert.StartsWith("Loss over the epochs. train goes from ", loss.Attribute("aria-label")!.Value, StringComparison.Ordinal);
        Assert.All(loss.Elements("polyline"), line => Assert.Equal(30, line.Attribute("points")!.Value.Split(' ').Length));
        Assert.Equal(12, page.Descendants("details").Single().Descendants("tr").Count() - 1);
        Assert.Equal("30", page.Descendants("details").Single().Descendants("tr").Last().Element("th")!.Value);
    }

    [Fact]
    public void Numbers_have_a_chart_and_their_largest_errors()
    {
        Run.Of("train", Flowers.Line(folder), "--target", "y", "--epochs", "30", "--save", folder["line"]);
        var page = Page(folder["line"]);
        AssertReadable(page);
        Assert.Equal(["How training went", "Predicted and right", "The network", "How it was trained", "How to reproduce it"], Headings(page));
        var rows = page.Descendants("section").Single(part => part.Element("h2")!.Value == "Predicted and right").Descendants("tr").Skip(1)
            .Select(row => row.Elements("td").Select(cell => double.Parse(cell.Value.Replace('−', '-'), CultureInfo.InvariantCulture)).ToArray()).ToArray();
        Assert.Equal(8, rows.Length);
        Assert.All(rows, row => Assert.Equal(row[1] - row[0], row[2], 2e-3));
        Assert.Equal(rows.Select(row => Math.Abs(row[2])).OrderDescending(), rows.Select(row => Math.Abs(row[2])));
        Assert.Equal(8, page.Descendants("svg").Last().Descendants("circle").Count());
    }

    [Fact]
    public void Mistakes_are_shown_with_their_rows_in_the_file()
    {
        // What no network can learn: there are mistakes.
        string[] lines = ["x,y,kind", .. Enumerable.Range(0, 60).Select(i => $"{i % 5},{i},{(i * i % 7 < 3 ? "left" : "right")}")];
        string data = Flowers.Write(folder, "odd.csv", string.Join('\n', lines) + "\n");
        Assert.Equal(0, Run.Of("train", data, "--target", "kind", "--epochs", "3", "--save", folder["odd"]).Code);
        foreach (string part in new[] { "test", "all" })
        {
            var rows = Page(folder["odd"], "--part", part).Descendants("section").Single(section => section.Element("h2")!.Value == "Worst mistakes").Descendants("tr").ToArray();
            Assert.Equal(["sample", "is", "said", "with probability", "x", "y", "kind"], rows[0].Elements().Select(cell => cell.Value));
            Assert.True(rows.Length > 2);
            Assert.All(rows[1..], row =>
            {
                string[] cells = [.. row.Elements().Select(cell => cell.Value)];
                int line = int.Parse(cells[0]["line ".Length..], CultureInfo.InvariantCulture);
                Assert.Equal(lines[line - 1], string.Join(',', cells[4..]));
                Assert.Equal(cells[6], cells[1]);
                Assert.NotEqual(cells[1], cells[2]);
            });
        }
    }

    [Theory]
    [InlineData("xor")]
    [InlineData("circles")]
    public void Generated_data_are_drawn_once_more(string name)
    {
        Assert.Equal(0, Run.Of("train", name, "--epochs", "2", "--save", folder[name]).Code);
        var page = Page(folder[name]);
        AssertReadable(page);
        Assert.Contains("Which class was taken for which", Headings(page));
    }

    [Fact]
    public void Mistakes_about_pictures_are_shown_as_the_pictures_of_the_file()
    {
        // Labels that the pictures cannot tell: there are mistakes.
        Pictures.Write(folder, "train", 12);
        Pictures.Write(folder, "t10k", 6, classes: 1);
        Assert.Equal(0, Run.Of("train", folder.Path, "--epochs", "4", "--save", folder["model"]).Code);
        var page = Page(folder["model"]);
        AssertReadable(page);
        var pictures = page.Descendants("img").ToArray();
        Assert.NotEmpty(pictures);
        foreach (var picture in pictures)
        {
            byte[] png = Convert.FromBase64String(picture.Attribute("src")!.Value["data:image/png;base64,".Length..]);
            Assert.Equal((12, 12), (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20))));
            int place = int.Parse(Place().Match(picture.Attribute("alt")!.Value).Groups[1].Value, CultureInfo.InvariantCulture) - 1;
            byte[] pixels = Pictures.Images(6, 12)[(16 + 144 * place)..][..144];
            Assert.Equal(
                Backprop.Pictures.Png.Write(Nn<double>.Tensor([12, 12], [.. pixels.Select(pixel => (double)pixel)])), png);
        }
    }

    [Fact]
    public void Warnings_are_shown_with_cause_and_remedy()
    {
        string model = Flower("--epochs", "1");
        var saved = SavedModel<float>.Load(model);
        var warning = new TrainingWarning(TrainingWarningKind.DeadUnits, 3, "relu1", null, 0.9, 0.5, "90 % of <relu1> are 0.", "They get no gradient.", "Take a smaller learning rate.");
        new SavedModel<float>(saved.Model, saved.Input)
        {
            Task = saved.Task,
            Loss = saved.Loss,
            ClassNames = saved.ClassNames,
            InputTransforms = saved.InputTransforms,
            Notes = new Dictionary<string, string>(saved.Notes)
            {
                [TrainingRecord.Key] = (TrainingRecord.Read(saved.Notes[TrainingRecord.Key], model) with { Warnings = [warning] }).Write(),
            },
        }.Save(model, overwrite: true);
        var page = Page(model);
        Assert.Equal("Warnings", Headings(page)[0]);
        Assert.Equal(
            ["dead units at relu1 from epoch 3 on", "90 % of <relu1> are 0.", "They get no gradient. Take a smaller learning rate."],
            page.Descendants("div").Single(part => part.Attribute("class")?.Value == "warning").Elements("p").Select(part => part.Value));
    }

    [Fact]
    public void Without_data_there_is_what_the_model_says_itself()
    {
        string model = Flower("--epochs", "2");
        File.Delete(folder["Blüten daten.csv"]);
        Assert.Equal(["How training went", "The network", "How it was trained", "How to reproduce it"], Headings(Page(model)));
        Assert.Equal(
            $"data: {folder["Blüten daten.csv"]} is not here; --data DATA judges the model by some\nwritten: {folder["model.html"]}\n", Run.Of("report", model, "--force").Error);
        new SavedModel<float>(Nn<float>.Linear(2, 1, new Random(1)), [2]).Save(folder["plain"]);
        Assert.Equal(["The network"], Headings(Page(folder["plain"])));
    }

    [Fact]
    public void Other_data_are_judged_whole()
    {
        string model = Flower("--epochs", "2"), other = Flowers.Write(folder, "other.csv", "length,width,colour,kind\n0,2,weiß,A\n1,1,rot,B\n");
        Assert.StartsWith("On 2 samples, ", Page(model, "--data", other).Descendants("p").Single(part => part.Attribute("class")?.Value == "lead").Value, StringComparison.Ordinal);
        Assert.Contains("On 48 samples that trained it, ", Page(model, "--part", "train").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_is_the_same_each_time_and_is_replaced_only_by_force()
    {
        string model = Flower("--epochs", "2"), page = folder["model.html"];
        Assert.Equal(0, Run.Of("report", model).Code);
        byte[] first = File.ReadAllBytes(page);
        Assert.Equal($"backprop: {page}: the file is there already; --force replaces it", Run.Of("report", model).Refusal);
        Assert.Equal(0, Run.Of("report", model, "--force").Code);
        Assert.Equal(first, File.ReadAllBytes(page));
        Assert.Equal(0, Run.Of("report", model, "--output", folder["other.html"]).Code);
        Assert.Equal(first, File.ReadAllBytes(folder["other.html"]));
        Assert.InRange(first.Length, 5_000, 60_000);
    }

    [Fact]
    public void Names_that_mean_something_to_html_are_shown_as_they_are()
    {
        string rows = string.Concat(Enumerable.Range(0, 40).Select(i => $"{i % 7},{(i % 2 == 0 ? "<b>&amp;" : "\"'</table>")}\n"));
        string data = folder.Write("odd.csv", Encoding.UTF8.GetBytes($"x,<kind>\n{rows.Replace("\"'</table>", "'</table>", StringComparison.Ordinal)}"));
        Assert.Equal(0, Run.Of("train", data, "--target", "<kind>", "--epochs", "1", "--save", folder["odd"]).Code);
        var page = Page(folder["odd"]);
        Assert.Equal(["is \\ said", "'</table>", "<b>&amp;"], Row(page, "is \\ said"));
    }

    [Fact]
    public void Wrong_words_are_answered_in_one_line()
    {
        Assert.Equal($"backprop: {folder["none"]}: there is no such file", Run.Of("report", folder["none"]).Refusal);
        Assert.Equal("backprop: MODEL is missing; backprop report --help lists what there is", Run.Of("report").Refusal);
        string model = Flower("--epochs", "1");
        Assert.Equal($"backprop: {folder["none"]}: there is no such file or folder", Run.Of("report", model, "--data", folder["none"]).Refusal);
        Assert.Equal("backprop: --output: '-' came; the name of a file is needed", Run.Of("report", model, "--output", "-").Refusal);
        byte[] before = File.ReadAllBytes(model);
        Assert.Equal(
            $"backprop: --output {model}: that is the file that is read, which --force does not replace; give another name",
            Run.Of("report", model, "--output", model, "--force").Refusal);
        Assert.Equal(before, File.ReadAllBytes(model));
        Assert.Equal("backprop: there is no option '--outptu'; did you mean --output?", Run.Of("report", model, "--outptu", "a.html").Refusal);
        Assert.False(File.Exists(folder["model.html"]));
    }

    [GeneratedRegex("<(meta|img)([^>]*)>")]
    private static partial Regex Unclosed();

    [GeneratedRegex("<style>.*?</style>", RegexOptions.Singleline)]
    private static partial Regex Style();

    [GeneratedRegex(@"'[^']*'|[^\s']+")]
    private static partial Regex Word();

    [GeneratedRegex(@"(\d+):")]
    private static partial Regex Place();
}
