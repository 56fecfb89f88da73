using Backprop.Data;

namespace Backprop.Pictures.Tests;

public sealed class PictureFilesTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    private float[] Pixels(string file, PictureForm? form = null) => PictureFiles.Read<float>([folder[file]], form).Values.ToArray();

    [Fact]
    public void Grey_pictures_have_one_channel_and_pixels_as_they_are()
    {
        string a = folder.Grey("a.png", 7), b = folder.Grey("b.png", 250);
        var read = PictureFiles.Read<double>([a, b]);
        Assert.Equal([2, 1, 2, 3], read.Shape);
        Assert.Equal([7, 7, 7, 7, 7, 7, 250, 250, 250, 250, 250, 250], read.Values.ToArray());
    }

    [Fact]
    public void One_coloured_picture_makes_all_of_them_coloured()
    {
        string grey = folder.Grey("a.png", 7, 1, 2), coloured = folder.RedAndBlue("b.png");
        var read = PictureFiles.Read<float>([grey, coloured]);
        Assert.Equal([2, 3, 1, 2], read.Shape);
        Assert.Equal([7, 7, 7, 7, 7, 7, 255, 0, 0, 0, 0, 255], read.Values.ToArray());
    }

    [Fact]
    public void Colours_can_be_asked_for()
    {
        folder.RedAndBlue("a.png");
        // 0.299·255 and 0.114·255.
        Assert.Equal([76, 29], Pixels("a.png", new PictureForm(PictureColour.Grey)));
        folder.Grey("b.png", 9, 1, 1);
        Assert.Equal([9, 9, 9], Pixels("b.png", new PictureForm(PictureColour.Rgb)));
    }

    [Fact]
    public void Transparent_pictures_are_laid_over_white_and_it_is_said()
    {
        string file = folder.Write("a.png", TestFolder.Rgba(10, 20, 30, 255, 10, 20, 30, 0, 10, 20, 30, 51));
        var notices = new List<string>();
        var read = PictureFiles.Read<float>([file, file, folder.Grey("b.png", 1, 1, 3)], notice: notices.Add);
        // A fifth of the colour and four fifths of white.
        Assert.Equal([10, 255, 206, 20, 255, 208, 30, 255, 210], read.Values[..9].ToArray());
        Assert.Equal(["transparent: 2 of 3 pictures, laid over white"], notices);
    }

    [Fact]
    public void Jpeg_and_bmp_files_are_read_whatever_their_names_say()
    {
        folder.Write("a.png", TestFolder.Jpeg);
        Assert.All(Pixels("a.png"), pixel => Assert.Equal(200, pixel, 2f));
        folder.Write("b.bmp", TestFolder.Bmp(2, (1, 2, 3), (4, 5, 6), (7, 8, 9), (10, 11, 12)));
        Assert.Equal([1, 4, 7, 10, 2, 5, 8, 11, 3, 6, 9, 12], Pixels("b.bmp"));
    }

    [Fact]
    public void Pictures_of_different_sizes_are_an_error_that_names_two_and_resized_they_are_none()
    {
        string a = folder.Grey("a.png", 7), b = folder.Grey("b.png", 7, 4, 5);
        Assert.Equal(
            $"{b}: its size is 4×5 (height × width), {a} has 2×3; all need one size; let them be resized (--size HEIGHTxWIDTH, in C# PictureForm.Size)",
            Assert.Throws<DataException>(() => PictureFiles.Read<float>([a, b])).Message);
        var read = PictureFiles.Read<float>([a, b], new PictureForm(Size: (3, 6)));
        Assert.Equal([2, 1, 3, 6], read.Shape);
        Assert.All(read.Values.ToArray(), pixel => Assert.Equal(7, pixel));
    }

    [Fact]
    public void Every_cut_off_picture_is_found()
    {
        foreach (byte[] whole in (byte[][])[Png.Write(Nn<float>.Zeros([8, 8])), TestFolder.Jpeg, TestFolder.Bmp(1, (1, 2, 3), (4, 5, 6))])
            for (int length = 0; length < whole.Length; length++)
            {
                string file = folder.Write("a.png", whole[..length]);
                string message = Assert.Throws<DataException>(() => PictureFiles.Read<float>([file])).Message;
                Assert.StartsWith($"{file}: it ", message, StringComparison.Ordinal);
                if (length == whole.Length - 1) Assert.Equal($"{file}: it is cut off; fetch or write it again", message);
            }
    }

    [Fact]
    public void Every_damaged_byte_of_a_png_is_found()
    {
        byte[] whole = Png.Write(Nn<float>.Tensor([2, 2], 1, 2, 3, 4));
        for (int at = 0; at < whole.Length; at++)
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= 0x10;
            string file = folder.Write("a.png", damaged);
            Assert.StartsWith($"{file}: it ", Assert.Throws<DataException>(() => PictureFiles.Read<float>([file])).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_is_no_picture_is_named()
    {
        string empty = folder.Write("a.png", []), text = folder.Write("b.png", "some text"u8.ToArray());
        Assert.Equal($"{empty}: it is empty", Assert.Throws<DataException>(() => PictureFiles.Read<float>([empty])).Message);
        Assert.Equal($"{text}: it begins with 736F6D65; it is no PNG, JPEG or BMP file", Assert.Throws<DataException>(() => PictureFiles.Read<float>([text])).Message);
        string odd = folder.Write("c.jpg", [0xFF, 0xD8, 0xFF, 0xE0, 0, 2, 0xFF, 0xDA, 0xFF, 0xD9]);
        Assert.Equal(
            $"{odd}: it cannot be decoded; it is damaged, or of a kind that is not read", Assert.Throws<DataException>(() => PictureFiles.Read<float>([odd])).Message);
    }

    [Fact]
    public void No_file_and_no_size_are_refused()
    {
        Assert.StartsWith("PictureFiles: no file came", Assert.Throws<ArgumentException>(() => PictureFiles.Read<float>([])).Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "PictureFiles: the size 0×3 came", Assert.Throws<ArgumentException>(() => PictureFiles.Read<float>(["a"], new PictureForm(Size: (0, 3)))).Message,
            StringComparison.Ordinal);
    }
}
