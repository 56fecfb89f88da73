using System.Globalization;
using System.Text.Json.Nodes;
using Backprop.Saving;
using Backprop.Training;

namespace Backprop.Cli.Tests;

public sealed class EvaluateTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Data => folder["Blüten daten.csv"];

    private (string Model, JsonObject Trained) Flower(int epochs, params string[] options)
    {
        var run = Run.Of(["train", Flowers.Write(folder), "--target", "kind", "--epochs", $"{epochs}", "--save", folder["model"], "--force", "--json", .. options]);
        Assert.Equal(0, run.Code);
        return (folder["model"], JsonNode.Parse(run.Output)!.AsObject());
    }

    private static JsonObject Json(params string[] words)
    {
        var run = Run.Of(["evaluate", .. words, "--json"]);
        Assert.Equal((0, true), (run.Code, run.Output.StartsWith('{')));
        Assert.Empty(Schema.Of("evaluate").Errors(run.Output));
        return JsonNode.Parse(run.Output)!.AsObject();
    }

    [Theory]
    [InlineData("--seed", "3")]
    [InlineData("--holdout", "0.4")]
    [InlineData("--patience", "2")]
    [InlineData("--ignore", "width")]
    public void The_data_that_trained_are_parted_as_in_training(string option, string value)
    {
        var (model, trained) = Flower(8, option, value);
        var said = Json(model, Data);
        Assert.Equal("test", (string?)said["part"]);
        Assert.Equal((int)trained["testSamples"]!, (int)said["samples"]!);
        Assert.Equal((double)trained["testLoss"]!, (double)said["loss"]!, 1e-12);
        Assert.Equal((double)trained["testAccuracy"]!, (double)said["accuracy"]!);
        Assert.Equal((int)trained["trainSamples"]!, (int)Json(model, Data, "--part", "train")["samples"]!);
        Assert.Equal(60, (int)Json(model, Data, "--part", "all")["samples"]!);
    }

    [Fact]
    public void Data_need_not_be_named_again()
    {
        var (model, _) = Flower(8);
        var run = Run.Of("evaluate", model);
        Assert.Equal(Run.Of("evaluate", model, Data).Output, run.Output);
        Assert.Equal($"data: these trained {model}; taken is the test part, 12 samples that training never saw (--part all takes every one)\n", run.Error);
    }

    [Fact]
    public void Text_shows_figures_classes_and_who_was_taken_for_whom()
    {
        var (model, _) = Flower(60);
        string other = Flowers.Write(folder, "other.csv", "length,width,colour,kind\n0,2,weiß,A\n0,2,weiß,A\n1,1,rot,B\n2,0,rot,C\n2,0,rot,B\n");
        string loss = ((double)Json(model, other)["loss"]!).ToString("G6", CultureInfo.InvariantCulture);
        Assert.Equal(
            $"""
            data           {other}: 5 samples
            loss           {loss}
            accuracy       0.8, 4 of 5
            baseline       0.4, always saying A
            macro F1       0.777778

            class          precision  recall  F1      samples
            A              1.0000     1.0000  1.0000  2
            B              1.0000     0.5000  0.6667  2
            C              0.5000     1.0000  0.6667  1
            macro mean     0.8333     0.8333  0.7778
            weighted mean  0.9000     0.8000  0.8000  5

            right \ said  A  B  C
            A             2  0  0
            B             0  1  1
            C             0  0  1

            """, Run.Of("evaluate", model, other).Output);
    }

    [Fact]
    public void Json_has_every_count()
    {
        var (model, _) = Flower(60);
        string other = Flowers.Write(folder, "other.csv", "length,width,colour,kind\n0,2,weiß,A\n1,1,rot,B\n2,0,rot,B\n");
        var said = Json(model, other);
        Assert.Equal(("classification", "all", 3), ((string?)said["task"], (string?)said["part"], (int)said["samples"]!));
        Assert.Equal("[[1,0,0],[0,1,1],[0,0,0]]", said["confusion"]!.ToJsonString());
        Assert.Equal("""[{"right":"B","said":"C","count":1}]""", said["mistakes"]!.ToJsonString());
        Assert.Equal("""{"name":"C","precision":0,"recall":0,"f1":0,"support":0,"said":1}""", said["classes"]![2]!.ToJsonString());
        Assert.Null(said["rmse"]);
    }

    [Fact]
    public void Numbers_are_judged_in_their_unit()
    {
        var run = Run.Of("train", Flowers.Line(folder), "--target", "y", "--epochs", "100", "--save", folder["line"], "--json");
        var trained = JsonNode.Parse(run.Output)!.AsObject();
        var said = Json(folder["line"]);
        Assert.Equal((double)trained["testRmse"]!, (double)said["rmse"]!, 1e-4);
        Assert.InRange((double)said["r2"]!, 0.9, 1);
        double ratio = (double)said["rmse"]! / (double)said["meanRmse"]!;
        Assert.Equal(1 - ratio * ratio, (double)said["r2"]!, 1e-9);
        Assert.Null(said["accuracy"]);
        Assert.Matches(
            @"^data +.+line\.csv, test part: 8 samples that training never saw\nloss +\S+\nRMSE +\S+\nMAE +\S+\nR² +0\.9\d*\nbaseline +\S+, the RMSE of always saying the mean\n$",
            Run.Of("evaluate", folder["line"]).Output);
    }

    [Fact]
    public void A_forecast_is_held_against_the_number_read_last()
    {
        string data = Flowers.Write(folder, "series.csv", "t\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{100 + i % 4}\n")));
        var run = Run.Of("train", data, "--target", "t", "--window", "4", "--epochs", "20", "--save", folder["series"], "--json");
        var said = Json(folder["series"]);
        Assert.Equal((double)JsonNode.Parse(run.Output)!["testRmse"]!, (double)said["rmse"]!, 1e-4);
        // Of four steps three are +1 and one is −3; the last seven hold 101 … 103 after 100: 1 1 −3 1 1 1 −3.
        Assert.Equal(7, (int)said["samples"]!);
        int[] steps = [.. Enumerable.Range(33, 7).Select(i => i % 4 - (i - 1) % 4)];
        Assert.Equal(Math.Sqrt(steps.Average(step => step * step)), (double)said["naiveRmse"]!, 1e-4);
        Assert.Matches(@"\nbaseline +1\.\d+, the RMSE of saying the number read last\n$", Run.Of("evaluate", folder["series"]).Output);
        // Of rows still to come nobody knows what is right.
        Assert.Equal(36, (int)Json(folder["series"], data, "--part", "all")["samples"]!);
    }

    [Fact]
    public void What_trained_and_tested_is_not_said_to_be_new()
    {
        Assert.Equal(0, Run.Of("train", "xor", "--epochs", "2", "--save", folder["xor"]).Code);
        Assert.StartsWith("data           xor, test part: 4 samples that trained\n", Run.Of("evaluate", folder["xor"]).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mlp")]
    [InlineData("lstm")]
    public void Pictures_are_judged_by_the_folder_s_own_test_part_or_by_what_was_held_out(string network)
    {
        Pictures.Write(folder, "train", 20);
        Assert.Equal(0, Run.Of("train", folder.Path, "--model", network, "--epochs", "2", "--save", folder["held"]).Code);
        Assert.Equal(("test", 4), Of(folder["held"]));
        Pictures.Write(folder, "t10k", 6);
        Assert.Equal(0, Run.Of("train", folder.Path, "--model", network, "--epochs", "2", "--save", folder["own"]).Code);
        Assert.Equal(("test", 6), Of(folder["own"]));

        (string?, int) Of(string model) => Json(model, folder.Path) is var said ? ((string?)said["part"], (int)said["samples"]!) : default;
    }

    [Fact]
    public void Many_classes_are_shown_as_the_pairs_that_were_confused()
    {
        string rows = string.Concat(Enumerable.Range(0, 160).Select(i => string.Create(CultureInfo.InvariantCulture, $"{(i * 37 % 100) / 10.0},class number {i % 40}\n")));
        Assert.Equal(0, Run.Of("train", Flowers.Write(folder, "many.csv", $"x,kind\n{rows}"), "--target", "kind", "--epochs", "1", "--save", folder["many"]).Code);
        string text = Run.Of("evaluate", folder["many"], "--part", "all").Output;
        Assert.Matches(@"\nmost confused +said +times\nclass number \d+ +class number \d+ +\d+\n", text);
        Assert.Matches(@"\n\d+ further pairs +\d+\n$", text);
        Assert.DoesNotContain("right \\ said", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, 100));
    }

    [Fact]
    public void Data_without_what_is_right_are_refused()
    {
        var (model, _) = Flower(8);
        string bare = Flowers.Write(folder, "bare.csv", "length,width,colour\n0,2,weiß\n");
        Assert.Equal(
            $"backprop: {bare}: what is right for its samples is missing; the column or the labels that trained {model} are needed",
            Run.Of("evaluate", model, bare).Refusal);
    }

    [Fact]
    public void Other_data_have_no_test_part()
    {
        var (model, _) = Flower(8);
        string other = Flowers.Write(folder, "other.csv", "length,width,colour,kind\n0,2,weiß,A\n");
        Assert.Equal(
            $"backprop: --part test: {other} is not what trained {model}, {Data} as it was then; leave the option out to take every sample",
            Run.Of("evaluate", model, other, "--part", "test").Refusal);
        File.AppendAllText(Data, "0,2,weiß,A\n");
        Assert.Equal(("all", 61), Json(model, Data) is var said ? ((string?)said["part"], (int)said["samples"]!) : default);
        string changed = $"data: {Data} is not as it was when it trained {model}, so its test part is unknown; taken are all samples, and some may have trained it\n";
        Assert.StartsWith(changed, Run.Of("evaluate", model).Error, StringComparison.Ordinal);
        Assert.DoesNotContain("is not as it was", Run.Of("evaluate", model, other).Error, StringComparison.Ordinal);
        Assert.StartsWith($"backprop: --part train: {Data} is not what trained", Run.Of("evaluate", model, Data, "--part", "train").Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_does_not_say_how_it_was_trained_is_judged_by_all()
    {
        var (model, _) = Flower(8);
        var saved = SavedModel<float>.Load(model);
        var plain = new SavedModel<float>(saved.Model, saved.Input)
        {
            ClassNames = saved.ClassNames,
            InputTransforms = saved.InputTransforms,
            Notes = saved.Notes.Where(note => note.Key != TrainingRecord.Key).ToDictionary(),
        };
        plain.Save(folder["plain"]);
        Assert.Equal(("all", 60), Json(folder["plain"], Data) is var said ? ((string?)said["part"], (int)said["samples"]!) : default);
        Assert.Equal($"backprop: DATA is missing, and {folder["plain"]} does not say what trained it", Run.Of("evaluate", folder["plain"]).Refusal);
        Assert.Equal(
            $"backprop: --part test: {folder["plain"]} does not say how it was trained, so its parts are unknown; --part all takes every sample",
            Run.Of("evaluate", folder["plain"], Data, "--part", "test").Refusal);
    }

    [Fact]
    public void Wrong_words_are_answered_in_one_line()
    {
        var (model, _) = Flower(8);
        Assert.Equal($"backprop: {folder["none"]}: there is no such file", Run.Of("evaluate", folder["none"]).Refusal);
        Assert.Equal($"backprop: {folder["none"]}: there is no such file or folder", Run.Of("evaluate", model, folder["none"]).Refusal);
        Assert.Equal("backprop: --part: 'tset' came; test, train or all is needed; did you mean test?", Run.Of("evaluate", model, "--part", "tset").Refusal);
        Assert.Equal("backprop: MODEL is missing; backprop evaluate --help lists what there is", Run.Of("evaluate").Refusal);
        Assert.StartsWith($"backprop: {Data}: ", Run.Of("evaluate", Data, model).Refusal, StringComparison.Ordinal);
        File.Delete(Data);
        Assert.Equal($"backprop: {Data}: there is no such file or folder", Run.Of("evaluate", model).Refusal);
    }

    [Fact]
    public void A_resumed_training_leaves_the_same_model_file_as_one_that_never_stopped()
    {
        string data = Flowers.Write(folder);
        Run.Of("train", data, "--target", "kind", "--epochs", "6", "--save", folder["whole"]);
        Run.Of("train", data, "--target", "kind", "--epochs", "3", "--checkpoint", folder["run"]);
        Assert.Equal(0, Run.Of("train", data, "--checkpoint", folder["run"], "--resume", "--epochs", "6", "--save", folder["resumed"]).Code);
        Assert.Equal(File.ReadAllBytes(folder["whole"]), File.ReadAllBytes(folder["resumed"]));
        Assert.Equal(6, TrainingRecord.Read(SavedModel<float>.Load(folder["resumed"]).Notes[TrainingRecord.Key], "model").History.Count);
    }
}
