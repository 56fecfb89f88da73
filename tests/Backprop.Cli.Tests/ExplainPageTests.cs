using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Backprop.Lessons.Networks;

namespace Backprop.Cli.Tests;

/// <summary>The page that backprop explain --format html writes.</summary>
public sealed partial class ExplainPageTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Lessons => [.. NetworkLessons.Names];

    public void Dispose() => folder.Dispose();

    private static string Page(string network, params string[] options)
    {
        var run = Run.Of(["explain", network, "--format", "html", .. options]);
        Assert.Equal((0, ""), (run.Code, run.Error));
        return run.Output;
    }

    /// <summary>The page without its script and style, which are held to be XML nowhere.</summary>
    private static XDocument Read(string page) => XDocument.Parse(
        Unclosed().Replace(page.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal), "<meta $1/>") is var text ? Code().Replace(text, "") : "");

    private static JsonElement Anatomies(string page) => JsonDocument.Parse(Data().Match(page).Groups[1].Value).RootElement.GetProperty("steps");

    private static string[] Addresses(XDocument document) => [.. document.Descendants("a").Select(link => link.Attribute("href")!.Value)];

    private static (string Path, string Step) Asked(string address, string first)
    {
        var match = Address().Match(address);
        Assert.True(match.Success, address);
        return (Uri.UnescapeDataString(match.Groups[1].Value), match.Groups[2].Success ? match.Groups[2].Value : first);
    }

    private static string Text(XElement element) => string.Concat(element.DescendantNodes().OfType<XText>().Where(text => text.Parent!.Name != "title").Select(text => text.Value));

    private string Network(string name, string input, string layers, string inputs, string targets, string loss = "mean_squared_error")
    {
        string path = Path.Combine(folder.Path, "network.json");
        File.WriteAllText(path, $$"""
            { "format": "backprop-network/1", "name": {{JsonSerializer.Serialize(name)}}, "input": {{input}}, "layers": [{{layers}}], "loss": "{{loss}}",
              "optimizer": { "type": "sgd", "learningRate": 0.1 }, "data": { "inputs": {{inputs}}, "targets": {{targets}} } }
            """);
        return path;
    }

    [Theory]
    [MemberData(nameof(Lessons))]
    public void A_lesson_s_page_is_small_well_formed_and_loads_nothing(string lesson)
    {
        string page = Page(lesson);
        Assert.InRange(Encoding.UTF8.GetByteCount(page), 10_000, 120_000);
        Assert.DoesNotMatch("(?i)https?:|src=|url\\(|@import|<link|\\son[a-z]+=|style=\"", page);
        var document = Read(page);
        var step = document.Descendants("details").Single(part => part.Attribute("id")?.Value == "step1");
        var explained = JsonDocument.Parse(Run.Of("explain", lesson, "--json").Output).RootElement.GetProperty("steps")[0];
        // A page also takes the gradients of its inputs apart.
        string[] paths = [.. step.Descendants("p").Where(part => part.Attribute("class")?.Value == "path").Select(part => part.Value)];
        Assert.Equal(
            [.. new[] { "forward", "backward" }.SelectMany(part => explained.GetProperty(part).EnumerateArray()).Select(read => read.GetProperty("name").GetString()!),
                .. explained.GetProperty("update").EnumerateArray().Select(change => change.GetProperty("parameter").GetString()!)],
            paths.Where((path, i) => !Input().IsMatch(path) || i < explained.GetProperty("forward").GetArrayLength()));
        Assert.All(step.Descendants("p").Where(part => part.Attribute("class")?.Value == "formula"), formula => Assert.Single(formula.Elements("math")));
        Assert.All(document.Descendants("table"), table => Assert.All(table.Descendants("th"), head => Assert.Contains(head.Attribute("scope")?.Value, new[] { "row", "col" })));
        Assert.Equal(
            ["h1", "h2 Symbols", "h2 Step 1", "h3 Forward", "h3 Loss", "h3 Backward", "h3 Update", "h2 Losses"],
            document.Descendants().Where(part => part.Name.LocalName is "h1" or "h2" or "h3" && !part.Value.StartsWith("Through time", StringComparison.Ordinal))
                .Select(head => head.Name == "h1" ? "h1" : $"{head.Name} {head.Value}"));
    }

    [Theory]
    [MemberData(nameof(Lessons))]
    public void Every_number_that_can_be_clicked_has_its_anatomy_and_so_have_those_it_leads_to(string lesson)
    {
        string page = Page(lesson, "--steps", "3", "--at", "1", "--at", "3");
        var steps = Anatomies(page);
        string[] addresses = Addresses(Read(page));
        Assert.NotEmpty(addresses);
        foreach (string address in addresses)
        {
            var (path, step) = Asked(address, "1");
            Assert.True(steps.GetProperty(step).TryGetProperty(path, out _), address);
        }
        foreach (var step in steps.EnumerateObject())
            foreach (var anatomy in step.Value.EnumerateObject())
                foreach (var term in anatomy.Value[5].EnumerateArray())
                    if (term[2].ValueKind == JsonValueKind.Array && term[2][2].GetString() is { Length: > 0 } next) Assert.True(step.Value.TryGetProperty(next, out _), next);
    }

    [Fact]
    public void An_anatomy_holds_the_terms_as_why_shows_them()
    {
        string page = Page("cnn");
        var anatomy = Anatomies(page).GetProperty("1").GetProperty("conv1.weight[0,0,0,1]");
        Assert.Equal(("∂L/∂W1[0,1]", "K[0,1]", "−0.1", "−0.0997434", "−0.00256630"), (anatomy[0].GetString(), anatomy[1].GetString(), anatomy[2].GetString(), anatomy[3].GetString(), anatomy[4].GetString()));
        Assert.Equal(
            ["2 × −0.00769891 = −0.0153978, −54.5 % ", "1 × 0.0128315 = 0.0128315, +45.5 % ", "1 × 0 = 0, 0 % ReLU closed, z1 = −0.2", "0 × −0.0102652 = 0, 0 % input is 0"],
            anatomy[5].EnumerateArray().Select(term => $"{term[1][0][1].GetString()} × {term[2][1].GetString()} = {term[3].GetString()}, {term[4].GetString()} {term[5].GetString()}"));
        Assert.Equal("conv1[0,0,0,0]", anatomy[5][0][2][2].GetString());
        Assert.StartsWith("sum −0.00256630 ", anatomy[7].GetString(), StringComparison.Ordinal);
        Assert.Contains("<a href=\"#why=conv1.weight[0,0,0,1]\">", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dense_network_is_drawn_with_its_weights()
    {
        var picture = Assert.Single(Read(Page("mazur")).Descendants("svg"));
        Assert.Equal(6, picture.Descendants("circle").Count());
        var edges = picture.Descendants("line").Where(line => line.Attribute("class")!.Value.StartsWith("edge", StringComparison.Ordinal)).ToList();
        Assert.Equal(
            ["w1 = 0.15", "w3 = 0.25", "w2 = 0.2", "w4 = 0.3", "w5 = 0.4", "w7 = 0.5", "w6 = 0.45", "w8 = 0.55"], edges.Select(edge => edge.Element("title")!.Value));
        Assert.All(edges, edge => Assert.Equal("a", edge.Parent!.Name));
        // The thickest is the largest of its layer.
        Assert.Equal("4", edges[^1].Attribute("stroke-width")!.Value);
        string[] texts = [.. picture.Descendants("text").Select(Text)];
        Assert.All(new[] { "0.05", "0.593", "0.773", "L = 0.298", "y = 0.01, 0.99", "b 0.35" }, text => Assert.Contains(text, texts));
    }

    [Fact]
    public void A_convolution_is_drawn_with_the_field_of_its_kernel()
    {
        var picture = Assert.Single(Read(Page("cnn")).Descendants("svg"));
        Assert.Equal(2, picture.Descendants("rect").Count(part => part.Attribute("class")!.Value == "field"));
        var kernel = picture.Descendants("rect").Where(part => part.Attribute("class")!.Value.StartsWith("kernel", StringComparison.Ordinal)).ToList();
        Assert.Equal(["kernel", "kernel negative", "kernel negative", "kernel"], kernel.Select(part => part.Attribute("class")!.Value));
        Assert.Contains("the same at 4 places", picture.Descendants("text").Select(Text));
    }

    [Theory]
    [InlineData("rnn", 3, "h3")]
    [InlineData("lstm", 2, "c2 = 1.52")]
    public void A_recurrent_network_is_drawn_unrolled(string lesson, int steps, string written)
    {
        var picture = Assert.Single(Read(Page(lesson)).Descendants("svg"));
        string[] texts = [.. picture.Descendants("text").Select(Text)];
        Assert.Equal(Enumerable.Range(1, steps).Select(t => $"t = {t}"), texts.Where(text => text.StartsWith("t = ", StringComparison.Ordinal)));
        Assert.Contains(written, texts);
        Assert.Equal(steps, texts.Count(text => text == "Wh"));
    }

    [Fact]
    public void Names_from_a_file_are_text_everywhere()
    {
        const string Name = "<img src=x onerror=alert(1)>&\"'</script>";
        string layer = "a\\\"<b>\\\"&</script><i>";
        string page = Page(Network(Name, "[2]", $$"""{ "type": "linear", "units": 2, "name": "{{layer}}" }, { "type": "tanh" }""", "[[1, 2]]", "[[0, 1]]"));
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<i>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
        Assert.Equal(2, page.Split("</script>").Length - 1);
        Assert.Equal(Name, Read(page).Descendants("h1").Single().Value);
        Assert.True(Anatomies(page).GetProperty("1").TryGetProperty("a\"<b>\"&</script><i>.weight[0,0]", out _));
    }

    [Fact]
    public void The_page_allows_its_own_style_and_script_and_nothing_else()
    {
        string page = Page("ann");
        string policy = Policy().Match(page).Groups[1].Value;
        foreach (var (directive, tag) in new[] { ("style-src", "style"), ("script-src", "script") })
        {
            string content = Regex.Match(page, $"<{tag}>(.*?)</{tag}>", RegexOptions.Singleline).Groups[1].Value;
            Assert.Contains($"{directive} 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}'", policy, StringComparison.Ordinal);
        }
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_of_a_large_network_has_anatomies_for_a_part_of_its_numbers_and_says_so()
    {
        string path = Network("wide", "[30]", """{ "type": "linear", "units": 60 }, { "type": "tanh" }, { "type": "linear", "units": 40 }""",
            JsonSerializer.Serialize(Enumerable.Range(0, 8).Select(n => Enumerable.Range(0, 30).Select(i => Math.Sin(n + i)))),
            JsonSerializer.Serialize(Enumerable.Range(0, 8).Select(n => Enumerable.Range(0, 40).Select(i => Math.Cos(n + i)))));
        string page = Page(path, "--force");
        Assert.InRange(Encoding.UTF8.GetByteCount(page), 300_000, 1_200_000);
        Assert.Contains("numbers that are not underlined are taken apart by <code>--why</code>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("not underlined", Page("lstm"), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_terms_as_shown_do_not_add_up_a_line_says_so() =>
        Assert.Contains(
            "∂L/∂a1[0,0] = 0.138499·0.4 + (−0.0380982)·0.5 = 0.0363503</p>\n<p class=\"rounding\">rounded for display only: the terms as shown add up to 0.0363505</p>",
            Page("mazur"), StringComparison.Ordinal);

    /// <summary>Networks whose pictures take each way of drawing.</summary>
    [Theory]
    [InlineData("[1,4,4]", """{ "type": "conv2d", "filters": 2, "kernel": 3, "padding": 1 }, { "type": "max_pool2d", "kernel": 2 }, { "type": "flatten" }, { "type": "linear", "units": 1 }""", "2 kernels 1×3×3, [0,0] shown", "the largest of 2×2")]
    [InlineData("[1,40,40]", """{ "type": "average_pool2d", "kernel": 4 }, { "type": "conv2d", "filters": 1, "kernel": 7, "stride": 2 }, { "type": "global_max_pool2d" }""", "… 40×40", "kernel 7×7")]
    [InlineData("[9,3]", """{ "type": "gru", "units": 1, "returnSequences": true }, { "type": "linear", "units": 4 }, { "type": "tanh" }, { "type": "rnn", "units": 2 }""", "t = 9", "… 4")]
    [InlineData("[3,2]", """{ "type": "bidirectional", "forward": { "type": "rnn", "units": 2 }, "backward": { "type": "rnn", "units": 2 } }, { "type": "linear", "units": 1 }""", "⇄", "4 weights")]
    [InlineData("[3,2]", """{ "type": "lstm", "units": 2, "layers": 2 }""", "2 × 2 units", "t = 3")]
    [InlineData("[3,2]", """{ "type": "rnn", "units": 2, "unrolled": false }""", "h3", "Wh")]
    [InlineData("[2,9]", """{ "type": "conv1d", "filters": 2, "kernel": 3 }, { "type": "flatten" }, { "type": "linear", "units": 12 }""", "⋮ 14", "2×9")]
    [InlineData("[3]", """{ "type": "residual", "body": { "type": "linear", "units": 3 } }, { "type": "layer_norm", "axes": 1 }""", "residual1", "layer_norm1")]
    public void Every_kind_of_network_has_a_picture(string input, string layers, params string[] written)
    {
        int[] shape = JsonSerializer.Deserialize<int[]>(input)!;
        string inputs = JsonSerializer.Serialize(Nested(shape, 0));
        string path = Network("drawn", input, layers, $"[{inputs}]", "[0]");
        string needed = Regex.Match(Run.Of("explain", path).Refusal, @"is \[1\], (\[[\d, ]+\]) is needed").Groups[1].Value;
        int[] output = JsonSerializer.Deserialize<int[]>(needed)!;
        path = Network("drawn", input, layers, $"[{inputs}]", JsonSerializer.Serialize(Nested(output, 0)));
        string[] texts = [.. Assert.Single(Read(Page(path, "--force")).Descendants("svg")).Descendants("text").Select(Text)];
        foreach (string text in written) Assert.Contains(text, texts);
    }

    private static object Nested(int[] shape, int axis) => axis == shape.Length ? 0.5 : Enumerable.Range(0, shape[axis]).Select(i => axis == shape.Length - 1 ? Math.Sin(i + axis) : Nested(shape, axis + 1)).ToArray();

    [GeneratedRegex("<meta ([^>]*)>")]
    private static partial Regex Unclosed();

    [GeneratedRegex(@"(^|\.)x(_\d+)?$")]
    private static partial Regex Input();

    [GeneratedRegex("<style>.*?</style>|<script.*?</script>", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex("id=\"anatomies\">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Data();

    [GeneratedRegex("^#why=([^&]+)(?:&step=(\\d+))?$")]
    private static partial Regex Address();

    [GeneratedRegex("Content-Security-Policy\" content=\"([^\"]*)\"")]
    private static partial Regex Policy();
}
