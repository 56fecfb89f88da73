using System.Text;
using Backprop.Data;

namespace Backprop.Tests.Data;

public sealed class TextFileTests : IDisposable
{
    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Fact]
    public void A_text_is_read_as_it_stands()
    {
        const string Text = "Zeile 1\r\nZeile 2: Öl, 😀\n\tend";
        File.WriteAllText(file, Text, new UTF8Encoding(false));
        Assert.Equal(Text, TextFile.Read(file));
        File.WriteAllText(file, Text, new UTF8Encoding(true));
        Assert.Equal(Text, TextFile.Read(file));
        File.WriteAllText(file, "");
        Assert.Equal("", TextFile.Read(file));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused_with_their_place()
    {
        File.WriteAllBytes(file, [.. "one\ntwo "u8, 0xE4, .. " three"u8]);
        var error = Assert.Throws<DataException>(() => TextFile.Read(file));
        Assert.Equal($"{file}, row 2: it is no UTF-8 text, the bytes E4 at 8 are no character; save it as UTF-8", error.Message);
        File.WriteAllBytes(file, [0xEF, 0xBB, 0xBF, .. "one\ntwo "u8, 0xE4, .. " three"u8]);
        Assert.Contains("row 2: it is no UTF-8 text, the bytes E4 at 11 ", Assert.Throws<DataException>(() => TextFile.Read(file)).Message, StringComparison.Ordinal);
        File.WriteAllBytes(file, [.. "cut off "u8, 0xF0, 0x9F]);
        Assert.Contains("the bytes F09F at 8 ", Assert.Throws<DataException>(() => TextFile.Read(file)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("utf-16", "UTF-16")]
    [InlineData("utf-16BE", "UTF-16")]
    [InlineData("utf-32", "UTF-32")]
    public void Other_encodings_are_named(string encoding, string name)
    {
        File.WriteAllText(file, "text", Encoding.GetEncoding(encoding));
        Assert.Equal($"{file}: it is {name}; save it as UTF-8", Assert.Throws<DataException>(() => TextFile.Read(file)).Message);
    }
}
