using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using Backprop.Tensors;

namespace Backprop.Saving;

/// <summary>A tensor as it lies in a file: its shape, its kind of number by the format's own name, its bytes, little-endian.</summary>
public sealed class SavedTensor
{
    internal SavedTensor(string type, Shape shape, byte[] bytes)
    {
        Type = type;
        Shape = shape;
        Bytes = bytes;
    }

    /// <summary>The kind of number: <c>F32</c>, <c>F64</c>, <c>F16</c>, <c>BF16</c>, <c>I64</c>, …</summary>
    public string Type { get; }

    /// <summary>The sizes of the axes.</summary>
    public Shape Shape { get; }

    /// <summary>The numbers as they lie in the file, row-major, little-endian.</summary>
    internal byte[] Bytes { get; }

    /// <summary>Whether its numbers can be read as float or double.</summary>
    public bool IsReal => Type is "F64" or "F32" or "F16" or "BF16";

    /// <summary>The numbers as a tensor of its own; a wider number is rounded.</summary>
    /// <exception cref="NotSupportedException">The numbers are of another kind than F64, F32, F16, BF16.</exception>
    public Tensor<T> ToTensor<T>() where T : unmanaged, IFloatingPointIeee754<T> => Nn<T>.Tensor(Shape, ToArray<T>());

    /// <summary>The numbers alone, in an array of their own.</summary>
    internal T[] ToArray<T>() where T : unmanaged, IFloatingPointIeee754<T>
    {
        var values = new T[Shape.Elements];
        for (int i = 0; i < values.Length; i++)
            values[i] = Type switch
            {
                "F64" => T.CreateTruncating(BinaryPrimitives.ReadDoubleLittleEndian(Bytes.AsSpan(8 * i))),
                "F32" => T.CreateTruncating(BinaryPrimitives.ReadSingleLittleEndian(Bytes.AsSpan(4 * i))),
                "F16" => T.CreateTruncating(BinaryPrimitives.ReadHalfLittleEndian(Bytes.AsSpan(2 * i))),
                // The upper half of a float.
                "BF16" => T.CreateTruncating(BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(Bytes.AsSpan(2 * i)) << 16)),
                _ => throw new NotSupportedException($"A tensor {Shape} holds {Type} numbers; F64, F32, F16 and BF16 can be read."),
            };
        return values;
    }

    internal static SavedTensor Of<T>(Shape shape, ReadOnlySpan<T> values) where T : unmanaged, IFloatingPointIeee754<T>
    {
        bool isDouble = typeof(T) == typeof(double);
        byte[] bytes = new byte[values.Length * (isDouble ? 8 : 4)];
        if (isDouble)
        {
            var doubles = MemoryMarshal.Cast<T, double>(values);
            for (int i = 0; i < doubles.Length; i++) BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(8 * i), doubles[i]);
        }
        else
        {
            var singles = MemoryMarshal.Cast<T, float>(values);
            for (int i = 0; i < singles.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(4 * i), singles[i]);
        }
        return new SavedTensor(TypeOf<T>(), shape, bytes);
    }

    /// <summary>The format's name of a kind of number.</summary>
    internal static string TypeOf<T>() => typeof(T) == typeof(double) ? "F64" : "F32";

    /// <summary>The bytes of one number; 0 for a kind that is not known here.</summary>
    internal static int SizeOf(string type) => type switch
    {
        "F64" or "I64" or "U64" => 8,
        "F32" or "I32" or "U32" => 4,
        "F16" or "BF16" or "I16" or "U16" => 2,
        "I8" or "U8" or "BOOL" => 1,
        _ => 0,
    };
}
