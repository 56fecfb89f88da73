using System.Text.Json.Nodes;

namespace Backprop.Cli.Tests;

public sealed class TrainPicturesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private Run Train(params string[] options) => Run.Of(["train", folder.Path, .. options]);

    [Theory]
    [InlineData("mlp", "flatten, linear 128, relu, linear 2")]
    [InlineData("lenet", "conv2d 6, tanh, average_pool2d, conv2d 16, tanh, average_pool2d, flatten, linear 120, tanh, linear 84, tanh, linear 2")]
    [InlineData("rnn", "rnn 128, linear 2")]
    public void Every_network_learns_pictures(string model, string layers)
    {
        Pictures.Write(folder, "train", 40);
        Pictures.Write(folder, "t10k", 10, gzip: true);
        var run = Train("--model", model, "--epochs", "20", "--batch", "8", "--json");
        Assert.Equal(0, run.Code);
        Assert.Equal(1, (double?)JsonNode.Parse(run.Output)!["testAccuracy"]);
        Assert.Contains($"network: {layers}, ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_rule_is_said_as_it_is_applied()
    {
        Pictures.Write(folder, "train", 40);
        Pictures.Write(folder, "t10k", 10);
        string[] notes = Train("--epochs", "1", "--threads", "2").Error.Split('\n');
        Assert.Equal("pictures: [1, 12, 12] (channels, height, width), 2 classes", notes[0]);
        Assert.Equal("test part: the data's own, 10 pictures beside 40 that train", notes[1]);
        Assert.Matches(@"^pixels: standardised by the training part, mean \d+\.?\d*, deviation \d+\.?\d*$", notes[2]);
        Assert.Equal("training: adam, learning rate 0.001, batch 64, 1 epoch, seed 1, 2 threads", notes[4]);
    }

    [Fact]
    public void Without_a_test_part_some_pictures_are_held_out()
    {
        Pictures.Write(folder, "train", 40);
        var run = Train("--epochs", "1", "--holdout", "0.25", "--json");
        Assert.Contains("hold-out: 10 of 40 pictures for the test, drawn by seed 1, each class by its share", run.Error, StringComparison.Ordinal);
        Assert.Equal(30, (int?)JsonNode.Parse(run.Output)!["trainSamples"]);
    }

    [Theory]
    [InlineData("--target", "x", "--target belongs to a table or a time series; FOLDER is a folder of pictures, whose labels are the classes")]
    [InlineData("--size", "9x9", "--size belongs to a folder of pictures by class; FOLDER is a folder of pictures, whose labels are the classes")]
    [InlineData("--header", "no", "--header belongs to a table or a time series; FOLDER is a folder of pictures, whose labels are the classes")]
    [InlineData("--ignore", "x", "--ignore belongs to a table or a time series; FOLDER is a folder of pictures, whose labels are the classes")]
    [InlineData("--task", "regression", "--task belongs to a file of NumPy's arrays or a table; FOLDER is a folder of pictures, whose labels are the classes")]
    [InlineData("--holdout", "0.5", "--holdout: FOLDER has a test part of its own, t10k-…; leave the option out")]
    public void An_option_that_does_not_suit_pictures_is_refused(string option, string value, string message)
    {
        Pictures.Write(folder, "train", 4);
        Pictures.Write(folder, "t10k", 4);
        Assert.Equal($"backprop: {message.Replace("FOLDER", folder.Path, StringComparison.Ordinal)}", Train(option, value).Refusal);
    }

    [Theory]
    [InlineData("lenet", "3", "--hidden: LeNet-5's layers are given; leave the option out, or take --model mlp")]
    [InlineData("rnn", "3,4", "--hidden: a recurrent network has one layer here; give one size")]
    public void Hidden_layers_must_suit_the_network(string model, string hidden, string message)
    {
        Pictures.Write(folder, "train", 4);
        Assert.Equal($"backprop: {message}", Train("--model", model, "--hidden", hidden).Refusal);
    }

    [Fact]
    public void Lenet_refuses_small_pictures()
    {
        Pictures.Write(folder, "train", 4, side: 8);
        Assert.Equal($"backprop: --model lenet needs pictures of 12×12 pixels or more; those in {folder.Path} have 8×8", Train("--model", "lenet").Refusal);
    }

    [Fact]
    public void A_length_that_contradicts_its_header_is_refused()
    {
        Pictures.Write(folder, "train", 4);
        string images = folder.Write("train-images-idx3-ubyte", Pictures.Images(4, 12)[..^1]);
        Assert.Equal($"backprop: {images}: its header says [4, 12, 12], 576 bytes of numbers; 575 came: it is cut off", Train().Refusal);
    }

    [Fact]
    public void Labels_that_do_not_match_are_refused()
    {
        Pictures.Write(folder, "train", 4);
        string labels = folder.Write("train-labels-idx1-ubyte", Pictures.Labels(3));
        Assert.StartsWith($"backprop: {labels}: it holds [3] labels", Train().Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_pictures_is_refused() =>
        Assert.StartsWith($"backprop: {folder.Path}: there are no pictures in it; PNG, JPEG or BMP files in a sub-folder for each class", Train().Refusal, StringComparison.Ordinal);
}
