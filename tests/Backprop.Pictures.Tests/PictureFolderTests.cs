using Backprop.Data;
using Backprop.Tensors;

namespace Backprop.Pictures.Tests;

public sealed class PictureFolderTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Refused() => Assert.Throws<DataException>(() => PictureFolder.Open(folder.Path).Read<float>()).Message;

    [Fact]
    public void Sub_folders_are_classes_in_ordinal_order_and_so_are_files()
    {
        foreach (var (name, brightness) in (ValueTuple<string, byte>[])[("b/2.png", 4), ("B/1.png", 1), ("b/10.png", 3), ("a/x.PNG", 2)]) folder.Grey(name, brightness, 1, 1);
        var opened = PictureFolder.Open(folder.Path);
        Assert.Equal(["B", "a", "b"], opened.ClassNames);
        Assert.Equal(["B/1.png", "a/x.PNG", "b/10.png", "b/2.png"], opened.Train.Select(file => file.Name));
        Assert.Equal(folder["a/x.PNG"], opened.Train[1].Path);

        var (train, test) = opened.Read<float>();
        Assert.Null(test);
        Assert.Equal([4, 1, 1, 1], train.Inputs.Shape);
        Assert.Equal([1, 2, 3, 4], train.Inputs.Values.ToArray());
        Assert.Equal([0, 1, 2, 2], ((Indices)train.Targets).Values.ToArray());
        Assert.Equal(["B", "a", "b"], train.ClassNames);
    }

    [Theory]
    [InlineData("train", "test")]
    [InlineData("Training", "validation")]
    public void Parts_of_its_own_are_recognised(string trainName, string testName)
    {
        folder.Grey($"{trainName}/a/1.png", 1, 1, 2);
        folder.Grey($"{trainName}/b/1.png", 2, 1, 2);
        folder.RedAndBlue($"{testName}/b/1.png");
        var opened = PictureFolder.Open(folder.Path);
        Assert.Equal([$"{testName}/b/1.png"], opened.Test.Select(file => file.Name));
        var (train, test) = opened.Read<float>();
        // The coloured picture of the test part decides for both.
        Assert.Equal([2, 3, 1, 2], train.Inputs.Shape);
        Assert.Equal([255, 0, 0, 0, 0, 255], test!.Inputs.Values.ToArray());
        Assert.Equal([1], ((Indices)test.Targets).Values.ToArray());
        Assert.Equal(2, test.ClassCount);
    }

    [Fact]
    public void What_is_passed_over_is_said_and_what_is_hidden_is_not()
    {
        folder.Grey("train/a/1.png", 1);
        folder.Grey("train/b/1.png", 1);
        folder.Write("train/b/notes.txt", []);
        folder.Write("README", []);
        folder.Write(".DS_Store", []);
        folder.Grey(".thumbs/1.png", 1);
        folder.Grey("train/a/._1.png", 1);
        folder.Grey("test/a/2.png", 1);
        folder.Grey("val/a/3.png", 1);
        folder.Grey("unknown/4.png", 1);
        var notices = new List<string>();
        var opened = PictureFolder.Open(folder.Path);
        var (train, test) = opened.Read<float>(notice: notices.Add);
        Assert.Equal((2, 1), (train.Count, test!.Count));
        Assert.Equal(["passed over: README, train/b/notes.txt, unknown/ and 1 more"], notices);
        Assert.Equal(["README", "train/b/notes.txt", "unknown/", "val/"], opened.Others);
    }

    [Fact]
    public void Pictures_alone_have_no_classes()
    {
        folder.Grey("b.png", 1);
        folder.Grey("a.png", 1);
        var opened = PictureFolder.Open(folder.Path);
        Assert.Empty(opened.ClassNames);
        Assert.Equal([("a.png", null), ("b.png", null)], opened.Train.Select(file => (file.Name, file.Class)));
        Assert.Equal($"{folder.Path}: its pictures have no classes; at least two sub-folders with pictures are needed, one for each class", Refused());
    }

    [Fact]
    public void Whether_it_is_one_is_seen_from_its_pictures()
    {
        Assert.False(PictureFolder.IsOne(folder["none"]));
        Assert.False(PictureFolder.IsOne(folder.Path));
        folder.Write("a/b.txt", []);
        Assert.False(PictureFolder.IsOne(folder.Path));
        folder.Grey("train/a/1.png", 1);
        Assert.True(PictureFolder.IsOne(folder.Path));
        Assert.True(PictureFolder.IsOne(folder["train"]));
        Assert.True(PictureFolder.IsOne(folder["train/a"]));
    }

    [Fact]
    public void Folders_that_cannot_train_say_why()
    {
        Assert.Contains("there is no picture in it; PNG, JPEG or BMP files in a sub-folder for each class are needed", Refused(), StringComparison.Ordinal);
        folder.Grey("a/1.png", 1);
        Assert.Contains("there is one class alone, a; at least two sub-folders", Refused(), StringComparison.Ordinal);
        Directory.CreateDirectory(folder["b"]);
        Assert.Equal($"{folder["b"]}: there is no picture in it; each class needs one at least", Refused());
        folder.Grey("b/1/1.png", 1);
        Assert.StartsWith($"{folder["b/1"]}: a folder within the class b came; pictures of a class lie side by side", Refused(), StringComparison.Ordinal);
        folder.Grey("0.png", 1);
        Assert.StartsWith($"{folder["0.png"]}: the picture lies beside the folders of the classes, and has no class", Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_that_do_not_fit_say_why()
    {
        folder.Grey("train/a/1.png", 1);
        folder.Grey("train/b/1.png", 1);
        folder.Grey("test/c/1.png", 1);
        Assert.Equal($"{folder["test/c"]}: the class c is none of those that train: a, b", Refused());
        folder.Grey("1.png", 1);
        Assert.Equal($"{folder["1.png"]}: the picture lies beside the part train; in a folder with parts each picture lies in a class of a part", Refused());
    }
}
