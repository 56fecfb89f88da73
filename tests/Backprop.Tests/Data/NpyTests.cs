using System.Text;
using Backprop.Data;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Data;

public sealed class NpyTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    // Headers and numbers as numpy.save (1.24) writes them, without the spaces that fill up to 128 bytes.
    public static TheoryData<string, string, int[], double[]> Written => new()
    {
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }", "0000c03f000000c00000404000008040", [2, 2], [1.5, -2, 3, 4] },
        {
            "{'descr': '<f8', 'fortran_order': True, 'shape': (2, 3), }",
            "000000000000f03f00000000000010400000000000000040000000000000144000000000000008400000000000001840", [2, 3], [1, 2, 3, 4, 5, 6]
        },
        { "{'descr': '>i2', 'fortran_order': False, 'shape': (2,), }", "0001fffe", [2], [1, -2] },
        { "{'descr': '|b1', 'fortran_order': False, 'shape': (2,), }", "0100", [2], [1, 0] },
        { "{'descr': '|u1', 'fortran_order': False, 'shape': (), }", "07", [], [7] },
        { "{'descr': '<f2', 'fortran_order': False, 'shape': (1, 2), }", "003c00c0", [1, 2], [1, -2] },
        { "{'descr': '<u8', 'fortran_order': False, 'shape': (0, 3), }", "", [0, 3], [] },
    };

    private static byte[] File(string header, string numbers, byte version = 1)
    {
        string text = header.PadRight(version == 1 ? 117 : 115) + "\n";
        byte[] length = version == 1 ? BitConverter.GetBytes((ushort)text.Length) : BitConverter.GetBytes(text.Length);
        return [0x93, .. "NUMPY"u8, version, 0, .. length, .. Encoding.ASCII.GetBytes(text), .. Convert.FromHexString(numbers)];
    }

    [Theory, MemberData(nameof(Written))]
    public void Numbers_are_read_in_every_kind_and_order(string header, string numbers, int[] shape, double[] values)
    {
        foreach (byte version in (byte[])[1, 2])
        {
            var tensor = Npy.Read<double>(folder.Write("a.npy", File(header, numbers, version)));
            Assert.Equal(new Shape(shape), tensor.Shape);
            Assert.Equal(values, tensor.Values.ToArray());
        }
    }

    [Fact]
    public void A_file_is_written_byte_for_byte_as_numpy_writes_it()
    {
        using var stream = new MemoryStream();
        Npy.Write(stream, Nn<float>.Tensor([2, 2], 1.5f, -2, 3, 4));
        Assert.Equal(File("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }", "0000c03f000000c00000404000008040"), stream.ToArray());
        foreach (var tensor in new[] { Tensor([3], 1, double.NaN, -0.0), Tensor([], 7), Tensor([2, 0, 1]) })
        {
            using var one = new MemoryStream();
            Npy.Write(one, tensor);
            Assert.Equal(0, (one.Length - 8 * tensor.Length) % 64);
            var back = Npy.Read<double>(one.ToArray(), "one");
            Assert.Equal(tensor.Shape, back.Shape);
            Assert.Equal(tensor.Values.ToArray().Select(BitConverter.DoubleToInt64Bits), back.Values.ToArray().Select(BitConverter.DoubleToInt64Bits));
        }
    }

    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", "0000c03f", "a.npy: 4 bytes of numbers came; [2] needs 8, 4 for each")]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (2,), }", "", "numbers are needed: float, int, uint or bool")]
    [InlineData("{'descr': '<c8', 'fortran_order': False, 'shape': (2,), }", "", "numbers are needed: float, int, uint or bool")]
    [InlineData("{'descr': '<f4', 'shape': (2,), }", "", "descr, fortran_order and shape are needed")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,), }", "", "its shape is (99999999999,), sizes from 0")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2000000000, 2000000000), }", "", "its shape is (2000000000, 2000000000): ")]
    public void What_is_wrong_is_said_in_a_line(string header, string numbers, string message) =>
        Assert.Contains(
            message, Assert.Throws<DataException>(() => Npy.Read<double>(folder.Write("a.npy", File(header, numbers)))).Message, StringComparison.Ordinal);

    [Fact]
    public void Another_or_a_cut_file_is_refused()
    {
        byte[] whole = File("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", "0000c03f");
        foreach (int length in Enumerable.Range(0, whole.Length)) Assert.Throws<DataException>(() => Npy.Read<float>(folder.Write("a.npy", whole[..length])));
        byte[] newer = [.. whole];
        newer[6] = 4;
        Assert.Contains("version is 4", Assert.Throws<DataException>(() => Npy.Read<float>(folder.Write("a.npy", newer))).Message, StringComparison.Ordinal);
    }
}
