using Backprop.Data;
using Backprop.Tensors;
using static Backprop.Tests.NumPyFiles;

namespace Backprop.Tests.Data;

public sealed class ArrayDataTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Npz(params (string Name, byte[] Array)[] arrays) => NumPyFiles.Npz(folder["data.npz"], arrays);

    [Fact]
    public void The_archive_that_Keras_loads_gives_both_parts_and_classes()
    {
        var read = ArrayData<float>.Read(Npz(("x_test", Bytes(1, 2, 3)), ("x_train", Bytes(2, 2, 3)), ("y_train", Whole(5, 3)), ("y_test", Whole(3))));
        Assert.Equal((ArrayLayout.Pictures, "x_train", "y_train", false), (read.Layout, read.Inputs, read.Targets, read.HasFractions));
        Assert.Equal([2, 1, 2, 3], read.Train.Inputs.Shape);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], read.Train.Inputs.Values.ToArray());
        Assert.Equal(["3", "5"], read.Train.ClassNames);
        Assert.Equal([1, 0], ((Indices)read.Train.Targets).Values.ToArray());
        Assert.Equal([0], ((Indices)read.Test!.Targets).Values.ToArray());
        Assert.Equal(["3", "5"], read.Test.ClassNames);
        Assert.Empty(read.Unused);
    }

    [Theory]
    [InlineData("x", "y")]
    [InlineData("X", "Y")]
    [InlineData("data", "labels")]
    [InlineData("data", "target")]
    [InlineData("Images", "labels")]
    [InlineData("features", "targets")]
    [InlineData("arr_0", "arr_1")]
    [InlineData("train_images", "train_labels")]
    public void Usual_names_are_known_in_any_case(string inputs, string targets)
    {
        var read = ArrayData<double>.Read(Npz((targets, Whole(1, -1)), ("other", Whole(7)), (inputs, Fractions([2, 2], 1, 2, 3, 4))));
        Assert.Null(read.Test);
        Assert.Equal([1, 2, 3, 4], read.Train.Inputs.Values.ToArray());
        Assert.Equal(["-1", "1"], read.Train.ClassNames);
        Assert.Equal(["other"], read.Unused);
        Assert.True(read.HasFractions);
    }

    [Fact]
    public void Names_can_be_given_and_a_test_part_is_found_beside_them()
    {
        string file = Npz(("a_train", Bytes(2, 2)), ("b_train", Whole(0, 1)), ("a_test", Bytes(1, 2)), ("b_test", Whole(1)), ("x", Bytes(2, 3)), ("y", Whole(0, 1)));
        Assert.Equal([2, 3], ArrayData<float>.Read(file).Train.Inputs.Shape);
        var read = ArrayData<float>.Read(file, new ArrayForm("a_train", "b_train"));
        Assert.Equal(([2, 2], 1), (read.Train.Inputs.Shape, read.Test!.Count));
        Assert.Equal(["x", "y"], read.Unused);
    }

    [Fact]
    public void Fractions_are_numbers_to_predict_and_whole_numbers_too_if_that_is_asked_for()
    {
        string fractions = Npz(("x", Bytes(2, 2)), ("y", Fractions([2], 0.5f, 3)));
        var numbers = (Tensor<float>)ArrayData<float>.Read(fractions).Train.Targets;
        Assert.Equal([2, 1], numbers.Shape);
        Assert.Equal([0.5f, 3], numbers.Values.ToArray());
        Assert.Equal(
            $"{fractions}, y: the class 0.5 came; classes are whole numbers",
            Assert.Throws<DataException>(() => ArrayData<float>.Read(fractions, new ArrayForm(Classes: true))).Message);
        string whole = Npz(("x", Bytes(2, 2)), ("y", Whole(4, 9)));
        Assert.Equal([4, 9], ((Tensor<float>)ArrayData<float>.Read(whole, new ArrayForm(Classes: false)).Train.Targets).Values.ToArray());
    }

    [Fact]
    public void Columns_of_one_number_and_rows_with_a_single_one_are_classes()
    {
        var column = ArrayData<float>.Read(Npz(("x", Bytes(3, 2)), ("y", Array("|u1", [3, 1], [[2], [0], [2]]))));
        Assert.Equal([1, 0, 1], ((Indices)column.Train.Targets).Values.ToArray());
        var oneHot = ArrayData<float>.Read(Npz(("x", Bytes(2, 2)), ("y", Fractions([2, 3], 0, 0, 1, 1, 0, 0))));
        Assert.Equal([2, 0], ((Indices)oneHot.Train.Targets).Values.ToArray());
        Assert.Equal(["0", "1", "2"], oneHot.Train.ClassNames);
        var several = ArrayData<float>.Read(Npz(("x", Bytes(2, 2)), ("y", Fractions([2, 2], 1, 1, 1, 0))));
        Assert.Equal([2, 2], several.Train.Targets.Shape);
    }

    [Theory]
    [InlineData(new[] { 2 }, null, ArrayLayout.Columns, new[] { 2, 1 })]
    [InlineData(new[] { 2, 3 }, null, ArrayLayout.Columns, new[] { 2, 3 })]
    [InlineData(new[] { 2, 3, 4 }, null, ArrayLayout.Pictures, new[] { 2, 1, 3, 4 })]
    [InlineData(new[] { 2, 3, 4 }, ArrayLayout.Sequences, ArrayLayout.Sequences, new[] { 2, 3, 4 })]
    [InlineData(new[] { 2, 3, 4 }, ArrayLayout.Columns, ArrayLayout.Columns, new[] { 2, 12 })]
    [InlineData(new[] { 2, 3, 5, 6 }, null, ArrayLayout.Pictures, new[] { 2, 3, 5, 6 })]
    [InlineData(new[] { 2, 5, 6, 3 }, null, ArrayLayout.ChannelsLast, new[] { 2, 3, 5, 6 })]
    [InlineData(new[] { 2, 5, 6, 1 }, null, ArrayLayout.ChannelsLast, new[] { 2, 1, 5, 6 })]
    [InlineData(new[] { 2, 3, 5, 3 }, null, ArrayLayout.Pictures, new[] { 2, 3, 5, 3 })]
    [InlineData(new[] { 2, 3, 5, 3 }, ArrayLayout.ChannelsLast, ArrayLayout.ChannelsLast, new[] { 2, 3, 3, 5 })]
    public void The_number_of_axes_says_what_they_mean(int[] shape, ArrayLayout? asked, ArrayLayout layout, int[] expected)
    {
        var read = ArrayData<float>.Read(Npz(("x", Bytes(shape)), ("y", Whole(0, 1))), new ArrayForm(Layout: asked));
        Assert.Equal((layout, new Shape(expected)), (read.Layout, read.Train.Inputs.Shape));
    }

    [Fact]
    public void Channels_that_come_last_are_turned()
    {
        var read = ArrayData<float>.Read(Npz(("x", Bytes(2, 1, 2, 3)), ("y", Whole(0, 1))), new ArrayForm(Layout: ArrayLayout.ChannelsLast));
        Assert.Equal([0, 3, 1, 4, 2, 5, 6, 9, 7, 10, 8, 11], read.Train.Inputs.Values.ToArray());
    }

    [Fact]
    public void Later_samples_come_with_their_targets_or_without()
    {
        string[] classes = ["3", "5"];
        var (x, y) = ArrayData<float>.ReadLater(Npz(("x_train", Bytes(2, 2, 3)), ("y_train", Whole(5, 3)), ("x_test", Bytes(1, 2, 3)), ("y_test", Whole(5))), classes);
        Assert.Equal([1, 1, 2, 3], x.Shape);
        Assert.Equal([1], ((Indices)y!).Values.ToArray());
        (x, y) = ArrayData<float>.ReadLater(Npz(("x", Bytes(4, 2))), classes, new ArrayForm("x_train", "y_train"));
        Assert.Equal(([4, 2], null), (x.Shape, y));
        (x, y) = ArrayData<float>.ReadLater(Npz(("x", Bytes(2, 4, 2)), ("y", Fractions([2], 1, 2))), [], new ArrayForm(Layout: ArrayLayout.Sequences));
        Assert.Equal([2, 4, 2], x.Shape);
        Assert.Equal([1, 2], ((Tensor<float>)y!).Values.ToArray());
        string alone = folder.Write("x.npy", Bytes(4, 2));
        (x, y) = ArrayData<float>.ReadLater(alone, classes);
        Assert.Equal(([4, 2], null), (x.Shape, y));
    }

    [Fact]
    public void What_cannot_train_says_what_is_there_and_what_is_needed()
    {
        string alone = folder.Write("x.npy", Bytes(4, 2));
        Assert.Equal(
            $"{alone}: it holds one array, [4, 2]; to train, samples and targets are needed, as numpy.savez('data.npz', x=x, y=y) writes them",
            Assert.Throws<DataException>(() => ArrayData<float>.Read(alone)).Message);
        Assert.EndsWith(
            ": no array of samples is known by its name, as x and y or x_train and y_train; --inputs NAME says which it is (in C# ArrayForm); "
            + "it holds a [2, 2] of whole numbers, b [1] of fractions, c (no numbers)",
            Refused(null, ("a", Bytes(2, 2)), ("b", Fractions([1], 1)), ("c", Array("<U3", [1], [new byte[12]]))), StringComparison.Ordinal);
        Assert.EndsWith(
            ": no array of targets is known by its name, as x and y or x_train and y_train; --targets NAME says which it is (in C# ArrayForm); it holds x [2, 2] of whole numbers",
            Refused(null, ("x", Bytes(2, 2))), StringComparison.Ordinal);
        Assert.EndsWith(": there is no array z for the samples; it holds x [2, 2] of whole numbers", Refused(new ArrayForm("z"), ("x", Bytes(2, 2))), StringComparison.Ordinal);
        Assert.EndsWith(", y: it is [3], and there are 2 samples; each needs one target", Refused(null, ("x", Bytes(2, 2)), ("y", Whole(0, 1, 2))), StringComparison.Ordinal);
        Assert.EndsWith(", y: it has 1 class; 2 to 65536 are needed", Refused(null, ("x", Bytes(2, 2)), ("y", Whole(1, 1))), StringComparison.Ordinal);
        Assert.EndsWith(
            ", y: it is [2, 2]; classes are [N], a whole number for each sample, or [N, C] with one 1 in each row",
            Refused(new ArrayForm(Classes: true), ("x", Bytes(2, 2)), ("y", Bytes(2, 2))), StringComparison.Ordinal);
        Assert.EndsWith(
            ", y_test, row 2: the class 9 came; those that train are 0, 1",
            Refused(null, ("x_train", Bytes(2, 2)), ("y_train", Whole(0, 1)), ("x_test", Bytes(2, 2)), ("y_test", Whole(0, 9))), StringComparison.Ordinal);
        Assert.EndsWith(
            ", x_test: its samples are [3], those that train [2]",
            Refused(null, ("x_train", Bytes(2, 2)), ("y_train", Whole(0, 1)), ("x_test", Bytes(2, 3)), ("y_test", Whole(0, 1))), StringComparison.Ordinal);
        Assert.EndsWith(
            ", x, row 2: NaN came; finite numbers are needed, fill or leave out what is missing",
            Refused(null, ("x", Fractions([2, 2], 1, 2, 3, float.NaN)), ("y", Whole(0, 1))), StringComparison.Ordinal);
        Assert.EndsWith(", y, row 1: Infinity came; a finite number is needed", Refused(null, ("x", Bytes(1, 2)), ("y", Fractions([1], 1 / 0f))), StringComparison.Ordinal);
        Assert.EndsWith(", x: it is [0, 2], and has no sample", Refused(null, ("x", Bytes(0, 2)), ("y", Whole())), StringComparison.Ordinal);
        Assert.EndsWith(": its array x holds no numbers; float, int, uint or bool is needed", Refused(null, ("x", Array("<U1", [1], [new byte[4]])), ("y", Whole(1))), StringComparison.Ordinal);
        Assert.EndsWith(", x: it is [1, 1, 1, 1, 1]; samples are [N, D], [N, H, W], [N, C, H, W], [N, H, W, C] or [N, T, D]", Refused(null, ("x", Bytes(1, 1, 1, 1, 1)), ("y", Whole(1))), StringComparison.Ordinal);
        Assert.EndsWith(", x: it is [2, 2]; sequences are [N, T, D]", Refused(new ArrayForm(Layout: ArrayLayout.Sequences), ("x", Bytes(2, 2)), ("y", Whole(0, 1))), StringComparison.Ordinal);
        string empty = folder.Write("empty.npz");
        Assert.Equal($"{empty}: it is empty", Assert.Throws<DataException>(() => ArrayData<float>.Read(empty)).Message);
        string text = folder.Write("text.npz", "hello"u8.ToArray());
        Assert.StartsWith($"{text}: it is no .npz archive, or it is damaged; ", Assert.Throws<DataException>(() => ArrayData<float>.Read(text)).Message, StringComparison.Ordinal);

        string Refused(ArrayForm? form, params (string, byte[])[] arrays) => Assert.Throws<DataException>(() => ArrayData<float>.Read(Npz(arrays), form)).Message;
    }
}
