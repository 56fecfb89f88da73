using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Backprop.Cli.Tests;

public sealed partial class CompareTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static Run Digits(params string[] options) => Run.Of(["compare", "--parameters", "1500", "--epochs", "1", "--seeds", "2", .. options]);

    private Run Table(params string[] options) => Run.Of(["compare", Flowers.Write(folder), "--epochs", "5", "--seeds", "2", "--target", "kind", .. options]);

    [Fact]
    public void Without_data_three_networks_of_equal_size_meet_drawn_digits()
    {
        var run = Digits();
        Assert.Equal(0, run.Code);
        Assert.Equal(
            """
            generated digits: #×#×#, # classes
            # samples to train, # to choose the learning rate, # to test; # epoch

                             ANN                      CNN                      RNN (LSTM)
            made for         rows of numbers          pictures, neighbours     sequences
            reads here       # numbers in no order  a picture #×#×#        # rows of # in turn
            structure        # → # ReLU → #        conv #×#: #, # ReLU → #  LSTM # → #
            memory           none                     none                     h and c, # numbers
            weight sharing   none                     over positions           over time
            uses per weight  #                      #                     #
            parameters       #                    #                    #
            multiply-adds    #                    #                   #
            learning rate    #                    #                    #
            training time    # s                   # s                   # s
            accuracy         # % ± #             # % ± #             # % ± #
            """.Replace(" ", "", StringComparison.Ordinal),
            Number().Replace(run.Output.Split("For this data")[0].Split("Not to be")[0], "#").TrimEnd('\n').Replace(" ", "", StringComparison.Ordinal));
        Assert.All(run.Output.Split('\n'), line => Assert.InRange(line.Length, 0, 100));
        Assert.EndsWith("no family is best everywhere.\n", run.Output, StringComparison.Ordinal);
        Assert.StartsWith("digits: drawn by seed 1, ", run.Error, StringComparison.Ordinal);
        Assert.Equal(9, Regex.Count(run.Error, @"^(ANN|CNN|RNN)  learning rate 0\.\d+  validation \d+\.\d %", RegexOptions.Multiline));
    }

    [Fact]
    public void Json_fits_the_schema_and_holds_equal_sizes()
    {
        var run = Digits("--json");
        Assert.Equal(0, run.Code);
        Assert.Empty(Schema.Of("compare").Errors(run.Output));
        var fields = JsonNode.Parse(run.Output)!;
        Assert.Equal((1, 2), ((int)fields["epochs"]!, (int)fields["seeds"]!));
        Assert.Equal([3000, 1000, 2000], Samples(fields));
        long[] parameters = [.. Networks(fields).Select(network => (long)network["parameters"]!)];
        Assert.InRange(parameters.Max(), parameters.Min(), 1.1 * parameters.Min());
        foreach (var network in Networks(fields))
        {
            double[] scores = [.. network["scores"]!.AsArray().Select(score => (double)score!)];
            Assert.Equal(2, scores.Length);
            Assert.Equal(scores.Average(), (double)network["mean"]!, 1e-12);
            var rates = network["learningRates"]!.AsArray();
            var chosen = rates.Single(rate => (double)rate!["learningRate"]! == (double)network["learningRate"]!)!;
            Assert.Equal(rates.Max(rate => (double)rate!["validation"]!), (double)chosen["validation"]!);
        }
    }

    [Fact]
    public void A_document_with_a_wrong_field_does_not_fit_the_schema()
    {
        string document = Table("--json").Output;
        var schema = Schema.Of("compare");
        Assert.Empty(schema.Errors(document));
        foreach (var (from, to) in new[]
        {
            ("compare/1", "compare/2"), ("\"ANN\"", "\"MLP\""), ("\"seeds\": 2", "\"seeds\": 1"), ("\"spread\"", "\"deviation\""),
        })
        {
            Assert.Contains(from, document, StringComparison.Ordinal);
            Assert.NotEmpty(schema.Errors(document.Replace(from, to, StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_result_and_another_seed_another_under_every_culture()
    {
        string first = WithoutTime(Table("--json", "--seed", "7"));
        Assert.Equal(first, WithoutTime(TestCulture.UnderComma(() => Table("--json", "--seed", "7"))));
        Assert.NotEqual(first, WithoutTime(Table("--json", "--seed", "8")));
        Assert.Equal(WithoutTime(Table()), WithoutTime(TestCulture.UnderComma(() => Table())));
    }

    [Fact]
    public void A_table_is_read_with_its_columns_in_a_row()
    {
        var run = Table("--json");
        var fields = JsonNode.Parse(run.Output)!;
        Assert.Equal(["4 numbers in no order", "4 columns side by side", "4 columns in turn"], Networks(fields).Select(network => (string?)network["reads"]));
        Assert.Equal([38, 10, 12], Samples(fields));
        Assert.Contains("columns: the CNN slides along them and the RNN reads them one by one", run.Error, StringComparison.Ordinal);
        Assert.Contains("validation: 10 of the 48 samples that would train\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_is_predicted_in_its_unit()
    {
        string path = Flowers.Write(folder, "plane.csv", "a,b,c,y\n" + string.Concat(Enumerable.Range(0, 80).Select(i =>
            FormattableString.Invariant($"{i % 7},{i % 5},{i % 3},{100 * (i % 7) + 50 * (i % 5) + 1000.5}\n"))));
        var run = Run.Of("compare", path, "--target", "y", "--seeds", "2", "--json");
        Assert.Empty(Schema.Of("compare").Errors(run.Output));
        var fields = JsonNode.Parse(run.Output)!;
        Assert.Equal("rmse", (string?)fields["score"]);
        Assert.InRange((double)fields["baseline"]!, 100, 400);
        Assert.All(Networks(fields), network => Assert.InRange((double)network["mean"]!, 0, 0.5 * (double)fields["baseline"]!));
        Assert.Matches(@"RMSE  +\d+\.\d+ ± \d", Run.Of("compare", path, "--target", "y", "--seeds", "2", "--epochs", "3").Output);
    }

    [Fact]
    public void A_folder_of_pictures_is_compared_on_its_own_test_part()
    {
        Pictures.Write(folder, "train", 40);
        Pictures.Write(folder, "t10k", 10);
        var fields = JsonNode.Parse(Run.Of("compare", folder.Path, "--parameters", "2000", "--epochs", "2", "--json").Output)!;
        Assert.Equal([32, 8, 10], Samples(fields));
        Assert.Equal("12 rows of 12 in turn", (string?)Networks(fields).Last()["reads"]);
    }

    [Fact]
    public void Markdown_has_a_table_of_four_columns()
    {
        string text = Table("--format", "markdown").Output;
        Assert.Contains("\n|  | ANN | CNN | RNN (LSTM) |\n|---|---|---|---|\n| made for |", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n').Where(line => line.StartsWith('|')), line => Assert.Equal(5, line.Count(letter => letter == '|')));
        Assert.EndsWith("\n- Other data, sizes or epochs may turn the order round: no family is best everywhere.\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void On_a_terminal_a_bar_shows_how_far_it_is()
    {
        var run = Run.OnTerminal(100, "compare", Flowers.Write(folder), "--target", "kind", "--epochs", "3", "--seeds", "2");
        Assert.Equal(0, run.Code);
        Assert.Matches(@"(ANN|CNN|RNN)  learning rate 0\.\d+  seed [12]", run.Error);
        Assert.DoesNotMatch(@"learning rate 0\.\d+  validation", run.Error);
        Assert.Contains("\naccuracy ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Interrupted_it_writes_nothing()
    {
        var run = Run.Of(new CancellationToken(canceled: true), "compare", "--epochs", "1");
        Assert.Equal((130, ""), (run.Code, run.Output));
    }

    [Theory]
    [InlineData("nothing.csv: there is no such file or folder", "nothing.csv")]
    [InlineData("--target says how DATA are read, and none came; name a CSV or TSV file, or a folder of pictures", "--target", "x")]
    [InlineData("--scale says how DATA are read, and none came; name a CSV or TSV file, or a folder of pictures", "--scale", "none")]
    [InlineData("generated digits: 100 parameters came; the narrowest ANN for this data has 277, so more are needed", "--parameters", "100")]
    [InlineData("--seeds: '1' came; a whole number from 2 on is needed", "--seeds", "1")]
    [InlineData("there is no option '--epoch'; did you mean --epochs?", "--epoch", "1")]
    [InlineData("--format: 'csv' came; text, json or markdown is needed", "--format", "csv")]
    [InlineData("--json and --format markdown contradict each other; leave one out", "--format", "markdown", "--json")]
    public void Wrong_words_are_answered_in_one_line(string said, params string[] options) =>
        Assert.Equal($"backprop: {said}", Run.Of(["compare", .. options]).Refusal);

    [Fact]
    public void Data_on_which_nothing_can_be_compared_are_refused()
    {
        string narrow = Flowers.Line(folder);
        Assert.Equal(
            $"backprop: {narrow}: Comparison: samples of [1] came; a convolution and a sequence need rows of at least 3 numbers " +
            "or pictures [C, H, W] of at least 4×4 pixels",
            Run.Of("compare", narrow, "--target", "y").Refusal);
        string few = Flowers.Write(folder, "few.csv", "a,b,c,kind\n1,2,3,x\n3,4,5,x\n5,6,7,y\n");
        Assert.Contains("no validation part can be taken from what trains", Run.Of("compare", few, "--target", "kind").Refusal, StringComparison.Ordinal);
        Assert.EndsWith(
            "--target is missing, the column to predict; there are length, width, colour, kind", Run.Of("compare", Flowers.Write(folder)).Refusal, StringComparison.Ordinal);
    }

    private static IEnumerable<JsonNode> Networks(JsonNode fields) => fields["networks"]!.AsArray().Select(network => network!);

    private static IEnumerable<int> Samples(JsonNode fields) =>
        new[] { "trainSamples", "validationSamples", "testSamples" }.Select(name => (int)fields["data"]![name]!);

    private static string WithoutTime(Run run) => Time().Replace(run.Output, "");

    [GeneratedRegex(@"\d(?:[\d.,]*\d)?")]
    private static partial Regex Number();

    [GeneratedRegex(@"""seconds"": .*|training time.*")]
    private static partial Regex Time();
}
