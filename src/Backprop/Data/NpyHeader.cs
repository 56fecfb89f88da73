using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;
using Backprop.Tensors;

namespace Backprop.Data;

/// <summary>What stands before the numbers of a <c>.npy</c> file: eight bytes, a length, and a Python dictionary in text.</summary>
/// <param name="Kind">f for fractions, i and u for whole numbers with and without a sign, b for yes and no.</param>
/// <param name="Width">The bytes of a number.</param>
/// <param name="BigEndian">Whether the highest byte comes first.</param>
/// <param name="Fortran">Whether neighbours along the first axis are neighbours in the file.</param>
/// <param name="Shape">The sizes of the axes.</param>
internal sealed partial record NpyHeader(char Kind, int Width, bool BigEndian, bool Fortran, Shape Shape)
{
    private const int Alignment = 64;

    // The kind of number stands first; a record of many columns names no single kind.
    private const int TextBytes = 256;

    /// <summary>Whether the numbers are whole ones.</summary>
    public bool IsWhole => Kind != 'f';

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>A header as NumPy writes it, filled up with spaces so that the numbers begin at a multiple of 64 bytes.</summary>
    public static byte[] Of(int width, Shape shape)
    {
        string sizes = shape.Rank == 1 ? $"({shape[0]},)" : $"({string.Join(", ", shape)})";
        string text = $"{{'descr': '<f{width}', 'fortran_order': False, 'shape': {sizes}, }}";
        int length = (Magic.Length + 4 + text.Length + Alignment) / Alignment * Alignment;
        byte[] bytes = new byte[length];
        bytes.AsSpan().Fill((byte)' ');
        Magic.CopyTo(bytes);
        (bytes[6], bytes[7], bytes[^1]) = (1, 0, (byte)'\n');
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(8), (ushort)(length - 10));
        Encoding.ASCII.GetBytes(text, bytes.AsSpan(10));
        return bytes;
    }

    /// <summary>Reads a header.</summary>
    /// <returns>The header, and how many bytes it takes.</returns>
    /// <exception cref="DataException">It is none, or says what is unknown here.</exception>
    public static (NpyHeader Header, int Bytes) Read(ReadOnlySpan<byte> bytes, string file)
    {
        if (bytes.Length < 12 || !bytes.StartsWith(Magic)) throw new DataException(file, "it is no .npy file: it does not begin with \\x93NUMPY");
        // Version 1 has a length of two bytes, 2 and 3 of four.
        int before = bytes[6] == 1 ? 10 : 12;
        long length = bytes[6] == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]) : BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        if (bytes[6] is < 1 or > 3) throw new DataException(file, $"its version is {bytes[6]}, 1 to 3 are known");
        if (length > bytes.Length - before) throw new DataException(file, "its header is cut off");
        string text = Encoding.UTF8.GetString(bytes.Slice(before, (int)length));
        var type = Type().Match(text);
        var shape = Sizes().Match(text);
        var order = Order().Match(text);
        if (!shape.Success || !order.Success) throw new DataException(file, $"its header is {text.Trim()}; descr, fortran_order and shape are needed");
        if (!type.Success) throw new DataException(file, $"its header is {text.Trim()}; numbers are needed: float, int, uint or bool");
        return (new(
            type.Groups["kind"].Value[0], type.Groups["width"].Value[0] - '0', type.Groups["order"].Value == ">", order.Groups["yes"].Value == "True",
            ShapeOf(shape.Groups["sizes"].Value, file)), before + (int)length);
    }

    /// <summary>Whether it is a header, and of numbers: an archive may hold texts as well, in which nobody is interested.</summary>
    public static bool HoldsNumbers(ReadOnlySpan<byte> bytes) =>
        !bytes.StartsWith(Magic) || Type().IsMatch(Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, TextBytes)]));

    private static Shape ShapeOf(string text, string file)
    {
        var sizes = new List<int>();
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            sizes.Add(int.TryParse(part, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int size) ? size
                : throw new DataException(file, $"its shape is ({text}), sizes from 0 to {int.MaxValue} are needed"));
        try
        {
            return [.. sizes];
        }
        catch (ShapeException error)
        {
            throw new DataException(file, $"its shape is ({text}): {error.Message}", cause: error);
        }
    }

    [GeneratedRegex("'descr':\\s*'(?<order>[<>|=])(?:(?<kind>f)(?<width>[248])|(?<kind>[iu])(?<width>[1248])|(?<kind>b)(?<width>1))'")]
    private static partial Regex Type();

    [GeneratedRegex(@"'shape':\s*\((?<sizes>[0-9, ]*)\)")]
    private static partial Regex Sizes();

    [GeneratedRegex("'fortran_order':\\s*(?<yes>True|False)")]
    private static partial Regex Order();
}
