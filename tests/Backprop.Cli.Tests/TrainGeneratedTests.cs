using System.Globalization;
using System.Text.Json.Nodes;
using Backprop.Cli.Data;

namespace Backprop.Cli.Tests;

public sealed class TrainGeneratedTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static JsonNode Json(Run run) => run.Code == 0 ? JsonNode.Parse(run.Output)! : throw new InvalidOperationException(run.Error);

    [Theory]
    [InlineData("xor", 4, 4)]
    [InlineData("moons", 400, 100)]
    [InlineData("circles", 400, 100)]
    [InlineData("spirals", 480, 120)]
    [InlineData("blobs", 400, 100)]
    public void Classes_of_points_are_told_apart(string name, int train, int test)
    {
        var run = Run.Of("train", name, "--json", "--save", folder["model"]);
        var result = Json(run);
        Assert.Empty(Schema.Of("train").Errors(run.Output));
        Assert.Equal((train, test), ((int)result["trainSamples"]!, (int)result["testSamples"]!));
        Assert.InRange((double)result["testAccuracy"]!, 0.95, 1);
        // Others, drawn in the same way: points close by may fall to the wrong side.
        Assert.InRange((double)Json(Run.Of("predict", folder["model"], name, "--json"))["accuracy"]!, 0.93, 1);
        Assert.Equal((double)result["testAccuracy"]!, (double)Json(Run.Of("evaluate", folder["model"], "--json"))["accuracy"]!);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_seed_learns_exclusive_or(int seed) =>
        Assert.Equal(1, (double)Json(Run.Of("train", "xor", "--seed", seed.ToString(CultureInfo.InvariantCulture), "--json"))["testAccuracy"]!);

    [Fact]
    public void A_sine_is_learnt_to_within_its_noise()
    {
        double rmse = (double)Json(Run.Of("train", "sine", "--noise", "0.05", "--samples", "1000", "--json", "--save", folder["model"]))["testRmse"]!;
        Assert.InRange(rmse, 0.04, 0.08);
        string csv = Run.Of("predict", folder["model"], Flowers.Write(folder, "x.csv", "x\n0\n1.5707963\n-1.5707963\n")).Output;
        double[] said = [.. csv.TrimEnd('\n').Split('\n')[1..].Select(line => double.Parse(line.Split(',')[1], CultureInfo.InvariantCulture))];
        Assert.Equal([0.0, 1, -1], said.Select(value => Math.Round(value / 0.2) * 0.2));
    }

    [Fact]
    public void Without_data_digits_are_drawn()
    {
        string[] few = ["--samples", "300", "--epochs", "3", "--json"];
        var run = Run.Of(["train", .. few, "--save", folder["model"]]);
        Assert.StartsWith("data: digits, 300 pictures drawn by seed 1, noise 0.2; classes: 0, 1, 2, 3, 4, 5, 6, 7, 8, 9\npictures: [1, 16, 16] ", run.Error, StringComparison.Ordinal);
        Assert.Equal((240, 60), ((int)Json(run)["trainSamples"]!, (int)Json(run)["testSamples"]!));
        Assert.Equal((string)Json(run)["weights"]!, (string)Json(Run.Of(["train", "digits", .. few]))["weights"]!);
        Assert.Equal(2000, Json(Run.Of("predict", folder["model"], "digits", "--json"))["predictions"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("lenet")]
    [InlineData("gru")]
    public void Digits_suit_the_networks_of_pictures(string model)
    {
        Assert.Equal(0, Run.Of("train", "digits", "--model", model, "--samples", "40", "--epochs", "1", "--augment", "shift=1", "--save", folder["model"]).Code);
        Assert.Equal(0, Run.Of("predict", folder["model"], "digits").Code);
    }

    [Fact]
    public void Every_rule_is_said_as_it_is_applied() =>
        Assert.Equal(
            [
                "data: blobs, 90 points drawn by seed 4, noise 0.5; classes: 1, 2, 3",
                "hold-out: 18 of 90 points for the test, drawn by seed 4, each class by its share",
                "inputs: x and y; brought into 0 … 1 by least and most of the training part",
            ],
            Run.Of("train", "blobs", "--samples", "90", "--noise", "0.5", "--seed", "4", "--scale", "min-max", "--epochs", "1").Error.Split('\n')[..3]);

    [Fact]
    public void A_table_of_points_is_predicted()
    {
        Assert.Equal(0, Run.Of("train", "circles", "--save", folder["model"]).Code);
        var run = Run.Of("predict", folder["model"], Flowers.Write(folder, "points.csv", "name,y,x\na,0,1\nb,0.1,0.5\n"));
        Assert.Equal(["outer", "inner"], run.Output.TrimEnd('\n').Split('\n')[1..].Select(line => line.Split(',')[1]));
    }

    [Theory]
    [InlineData("moons", "--noise", "0.2")]
    [InlineData("digits", "--samples", "100")]
    [InlineData("xor", "--scale", "none")]
    [InlineData("sine", "--samples", "50")]
    public void Stopped_and_resumed_comes_to_the_same_weights_as_never_stopped(string name, string option, string value)
    {
        string whole = (string)Json(Run.Of("train", name, "--epochs", "6", option, value, "--json"))["weights"]!;
        Assert.Equal(0, Run.Of("train", name, "--epochs", "2", option, value, "--checkpoint", folder["run"]).Code);
        Assert.Equal(whole, (string)Json(Run.Of("train", name, "--checkpoint", folder["run"], "--resume", "--epochs", "6", "--json"))["weights"]!);
    }

    [Fact]
    public void A_file_of_that_name_wins()
    {
        string file = Flowers.Write(folder, "moons", "a,b\n1,0\n2,1\n3,0\n4,1\n5,0\n6,1\n");
        Assert.Null(GeneratedKind.Of(file));
        Assert.NotNull(GeneratedKind.Of("moons"));
        Assert.Contains("task: classification, because column 'b' holds", Run.Of("train", file, "--target", "b", "--epochs", "1").Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("moon: there is no such file or folder; did you mean moons, which the program draws?", "moon")]
    [InlineData("nothing.csv: there is no such file or folder", "nothing.csv")]
    [InlineData("--window belongs to a time series; moons is data that the program draws", "moons", "--window", "3")]
    [InlineData("--augment belongs to pictures; moons has points", "moons", "--augment", "shift=1")]
    [InlineData("--noise: xor has four points, which train and test as they are; leave the option out", "xor", "--noise", "1")]
    [InlineData("--samples: xor has four points, which train and test as they are; leave the option out", "xor", "--samples", "9")]
    [InlineData("--holdout: xor has four points, which train and test as they are; leave the option out", "xor", "--holdout", "0.5")]
    [InlineData("--samples: '1' came; a whole number from 2 on is needed", "moons", "--samples", "1")]
    [InlineData("--noise: 'much' came; a number from 0 on is needed", "moons", "--noise", "much")]
    [InlineData("Shape: [100000000, 1, 16, 16] has more than the 2147483591 elements that a tensor can hold", "digits", "--samples", "100000000")]
    public void What_does_not_suit_is_refused(string message, params string[] words) =>
        Assert.Equal($"backprop: {message}", Run.Of(["train", .. words]).Refusal);

    [Fact]
    public void Samples_and_noise_belong_to_drawn_data() =>
        Assert.EndsWith(
            "line.csv is a table", Run.Of("train", Flowers.Line(folder), "--target", "y", "--noise", "1").Refusal, StringComparison.Ordinal);

    [Fact]
    public void A_model_of_other_data_is_refused()
    {
        Run.Of("train", "moons", "--epochs", "1", "--save", folder["model"]);
        foreach (string name in new[] { "digits", "circles", "sine" })
            Assert.Equal($"backprop: {name}: {folder["model"]} was not trained on such data", Run.Of("predict", folder["model"], name).Refusal);
        Assert.Equal(
            $"backprop: mons: there is no such file or folder; did you mean moons, which the program draws?", Run.Of("predict", folder["model"], "mons").Refusal);
    }
}
