using System.IO.Compression;
using Backprop.Data;
using Backprop.Tensors;

namespace Backprop.Tests.Data;

public sealed class IdxTests : IDisposable
{
    private static readonly byte[] TwoPictures = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 0, 1, 2, 253, 254, 255];
    private static readonly byte[] TwoLabels = [0, 0, 8, 1, 0, 0, 0, 2, 1, 0];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Pictures_and_labels_become_a_data_set()
    {
        var data = Idx.ReadPictures<float>(folder.Write("images", TwoPictures), folder.Write("labels", TwoLabels));
        Assert.Equal([2, 1, 1, 3], data.Inputs.Shape);
        Assert.Equal([0, 1, 2, 253, 254, 255], data.Inputs.Values.ToArray());
        Assert.Equal([1, 0], ((Indices)data.Targets).Values.ToArray());
        Assert.Equal(["0", "1"], data.ClassNames);
    }

    [Fact]
    public void Gzip_is_known_by_its_content()
    {
        Assert.Equal([2, 1, 3], Idx.ReadTensor<double>(folder.Write("without-ending", Pack(TwoPictures))).Shape);
        Assert.Equal([2, 1, 3], Idx.ReadTensor<double>(folder.Write("plain.gz", TwoPictures)).Shape);
    }

    [Theory]
    [InlineData(0x09, new byte[] { 0xFF, 0x02 }, -1.0, 2.0)]
    [InlineData(0x0B, new byte[] { 0xFF, 0xFE, 0x01, 0x00 }, -2.0, 256.0)]
    [InlineData(0x0C, new byte[] { 0xFF, 0xFF, 0xFF, 0xFE, 0, 1, 0, 0 }, -2.0, 65536.0)]
    [InlineData(0x0D, new byte[] { 0x3F, 0x80, 0, 0, 0xC0, 0, 0, 0 }, 1.0, -2.0)]
    [InlineData(0x0E, new byte[] { 0x3F, 0xF0, 0, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0 }, 1.0, -2.0)]
    public void Every_kind_of_number_is_read(int kind, byte[] numbers, double first, double second)
    {
        string file = folder.Write("numbers", [0, 0, (byte)kind, 1, 0, 0, 0, 2, .. numbers]);
        Assert.Equal([first, second], Idx.ReadTensor<double>(file).Values.ToArray());
    }

    [Fact]
    public void A_cut_off_file_says_what_it_has_and_what_it_needs()
    {
        string file = folder.Write("cut", TwoPictures[..^1]);
        var error = Assert.Throws<DataException>(() => Idx.ReadTensor<float>(file));
        Assert.Equal($"{file}: its header says [2, 1, 3], 6 bytes of numbers; 5 came: it is cut off", error.Message);
        Assert.Equal(file, error.File);
        Assert.Null(error.Row);
    }

    [Fact]
    public void A_file_longer_than_its_header_says_is_refused()
    {
        string file = folder.Write("long", [.. TwoPictures, 7]);
        Assert.Equal($"{file}: its header says [2, 1, 3], 6 bytes of numbers; 7 came",
            Assert.Throws<DataException>(() => Idx.ReadTensor<float>(file)).Message);
    }

    [Fact]
    public void A_header_that_is_cut_off_is_refused()
    {
        string file = folder.Write("header", TwoPictures[..9]);
        Assert.Equal($"{file}: it is cut off within its header: 9 bytes, 3 axes need 16",
            Assert.Throws<DataException>(() => Idx.ReadTensor<float>(file)).Message);
    }

    [Fact]
    public void A_header_with_absurd_sizes_is_refused()
    {
        string huge = folder.Write("huge", [0, 0, 8, 2, 0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF]);
        Assert.Contains("its header says [2147483647, 2147483647]", Assert.Throws<DataException>(() => Idx.ReadTensor<float>(huge)).Message, StringComparison.Ordinal);
        string negative = folder.Write("negative", [0, 0, 8, 1, 0x80, 0, 0, 0]);
        Assert.Contains("its header says [-2147483648]", Assert.Throws<DataException>(() => Idx.ReadTensor<float>(negative)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 0, 0, 7, 1, 0, 0, 0, 0 })]
    [InlineData(new byte[] { (byte)'5', (byte)'.', (byte)'1', (byte)',', (byte)'3' })]
    public void Another_file_is_refused(byte[] content)
    {
        string file = folder.Write("other", content);
        Assert.EndsWith("is it an IDX file?", Assert.Throws<DataException>(() => Idx.ReadTensor<float>(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gzip_cut_off_anywhere_before_its_own_checksum_is_refused()
    {
        byte[] packed = Pack([0, 0, 8, 1, 0, 0, 4, 0, .. Enumerable.Range(0, 1024).Select(i => (byte)(i * i / 3))]);
        for (int length = 2; length < packed.Length - 9; length++)
        {
            string file = folder.Write("cut.gz", packed[..length]);
            Assert.Contains("cut off", Assert.Throws<DataException>(() => Idx.ReadTensor<float>(file)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_damaged_gzip_is_refused()
    {
        byte[] packed = Pack([0, 0, 8, 1, 0, 0, 4, 0, .. Enumerable.Range(0, 1024).Select(i => (byte)(i * i / 3))]);
        packed[packed.Length / 2] ^= 0x10;
        string file = folder.Write("damaged.gz", packed);
        Assert.Contains("its gzip packing is damaged", Assert.Throws<DataException>(() => Idx.ReadTensor<float>(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_must_be_as_many_as_pictures()
    {
        string images = folder.Write("images", TwoPictures), labels = folder.Write("labels", 0, 0, 8, 1, 0, 0, 0, 1, 1);
        Assert.Equal($"{labels}: it holds [1] labels, {images} has 2 pictures, and each needs one label",
            Assert.Throws<DataException>(() => Idx.ReadPictures<float>(images, labels)).Message);
    }

    [Fact]
    public void A_negative_class_is_refused_with_its_row()
    {
        string file = folder.Write("labels", 0, 0, 9, 1, 0, 0, 0, 2, 1, 0xFF);
        var error = Assert.Throws<DataException>(() => Idx.ReadIndices(file));
        Assert.Equal($"{file}, row 2: the class -1 came, classes count from 0", error.Message);
        Assert.Equal(2, error.Row);
    }

    [Theory]
    [InlineData(new byte[] { 0x7F, 0xFF, 0xFF, 0xFF }, "2147483647")]
    [InlineData(new byte[] { 0x3B, 0x9A, 0xCA, 0x00 }, "1000000000")]
    [InlineData(new byte[] { 0, 1, 0, 0 }, "65536")]
    public void A_class_beyond_every_output_is_refused_with_its_row(byte[] label, string number)
    {
        string images = folder.Write("images", TwoPictures), labels = folder.Write("labels", [0, 0, 0x0C, 1, 0, 0, 0, 2, 0, 0, 0, 1, .. label]);
        var error = Assert.Throws<DataException>(() => Idx.ReadPictures<float>(images, labels));
        Assert.Equal($"{labels}, row 2: the class {number} came, classes are 0 … 65535: each one is an output of the network", error.Message);
    }

    [Fact]
    public void The_highest_class_is_65535() =>
        Assert.Equal([65535], Idx.ReadIndices(folder.Write("labels", 0, 0, 0x0C, 1, 0, 0, 0, 1, 0, 0, 0xFF, 0xFF)).Values.ToArray());

    [Fact]
    public void Fractional_labels_and_pictures_without_a_height_are_refused()
    {
        Assert.Throws<DataException>(() => Idx.ReadIndices(folder.Write("fractions", 0, 0, 0x0D, 1, 0, 0, 0, 1, 0x3F, 0x80, 0, 0)));
        Assert.Throws<DataException>(() => Idx.ReadPictures<float>(folder.Write("labels", TwoLabels), folder.Write("labels2", TwoLabels)));
    }

    [Fact]
    public void A_folder_is_read_by_its_names()
    {
        folder.Write("train-images.idx3-ubyte", TwoPictures);
        folder.Write("train-labels-idx1-ubyte.gz", Pack(TwoLabels));
        Assert.True(IdxFolder.IsOne(folder.Path));
        Assert.Null(IdxFolder.Read<float>(folder.Path).Test);

        folder.Write("t10k-images-idx3-ubyte", TwoPictures);
        string missing = Assert.Throws<DataException>(() => IdxFolder.Read<float>(folder.Path)).Message;
        Assert.StartsWith($"{folder.Path}: there is no t10k-labels-idx1-ubyte in it", missing, StringComparison.Ordinal);

        string labels = folder.Write("t10k-labels-idx1-ubyte", 0, 0, 8, 1, 0, 0, 0, 2, 1, 2);
        Assert.Equal($"{labels}, row 2: the class 2 came, there are 2 classes, 0 … 1",
            Assert.Throws<DataException>(() => IdxFolder.Read<float>(folder.Path)).Message);

        folder.Write("t10k-labels-idx1-ubyte", TwoLabels);
        Assert.Equal(2, IdxFolder.Read<float>(folder.Path).Test!.Count);
    }

    [Fact]
    public void A_folder_without_pictures_is_none()
    {
        Assert.False(IdxFolder.IsOne(folder.Path));
        Assert.Throws<DataException>(() => IdxFolder.Read<float>(folder.Path));
    }

    [Fact]
    public void Mnist_is_read()
    {
        string? mnist = Repository.Data("mnist");
        Assert.SkipWhen(mnist is null, "There is no shared/data/mnist beside the repository.");
        var (train, test) = IdxFolder.Read<float>(mnist);
        Assert.Equal([7000, 1, 28, 28], train.Inputs.Shape);
        Assert.Equal([1000, 1, 28, 28], test!.Inputs.Shape);
        Assert.Equal(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"], train.ClassNames);
        Assert.Equal(255, train.Inputs.Values.ToArray().Max());
        Assert.Equal(0, train.Inputs.Values.ToArray().Min());
        // A digit's corner is background, its middle is ink more often than not.
        Assert.All(Enumerable.Range(0, 100), i => Assert.Equal(0, train.Inputs[i, 0, 0, 0]));
        Assert.True(Enumerable.Range(0, 1000).Count(i => train.Inputs[i, 0, 14, 14] > 0) > 500);
    }

    private static byte[] Pack(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(content);
        return packed.ToArray();
    }
}
