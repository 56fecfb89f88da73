using System.Text.Json.Nodes;
using static Backprop.Tests.NumPyFiles;

namespace Backprop.Cli.Tests;

public sealed class ArrayTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Data => folder["data.npz"];

    private string Model => folder["model.safetensors"];

    private Run Train(params string[] options) => Run.Of(["train", Data, "--batch", "8", .. options]);

    private string[] Notes(params string[] options)
    {
        var run = Train(options);
        Assert.True(run.Code == 0, run.Error);
        return run.Error.Split('\n');
    }

    /// <summary>Pictures [N, 12, 12], bright above where the class is 7 and below where it is 3, with white at a number.</summary>
    private static (byte[] X, byte[] Y) Halves(int count, float white) => (
        Fractions([count, 12, 12], [.. Enumerable.Range(0, count * 144).Select(i => (i % 144 < 72 == (i / 144 % 2 == 0) ? 0.8f : 0.1f) * white + i * 31 % 17 * white / 100)]),
        Whole([.. Enumerable.Range(0, count).Select(i => i % 2 == 0 ? 7L : 3)]));

    /// <summary>Rows of four numbers whose sum less 1 is the target.</summary>
    private static (byte[] X, byte[] Y) Sums(int count)
    {
        float[] numbers = [.. Enumerable.Range(0, 4 * count).Select(i => i * 37 % 101 / 50f)];
        return (Fractions([count, 4], numbers), Fractions([count], [.. numbers.Chunk(4).Select(row => row.Sum() - 1)]));
    }

    [Fact]
    public void Pictures_with_a_test_part_train_and_every_rule_is_said()
    {
        var (train, test) = (Halves(40, 255), Halves(10, 255));
        Npz(Data, ("x_train", train.X), ("y_train", train.Y), ("x_test", test.X), ("y_test", test.Y), ("more", Whole(1)));
        string[] notes = Notes("--epochs", "20", "--model", "lenet", "--augment", "shift=1", "--save", Model);
        Assert.Equal(
            [
                "samples: x_train, pictures; --layout sequences or columns, if they are none",
                "targets: y_train, 2 classes, for they are whole numbers or rows with a single 1 (--task regression takes the numbers)",
                "left out: more",
                "pictures: [1, 12, 12] (channels, height, width), 2 classes",
                "test part: the data's own, 10 pictures beside 40 that train",
            ],
            notes[..5]);
        Assert.StartsWith("augmentation: in training anew each time, shifted by up to 1 pixel; beyond the edge the pixel 0, for the network -", notes[6], StringComparison.Ordinal);
        var evaluated = Run.Of("evaluate", Model);
        Assert.Contains("accuracy       1, 10 of 10\n", evaluated.Output, StringComparison.Ordinal);
        var predicted = Run.Of("predict", Model, Data);
        Assert.Equal("data: 10 samples with their classes\naccuracy: 1\n", predicted.Error);
        Assert.StartsWith("row,prediction,p_3,p_7\n1,7,", predicted.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(255)]
    [InlineData(1)]
    public void A_model_of_arrays_predicts_picture_files_whatever_white_is_in_them(float white)
    {
        var (x, y) = Halves(40, white);
        Npz(Data, ("x", x), ("y", y));
        Notes("--epochs", "20", "--save", Model);
        string above = folder.Write("above.png", PictureFiles.Png(1, 12)), below = folder.Write("below.png", PictureFiles.Png(0, 12));
        Assert.StartsWith("1,above.png,7,", Run.Of("predict", Model, above).Output.Split('\n')[1], StringComparison.Ordinal);
        Assert.StartsWith("1,below.png,3,", Run.Of("predict", Model, below).Output.Split('\n')[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Where_white_is_unknown_picture_files_are_refused()
    {
        var (x, y) = Halves(40, -1);
        Npz(Data, ("x", x), ("y", y));
        Notes("--epochs", "1", "--save", Model);
        Assert.StartsWith(
            $"backprop: {Model}: it was trained on pixels that are neither 0 … 1 nor 0 … 255",
            Run.Of("predict", Model, folder.Write("a.png", PictureFiles.Png(1, 12))).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_train_on_numbers_and_predict_an_array_alone()
    {
        var (x, y) = Sums(100);
        Npz(Data, ("features", x), ("targets", y));
        string[] notes = Notes("--epochs", "60", "--save", Model);
        Assert.Equal(
            [
                "samples: features, columns", "targets: targets, numbers to predict, for they are fractions", "hold-out: 20 of 100 samples for the test, drawn by seed 1",
                "inputs: [4], standardised by mean and deviation of the training part",
            ],
            notes[..4]);
        string alone = folder.Write("new.npy", Fractions([2, 4], 0.5f, 1, 1.5f, 1, 1, 1, 1, 1));
        var predicted = Run.Of("predict", Model, alone, "--json");
        Assert.Equal("data: 2 samples\n", predicted.Error);
        double[] numbers = [.. JsonNode.Parse(predicted.Output)!["predictions"]!.AsArray().Select(prediction => (double)prediction!["prediction"]!)];
        Assert.Equal(3, numbers[0], 0.3);
        Assert.Equal(3, numbers[1], 0.3);
        Assert.Matches(@"R²             0\.9\d+", Run.Of("evaluate", Model).Output);
    }

    [Fact]
    public void Sequences_must_be_asked_for_and_names_can_be_given()
    {
        float[] numbers = [.. Enumerable.Range(0, 60 * 10).Select(i => i * 53 % 97 / 50f - 1 + (i / 10 % 2 == 0 ? 0.7f : -0.7f))];
        Npz(Data, ("signal", Fractions([60, 5, 2], numbers)), ("kind", Whole([.. Enumerable.Range(0, 60).Select(i => i % 2 == 0 ? 1L : -1)])));
        string[] notes = Notes("--inputs", "signal", "--targets", "kind", "--layout", "sequences", "--model", "gru", "--patience", "5", "--epochs", "20", "--save", Model);
        Assert.Equal("samples: signal, sequences, time before columns", notes[0]);
        Assert.Contains(notes, note => note.EndsWith(" on 10 of the 48 samples that train", StringComparison.Ordinal));
        var predicted = Run.Of("predict", Model, Data);
        Assert.Equal("data: 60 samples with their classes", predicted.Error.Split('\n')[0]);
        Assert.Equal("row,prediction,p_-1,p_1", predicted.Output.Split('\n')[0]);
        Npz(Data, ("x", Fractions([3, 5, 2], numbers[..30])));
        Assert.Equal("data: 3 samples\n", Run.Of("predict", Model, Data).Error);
        Npz(Data, ("x", Fractions([5, 3, 2], numbers[..30])));
        Assert.Equal($"backprop: {Data}: its samples are [3, 2]; the model needs [5, 2]", Run.Of("predict", Model, Data).Refusal);
    }

    [Fact]
    public void A_resumed_training_reads_the_arrays_that_it_was_begun_with()
    {
        var (x, y) = Sums(60);
        Npz(Data, ("a", x), ("b", y), ("x", Bytes(4, 2)), ("y", Whole(0, 1, 0, 1)));
        string[] options = ["--inputs", "a", "--targets", "b", "--json"];
        var whole = Train([.. options, "--epochs", "4"]);
        Train([.. options, "--epochs", "2", "--checkpoint", folder["run"]]);
        var resumed = Train("--checkpoint", folder["run"], "--resume", "--epochs", "4", "--json");
        Assert.Contains("samples: a, columns\n", resumed.Error, StringComparison.Ordinal);
        Assert.Equal((string?)JsonNode.Parse(whole.Output)!["weights"], (string?)JsonNode.Parse(resumed.Output)!["weights"]);
    }

    [Fact]
    public void Whole_numbers_can_be_numbers_to_predict_and_pictures_can_have_them()
    {
        var (x, y) = Halves(20, 1);
        Npz(Data, ("x", x), ("y", y));
        string[] notes = Notes("--task", "regression", "--epochs", "5", "--save", Model);
        Assert.Equal("targets: y, numbers to predict, as --task says", notes[1]);
        Assert.Equal("pictures: [1, 12, 12] (channels, height, width)", notes[2]);
        Assert.StartsWith("row,file,prediction\n1,a.png,", Run.Of("predict", Model, folder.Write("a.png", PictureFiles.Png(1, 12))).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_does_not_suit_is_refused()
    {
        var (x, y) = Sums(10);
        Npz(Data, ("x", x), ("y", y));
        Assert.Equal($"backprop: --augment changes pictures; the samples in {Data} are columns", Train("--augment", "flip").Refusal);
        Assert.StartsWith("backprop: --target belongs to a table", Train("--target", "y").Refusal, StringComparison.Ordinal);
        Assert.StartsWith("backprop: --layout belongs to a file of NumPy's arrays; ", Run.Of("train", Flowers.Write(folder, "f.csv"), "--layout", "columns").Refusal, StringComparison.Ordinal);
        Assert.StartsWith("backprop: --layout: 'picture' came; columns, pictures, channels-last or sequences is needed; did you mean pictures?", Train("--layout", "picture").Refusal, StringComparison.Ordinal);
        Npz(Data, ("x", x), ("y", Fractions([10, 2], new float[20])));
        Assert.Equal($"backprop: {Data}: y has 2 numbers for each sample; one number, or a class, is needed", Train().Refusal);
        Npz(Data, ("foo", x));
        Assert.StartsWith($"backprop: {Data}: no array of samples is known by its name, as x and y or x_train and y_train; --inputs NAME", Train().Refusal, StringComparison.Ordinal);
    }
}
