using System.Buffers.Binary;
using System.Text;
using Backprop.Data;
using Backprop.Saving;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Saving;

public sealed class SafetensorsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_is_written_is_read_bit_for_bit()
    {
        var written = new Safetensors { Metadata = { ["who"] = "é \"quoted\" \n" } };
        written.Add("a.weight", Tensor([2, 3], 1, -0.0, double.Epsilon, double.MaxValue, Math.PI, -1e-300));
        written.Add("single", Nn<float>.Tensor([2], 1.5f, float.Epsilon));
        written.Add("scalar", Tensor([], 7));
        written.Add("empty", Zeros([0, 4]));
        written.Save(folder["file"]);

        var read = Safetensors.Load(folder["file"]);
        Assert.Equal(["a.weight", "single", "scalar", "empty"], read.Names);
        Assert.Equal("é \"quoted\" \n", Assert.Single(read.Metadata).Value);
        Assert.Equal([2, 3], read["a.weight"].Shape);
        Assert.Equal(
            new[] { 1, -0.0, double.Epsilon, double.MaxValue, Math.PI, -1e-300 }.Select(BitConverter.DoubleToInt64Bits),
            read["a.weight"].ToTensor<double>().Values.ToArray().Select(BitConverter.DoubleToInt64Bits));
        Assert.Equal("F32", read["single"].Type);
        Assert.Equal([1.5f, float.Epsilon], read["single"].ToTensor<float>().Values.ToArray());
        Assert.Equal(7, read["scalar"].ToTensor<double>().Value);
        Assert.Equal([0, 4], read["empty"].Shape);
    }

    [Fact]
    public void A_file_has_the_bytes_that_the_format_asks_for()
    {
        var written = new Safetensors { Metadata = { ["k"] = "v" } };
        written.Add("x", Nn<float>.Tensor([1, 2], 1, -2));
        written.Save(folder["file"]);
        const string Header = """{"__metadata__":{"k":"v"},"x":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}""";
        int padded = (Header.Length + 7) / 8 * 8;
        byte[] expected = [(byte)padded, 0, 0, 0, 0, 0, 0, 0, .. Encoding.UTF8.GetBytes(Header.PadRight(padded)), 0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0];
        Assert.Equal(expected, File.ReadAllBytes(folder["file"]));
    }

    [Fact]
    public void A_file_of_another_writer_is_read()
    {
        // Another order than that of the places, half floats, numbers of a kind that stays unread.
        string file = Write("""
            {"b":{"dtype":"BF16","shape":[2],"data_offsets":[4,8]},"a":{"dtype":"F16","shape":[2],"data_offsets":[0,4]},
             "n":{"dtype":"I64","shape":[],"data_offsets":[8,16]}}
            """, 0x00, 0x3C, 0x00, 0xC0, 0x80, 0x3F, 0x00, 0xC0, 5, 0, 0, 0, 0, 0, 0, 0);
        var read = Safetensors.Load(file);
        Assert.Equal(["a", "b", "n"], read.Names);
        Assert.Equal([1, -2], read["a"].ToTensor<double>().Values.ToArray());
        Assert.Equal([1f, -2f], read["b"].ToTensor<float>().Values.ToArray());
        Assert.False(read["n"].IsReal);
        Assert.Equal("A tensor [] holds I64 numbers; F64, F32, F16 and BF16 can be read.",
            Assert.Throws<NotSupportedException>(() => read["n"].ToTensor<double>()).Message);
        Assert.Equal("There is no tensor 'c'; there are a, b, n.", Assert.Throws<KeyNotFoundException>(() => read["c"]).Message);
    }

    [Fact]
    public void A_double_is_rounded_when_read_as_float()
    {
        var written = new Safetensors();
        written.Add("x", Tensor([1], 0.1));
        written.Save(folder["file"]);
        Assert.Equal(0.1f, Safetensors.Load(folder["file"])["x"].ToTensor<float>().Value);
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_refused()
    {
        var written = new Safetensors();
        written.Add("x", Tensor([3], 1, 2, 3));
        written.Save(folder["whole"]);
        byte[] whole = File.ReadAllBytes(folder["whole"]);
        for (int length = 0; length < whole.Length; length++)
        {
            string file = folder.Write("cut", whole[..length]);
            Assert.StartsWith(file, Assert.Throws<DataException>(() => Safetensors.Load(file)).Message, StringComparison.Ordinal);
        }
        string cut = folder.Write("cut", whole[..^1]);
        Assert.Equal($"{cut}: its header tells of 24 bytes of numbers, 23 came: it is cut off", Assert.Throws<DataException>(() => Safetensors.Load(cut)).Message);
    }

    [Theory]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", "needs 8 bytes, its header gives it 4")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "it must begin at 0")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"y":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "it must begin at 4")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"x":{"dtype":"F32","shape":[0],"data_offsets":[4,4]}}""", "names 'x' twice")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1]}}""", "header cannot be read")]
    [InlineData("""{"x":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", "header cannot be read")]
    [InlineData("""{"x":{"dtype":"F32","shape":[0.5],"data_offsets":[0,4]}}""", "header cannot be read")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}""", "header cannot be read")]
    [InlineData("""{"x":5}""", "header cannot be read")]
    [InlineData("""{"x":""", "header cannot be read")]
    [InlineData("""{}""", "there is something behind its end")]
    public void A_header_that_contradicts_itself_is_refused(string header, string said)
    {
        string file = Write(header, 0, 0, 0, 0);
        Assert.Contains(said, Assert.Throws<DataException>(() => Safetensors.Load(file)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sepal_length,sepal_width,petal_length\n5.1,3.5,1.4\n")]
    [InlineData("{\"format\": \"backprop-network/1\"}")]
    [InlineData("PK\u0003\u0004 some archive that goes on for a while")]
    public void Another_file_is_refused(string content)
    {
        string file = folder.Write("other", Encoding.UTF8.GetBytes(content));
        Assert.Contains("it is no safetensors file", Assert.Throws<DataException>(() => Safetensors.Load(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_existing_file_is_replaced_only_on_request()
    {
        folder.Write("file", 1, 2, 3);
        var content = new Safetensors();
        Assert.Contains("the file exists", Assert.Throws<IOException>(() => content.Save(folder["file"])).Message, StringComparison.Ordinal);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(folder["file"]));
        content.Save(folder["file"], overwrite: true);
        Assert.Empty(Safetensors.Load(folder["file"]).Names);
        Assert.Equal([folder["file"]], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_write_that_fails_leaves_the_old_file_and_nothing_else()
    {
        folder.Write("file", 1, 2, 3);
        Assert.Throws<InvalidOperationException>(() => WholeFile.Write(folder["file"], overwrite: true, stream =>
        {
            stream.WriteByte(9);
            throw new InvalidOperationException();
        }));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(folder["file"]));
        Assert.Equal([folder["file"]], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_file_of_a_similar_name_stays_as_it_was()
    {
        folder.Write("file.tmp", 1, 2, 3);
        new Safetensors().Save(folder["file"]);
        Assert.Throws<InvalidOperationException>(() => WholeFile.Write(folder["file"], overwrite: true, _ => throw new InvalidOperationException()));
        Assert.Equal([folder["file"], folder["file.tmp"]], Directory.GetFiles(folder.Path).Order(StringComparer.Ordinal));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(folder["file.tmp"]));
    }

    [Fact]
    public void A_name_as_long_as_the_file_system_allows_can_be_saved()
    {
        string longest = folder[new string('n', 250)];
        new Safetensors().Save(longest);
        Assert.Equal([longest], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_name_is_given_once()
    {
        var content = new Safetensors();
        content.Add("x", Zeros([1]));
        Assert.Throws<ArgumentException>(() => content.Add("x", Zeros([1])));
        Assert.Throws<ArgumentException>(() => content.Add("__metadata__", Zeros([1])));
        Assert.Throws<ArgumentException>(() => content.Add("", Zeros([1])));
    }

    private string Write(string header, params byte[] data)
    {
        byte[] text = Encoding.UTF8.GetBytes(header), length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)text.Length);
        return folder.Write("file", [.. length, .. text, .. data]);
    }
}
