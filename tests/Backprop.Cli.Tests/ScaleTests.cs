using System.Text.Json.Nodes;
using Backprop.Data;
using Backprop.Saving;

namespace Backprop.Cli.Tests;

public sealed class ScaleTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("standard", "standardised by mean and deviation of the training part")]
    [InlineData("min-max", "brought into 0 … 1 by least and most of the training part")]
    [InlineData("none", "taken as they are")]
    public void A_table_says_what_happens_to_its_numbers_and_its_model_does_the_same_to_later_ones(string scale, string said)
    {
        string data = Flowers.Line(folder), model = folder["model"];
        var run = Run.Of("train", data, "--target", "y", "--scale", scale, "--epochs", "300", "--holdout", "0.5", "--json", "--save", model);
        Assert.Contains($"inputs: 1, from 1 column; {said}\n", run.Error, StringComparison.Ordinal);
        double trained = (double)JsonNode.Parse(run.Output)!["testRmse"]!;
        var predicted = JsonNode.Parse(Run.Of("predict", model, data, "--json").Output)!;
        // In the unit of the target under every scale: the numbers go from 100 to 119.5.
        Assert.InRange((double)predicted["rmse"]!, trained / 3, trained * 3);
        Assert.InRange(trained, 0, 4);
        var saved = SavedModel<float>.Load(model);
        Assert.Equal(scale switch { "standard" => 2, "min-max" => 2, _ => 0 }, saved.InputTransforms.Count + saved.TargetTransforms.Count);
        Assert.All(saved.TargetTransforms, transform => Assert.IsType(scale == "standard" ? typeof(Standardizer) : typeof(MinMaxScaler), transform));
    }

    [Theory]
    [InlineData("min-max", @"\npixels: brought into 0 … 1 by the training part, least \d+(\.\d+)?, most \d+(\.\d+)?\n")]
    [InlineData("none", @"\npixels: taken as they are\n")]
    public void Pictures_are_scaled_as_asked_for(string scale, string said)
    {
        Pictures.Write(folder, "train", 40);
        string model = folder["model"];
        Assert.Matches(said, Run.Of("train", folder.Path, "--scale", scale, "--epochs", "10", "--batch", "8", "--save", model).Error);
        Assert.Equal(1, (double)JsonNode.Parse(Run.Of("predict", model, folder.Path, "--json").Output)!["accuracy"]!);
    }

    [Fact]
    public void A_resumed_training_keeps_its_scale()
    {
        string data = Flowers.Line(folder), run = folder["run"];
        string whole = Weights(Run.Of("train", data, "--target", "y", "--scale", "min-max", "--epochs", "4", "--json"));
        Run.Of("train", data, "--target", "y", "--scale", "min-max", "--epochs", "2", "--checkpoint", run);
        Assert.Equal(whole, Weights(Run.Of("train", data, "--checkpoint", run, "--resume", "--epochs", "4", "--json")));
        Assert.Contains("--scale none: the training in", Run.Of("train", data, "--checkpoint", run, "--resume", "--scale", "none").Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_scale_is_refused() => Assert.Equal(
        "backprop: --scale: 'minmax' came; standard, min-max or none is needed; did you mean min-max?",
        Run.Of("train", Flowers.Line(folder), "--target", "y", "--scale", "minmax").Refusal);

    private static string Weights(Run run) => (string)JsonNode.Parse(run.Output)!["weights"]!;
}
