using System.Text.Json.Nodes;

namespace Backprop.Cli.Tests;

public sealed class PictureFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private Run Train(params string[] options) => Run.Of(["train", folder["data"], "--batch", "8", .. options]);

    private string Trained(params string[] options)
    {
        string model = folder["model.safetensors"];
        var run = Train(["--epochs", "20", "--save", model, .. options]);
        Assert.True(run.Code == 0, run.Error);
        return model;
    }

    [Theory]
    [InlineData("mlp", false)]
    [InlineData("lenet", true)]
    [InlineData("gru", false)]
    public void Networks_learn_from_png_files_and_predict_by_their_names(string model, bool colour)
    {
        PictureFiles.Write(folder, "data/train", 40, colour: colour);
        PictureFiles.Write(folder, "data/test", 6, colour: colour);
        string file = Trained("--model", model, "--augment", "shift=1,noise=0.05");

        var predicted = Run.Of("predict", file, folder["data"]);
        Assert.Equal(0, predicted.Code);
        string kind = colour ? "rgb" : "grey";
        Assert.Equal($"data: 6 pictures with their classes, as the model reads them: {kind}, 12×12\naccuracy: 1\n", predicted.Error);
        string[] lines = predicted.Output.Split('\n');
        Assert.Equal("row,file,prediction,p_lower,p_upper", lines[0]);
        Assert.StartsWith("1,test/lower/00.png,lower,0.", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("4,test/upper/01.png,upper,", lines[4], StringComparison.Ordinal);
    }

    [Fact]
    public void Every_rule_is_said_as_it_is_applied()
    {
        PictureFiles.Write(folder, "data", 20, side: 16);
        folder.Write("data/notes.txt", []);
        string[] notes = Train("--epochs", "1", "--size", "12x14", "--colour", "rgb", "--augment", "turn=5,shift=2,flip,noise=0.1,fill=255", "--scale", "none").Error.Split('\n');
        Assert.Equal(
            [
                "passed over: notes.txt",
                "resized: to height 12 and width 14; what has another ratio is stretched",
                "pictures: [3, 12, 14] (channels, height, width), 2 classes",
                "hold-out: 4 of 20 pictures for the test, drawn by seed 1, each class by its share",
                "pixels: taken as they are",
                "augmentation: in training anew each time, one of two mirrored, turned by up to 5°, shifted by up to 2 pixels, noise of deviation 0.1; "
                    + "beyond the edge the pixel 255, for the network 255",
            ],
            notes[..6]);
    }

    [Fact]
    public void One_picture_of_any_size_and_colour_and_a_folder_without_classes_are_predicted()
    {
        PictureFiles.Write(folder, "data", 40);
        string file = Trained();
        string one = folder.Write("one.png", PictureFiles.Png(1, 30, colour: true));
        var run = Run.Of("predict", file, one, "--json");
        Assert.Equal("data: 1 picture, as the model reads them: grey, 12×12\n", run.Error);
        var prediction = JsonNode.Parse(run.Output)!["predictions"]![0]!;
        Assert.Equal(("one.png", "upper"), ((string?)prediction["file"], (string?)prediction["prediction"]));

        folder.Write("flat/b.png", PictureFiles.Png(0, 12));
        folder.Write("flat/a.png", PictureFiles.Png(1, 12));
        Assert.Equal(["a.png,upper", "b.png,lower"], Run.Of("predict", file, folder["flat"]).Output.Split('\n')[1..3].Select(line => string.Join(',', line.Split(',')[1..3])));
    }

    [Fact]
    public void A_model_of_idx_files_predicts_png_files_and_the_other_way_round()
    {
        Pictures.Write(folder, "idx/train", 40);
        PictureFiles.Write(folder, "data", 40);
        string file = folder["idx.safetensors"];
        Assert.Equal(0, Run.Of("train", folder["idx"], "--epochs", "20", "--batch", "8", "--save", file).Code);
        // The IDX files call bright above 0, and the two kinds of files hold the same pixels.
        string one = folder.Write("one.png", PictureFiles.Png(1, 12));
        Assert.StartsWith("1,one.png,0,", Run.Of("predict", file, one).Output.Split('\n')[1], StringComparison.Ordinal);
        string first = Run.Of("predict", Trained(), folder["idx/train-images-idx3-ubyte"]).Output.Split('\n')[1];
        Assert.StartsWith("1,upper,", first, StringComparison.Ordinal);
    }

    [Fact]
    public void A_resumed_training_changes_pictures_as_one_that_never_stopped()
    {
        PictureFiles.Write(folder, "data", 40, side: 14);
        string[] options = ["--size", "12x12", "--augment", "shift=1,turn=5,flip,noise=0.1", "--json"];
        string whole = Weights(Train([.. options, "--epochs", "4"]));
        Train([.. options, "--epochs", "2", "--checkpoint", folder["run"]]);
        var resumed = Run.Of("train", folder["data"], "--checkpoint", folder["run"], "--resume", "--epochs", "4", "--json");
        Assert.Contains("\naugmentation: in training anew each time, one of two mirrored, turned", resumed.Error, StringComparison.Ordinal);
        Assert.Equal(whole, Weights(resumed));
        Assert.NotEqual(whole, Weights(Train("--size", "12x12", "--epochs", "4", "--json")));
        Assert.Equal(
            $"backprop: --augment flip: the training in {folder["run"]} was begun with shift=1,turn=5,flip,noise=0.1; leave the option out, or begin anew in another folder",
            Run.Of("train", folder["data"], "--checkpoint", folder["run"], "--resume", "--augment", "flip").Refusal);
    }

    [Fact]
    public void A_damaged_picture_is_named()
    {
        PictureFiles.Write(folder, "data", 4);
        string file = folder.Write("data/upper/01.png", PictureFiles.Png(1, 12)[..^20]);
        Assert.Equal($"backprop: {file}: it is cut off; fetch or write it again", Train().Refusal);
    }

    [Fact]
    public void Pictures_of_different_sizes_say_which_option_helps()
    {
        PictureFiles.Write(folder, "data", 4);
        folder.Write("data/upper/99.png", PictureFiles.Png(1, 13));
        Assert.EndsWith(
            "99.png: its size is 13×13 (height × width), " + folder["data/lower/00.png"] + " has 12×12; all need one size; let them be resized (--size HEIGHTxWIDTH, in C# PictureForm.Size)", Train().Refusal,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--size", "28", "--size: '28' came; two numbers of pixels from 1 on are needed, as in 28x28")]
    [InlineData("--size", "0x4", "--size: '0x4' came; two numbers of pixels from 1 on are needed, as in 28x28")]
    [InlineData("--colour", "gray", "--colour: 'gray' came; grey or rgb is needed; did you mean grey?")]
    [InlineData("--augment", "shfit=2", "--augment: 'shfit=2' came; shift=PIXELS, turn=DEGREES, flip, noise=DEVIATION and fill=PIXEL are known, as in shift=2,turn=10; did you mean shift?")]
    [InlineData("--augment", "shift", "--augment: 'shift' came; a number is missing, as in shift=1")]
    [InlineData("--augment", "shift=1.5", "--augment: 'shift=1.5' came; it is 1 or more whole pixels")]
    [InlineData("--augment", "turn=-3", "--augment: 'turn=-3' came; it is above 0 and up to 180 degrees")]
    [InlineData("--augment", "noise=x", "--augment: 'noise=x' came; it is a deviation above 0")]
    [InlineData("--augment", "flip=1", "--augment: 'flip=1' came; flip stands alone")]
    [InlineData("--augment", "flip,flip", "--augment: flip came twice; once is enough")]
    [InlineData("--augment", "fill=3", "--augment: 'fill=3' changes nothing; shift=PIXELS, turn=DEGREES, flip, noise=DEVIATION and fill=PIXEL are known, as in shift=2,turn=10")]
    [InlineData("--target", "x", "--target belongs to a table or a time series; DATA is a folder of pictures by class")]
    public void A_wrong_option_is_answered_in_a_line(string option, string value, string message)
    {
        PictureFiles.Write(folder, "data", 4);
        Assert.Equal($"backprop: {message.Replace("DATA", folder["data"], StringComparison.Ordinal)}", Train(option, value).Refusal);
    }

    [Fact]
    public void Options_of_pictures_are_refused_for_tables() => Assert.Matches(
        "^backprop: --augment belongs to .* or a folder of pictures by class .*flowers.csv is a table$", Run.Of("train", Flowers.Write(folder, "flowers.csv"), "--target", "kind", "--augment", "flip").Refusal);

    private static string Weights(Run run)
    {
        Assert.True(run.Code == 0, run.Error);
        return (string)JsonNode.Parse(run.Output)!["weights"]!;
    }
}
