using System.Buffers.Binary;
using System.IO.Compression;
using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Data;

/// <summary>Reads IDX files, MNIST's format: two zero bytes, the kind of number, the number of axes, the sizes, the numbers, big-endian.</summary>
/// <remarks>A gzip file is known by its first two bytes, not by its name. Source: yann.lecun.com/exdb/mnist, "The IDX file format".</remarks>
public static class Idx
{
    // As many classes as 16 bits tell apart, each an output of the network; a number beyond is no class but a damaged file, and would ask for
    // that many names.
    private const int HighestClass = 65535;

    /// <summary>Reads numbers as they stand in the file: pixels are 0 … 255.</summary>
    /// <param name="file">The path; gzip or plain.</param>
    /// <exception cref="DataException">It is no IDX file, or its length contradicts its header.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Tensor<T> ReadTensor<T>(string file) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (shape, kind, bytes) = Read(file);
        var values = new T[shape.Elements];
        for (int i = 0; i < values.Length; i++)
            values[i] = kind switch
            {
                Kind.UnsignedByte => T.CreateChecked(bytes[i]),
                Kind.SignedByte => T.CreateChecked((sbyte)bytes[i]),
                Kind.Short => T.CreateChecked(BinaryPrimitives.ReadInt16BigEndian(bytes.AsSpan(2 * i))),
                Kind.Int => T.CreateChecked(BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(4 * i))),
                Kind.Float => T.CreateChecked(BinaryPrimitives.ReadSingleBigEndian(bytes.AsSpan(4 * i))),
                _ => T.CreateChecked(BinaryPrimitives.ReadDoubleBigEndian(bytes.AsSpan(8 * i))),
            };
        return Nn<T>.Tensor(shape, values);
    }

    /// <summary>Reads classes.</summary>
    /// <param name="file">The path; gzip or plain.</param>
    /// <exception cref="DataException">It is no IDX file of whole numbers from 0 to 65,535, or its length contradicts its header.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Indices ReadIndices(string file)
    {
        var (shape, kind, bytes) = Read(file);
        if (kind is Kind.Float or Kind.Double) throw new DataException(file, "it holds fractional numbers, classes are whole numbers");
        int[] values = new int[shape.Elements];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = kind switch
            {
                Kind.UnsignedByte => bytes[i],
                Kind.SignedByte => (sbyte)bytes[i],
                Kind.Short => BinaryPrimitives.ReadInt16BigEndian(bytes.AsSpan(2 * i)),
                _ => BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(4 * i)),
            };
            if (values[i] < 0) throw new DataException(file, $"the class {values[i]} came, classes count from 0", i + 1);
            if (values[i] > HighestClass)
                throw new DataException(file, $"the class {values[i]} came, classes are 0 … {HighestClass}: each one is an output of the network", i + 1);
        }
        return new Indices(shape, values);
    }

    /// <summary>Pictures with their classes: <c>[N, 1, H, W]</c> with pixels as they stand in the file, 0 … 255.</summary>
    /// <param name="imageFile">Pictures [N, H, W], or [N, C, H, W] with channels.</param>
    /// <param name="labelFile">Classes [N].</param>
    /// <param name="classNames">The names of the classes; null calls them by their numbers.</param>
    /// <exception cref="DataException">A file is no IDX file, its length contradicts its header, or the two do not belong together.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static DataSet<T> ReadPictures<T>(string imageFile, string labelFile, IReadOnlyList<string>? classNames = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var pictures = ReadTensor<T>(imageFile);
        if (pictures.Shape.Rank is not (3 or 4))
            throw new DataException(imageFile, $"it holds {pictures.Shape}, pictures have 3 axes [count, height, width] or 4 [count, channels, height, width]");
        if (pictures.Shape.Rank == 3)
            pictures = Nn<T>.Tensor([pictures.Shape[0], 1, pictures.Shape[1], pictures.Shape[2]], pictures.Values);
        var classes = ReadIndices(labelFile);
        if (classes.Shape.Rank != 1 || classes.Shape[0] != pictures.Shape[0])
            throw new DataException(labelFile, $"it holds {classes.Shape} labels, {imageFile} has {pictures.Shape[0]} pictures, and each needs one label");
        if (classNames is null)
        {
            int highest = -1;
            foreach (int value in classes.Values) highest = Math.Max(highest, value);
            classNames = [.. Enumerable.Range(0, highest + 1).Select(c => c.ToString(System.Globalization.CultureInfo.InvariantCulture))];
        }
        for (int i = 0; i < classes.Shape.Elements; i++)
            if (classes.Values[i] >= classNames.Count)
                throw new DataException(labelFile, $"the class {classes.Values[i]} came, there are {classNames.Count} classes, 0 … {classNames.Count - 1}", i + 1);
        return new DataSet<T>(pictures, classes, classNames);
    }

    private static (Shape Shape, Kind Kind, byte[] Bytes) Read(string file)
    {
        ArgumentNullException.ThrowIfNull(file);
        byte[] content = Unpack(file, File.ReadAllBytes(file));
        if (content.Length < 4 || content[0] != 0 || content[1] != 0 || !Enum.IsDefined((Kind)content[2]))
            throw new DataException(
                file, $"it begins with {Convert.ToHexString(content.AsSpan(0, Math.Min(4, content.Length)))}, an IDX file with 0000, the kind of number " +
                "(08 for bytes) and the number of axes; is it an IDX file?");
        var kind = (Kind)content[2];
        int rank = content[3], header = 4 + 4 * rank;
        if (content.Length < header)
            throw new DataException(file, $"it is cut off within its header: {content.Length} bytes, {rank} axes need {header}");
        int[] sizes = new int[rank];
        for (int axis = 0; axis < rank; axis++) sizes[axis] = BinaryPrimitives.ReadInt32BigEndian(content.AsSpan(4 + 4 * axis));
        Shape shape;
        try
        {
            shape = new Shape(sizes);
        }
        catch (ShapeException error)
        {
            throw new DataException(file, $"its header says [{string.Join(", ", sizes)}], which is no shape of a tensor; {error.Message}", cause: error);
        }
        long needed = (long)shape.Elements * SizeOf(kind), found = content.Length - header;
        if (found != needed)
            throw new DataException(file, $"its header says {shape}, {needed} bytes of numbers; {found} came{(found < needed ? ": it is cut off" : "")}");
        return (shape, kind, content[header..]);
    }

    private static byte[] Unpack(string file, byte[] content)
    {
        if (content is not [0x1F, 0x8B, ..]) return content;
        using var unpacked = new MemoryStream();
        try
        {
            using var gzip = new GZipStream(new MemoryStream(content), CompressionMode.Decompress);
            gzip.CopyTo(unpacked);
        }
        catch (InvalidDataException error)
        {
            throw new DataException(file, $"its gzip packing is damaged after {unpacked.Length} unpacked bytes; fetch it again", cause: error);
        }
        // GZipStream ends a cut-off file without a word; from four bytes on the header tells how much there must be.
        return unpacked.Length >= 4 ? unpacked.ToArray()
            : throw new DataException(file, $"its gzip packing is cut off: {content.Length} bytes hold {unpacked.Length} unpacked; fetch it again");
    }

    private static int SizeOf(Kind kind) => kind switch
    {
        Kind.UnsignedByte or Kind.SignedByte => 1,
        Kind.Short => 2,
        Kind.Double => 8,
        _ => 4,
    };

    /// <summary>The third byte of the file.</summary>
    private enum Kind : byte
    {
        UnsignedByte = 0x08,
        SignedByte = 0x09,
        Short = 0x0B,
        Int = 0x0C,
        Float = 0x0D,
        Double = 0x0E,
    }
}
