using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using Backprop.Tensors;

namespace Backprop.Data;

/// <summary>Reads <c>.npy</c> files, NumPy's format for one array.</summary>
/// <remarks>Source: numpy.lib.format, "A simple format for saving numpy arrays to disk", versions 1 to 3.</remarks>
public static class Npy
{
    /// <summary>Reads numbers: fractions of 2, 4 or 8 bytes, whole numbers of 1 to 8, and yes and no as 1 and 0, in either order of bytes and of axes.</summary>
    /// <param name="file">The path.</param>
    /// <exception cref="DataException">It is no such file, holds no numbers, or its length contradicts its header.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Tensor<T> Read<T>(string file) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        return Read<T>(File.ReadAllBytes(file), file);
    }

    internal static Tensor<T> Read<T>(ReadOnlySpan<byte> bytes, string file) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (header, start) = NpyHeader.Read(bytes, file);
        var numbers = bytes[start..];
        if (numbers.Length != (long)header.Shape.Elements * header.Width)
            throw new DataException(
                file, $"{numbers.Length} bytes of numbers came; {header.Shape} needs {(long)header.Shape.Elements * header.Width}, {header.Width} for each");
        var values = new T[header.Shape.Elements];
        Span<byte> number = stackalloc byte[header.Width];
        for (int i = 0; i < values.Length; i++)
        {
            numbers.Slice((header.Fortran ? PlaceInFortran(header.Shape, i) : i) * header.Width, header.Width).CopyTo(number);
            if (header.BigEndian) number.Reverse();
            values[i] = NumberOf<T>(header, number);
        }
        return Nn<T>.Tensor(header.Shape, values);
    }

    /// <summary>Writes numbers as NumPy writes float32 or float64.</summary>
    internal static void Write<T>(Stream stream, Tensor<T> tensor) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int width = Unsafe.SizeOf<T>();
        stream.Write(NpyHeader.Of(width, tensor.Shape));
        Span<byte> number = stackalloc byte[width];
        foreach (T value in tensor.Values)
        {
            if (width == sizeof(float)) BinaryPrimitives.WriteSingleLittleEndian(number, float.CreateTruncating(value));
            else BinaryPrimitives.WriteDoubleLittleEndian(number, double.CreateTruncating(value));
            stream.Write(number);
        }
    }

    private static T NumberOf<T>(NpyHeader header, ReadOnlySpan<byte> bytes) where T : IFloatingPointIeee754<T> => (header.Kind, header.Width) switch
    {
        ('f', 2) => T.CreateTruncating(BinaryPrimitives.ReadHalfLittleEndian(bytes)),
        ('f', 4) => T.CreateTruncating(BinaryPrimitives.ReadSingleLittleEndian(bytes)),
        ('f', _) => T.CreateTruncating(BinaryPrimitives.ReadDoubleLittleEndian(bytes)),
        ('i', 1) => T.CreateTruncating((sbyte)bytes[0]),
        ('i', 2) => T.CreateTruncating(BinaryPrimitives.ReadInt16LittleEndian(bytes)),
        ('i', 4) => T.CreateTruncating(BinaryPrimitives.ReadInt32LittleEndian(bytes)),
        ('i', _) => T.CreateTruncating(BinaryPrimitives.ReadInt64LittleEndian(bytes)),
        ('u', 2) => T.CreateTruncating(BinaryPrimitives.ReadUInt16LittleEndian(bytes)),
        ('u', 4) => T.CreateTruncating(BinaryPrimitives.ReadUInt32LittleEndian(bytes)),
        ('u', 8) => T.CreateTruncating(BinaryPrimitives.ReadUInt64LittleEndian(bytes)),
        _ => T.CreateTruncating(bytes[0]),
    };

    /// <summary>Where the number stands whose place is <paramref name="index"/> with the last axis innermost, if the first axis is innermost.</summary>
    private static int PlaceInFortran(Shape shape, int index)
    {
        int place = 0;
        int step = shape.Elements;
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            step /= shape[axis];
            place += index % shape[axis] * step;
            index /= shape[axis];
        }
        return place;
    }
}
