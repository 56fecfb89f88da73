using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Backprop.Data;
using Backprop.Tensors;

namespace Backprop.Saving;

/// <summary>The SHA-256 of numbers with their names and shapes, in hexadecimal digits: equal for equal bits, so that one line shows whether two runs
/// came to the same.</summary>
public static class Fingerprint
{
    /// <summary>That of all parameters of a model, one after the other: the length of its path in UTF-8 and the path, the number of its axes and their sizes,
    /// its values; whole numbers in four bytes, everything little-endian.</summary>
    public static string Of<T>(ParameterList<T> parameters) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(parameters);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string name in parameters.Names) Add(hash, name, parameters[name]);
        return Text(hash);
    }

    /// <summary>That of a data set: inputs, targets and the names of the classes, in the order of the samples.</summary>
    public static string Of<T>(DataSet<T> data) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(data);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, "inputs", data.Inputs);
        if (data.Targets is Tensor<T> numbers) Add(hash, "targets", numbers);
        else
        {
            Add(hash, "classes", data.Targets.Shape);
            Add(hash, ((Indices)data.Targets).Values);
        }
        foreach (string name in data.ClassNames) Add(hash, name, []);
        return Text(hash);
    }

    private static void Add<T>(IncrementalHash hash, string name, Tensor<T> tensor) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Add(hash, name, tensor.Shape);
        if (BitConverter.IsLittleEndian) hash.AppendData(MemoryMarshal.AsBytes(tensor.Values));
        else hash.AppendData(SavedTensor.Of(tensor.Shape, tensor.Values).Bytes);
    }

    private static void Add(IncrementalHash hash, string name, Shape shape)
    {
        byte[] text = Encoding.UTF8.GetBytes(name);
        Add(hash, [text.Length]);
        hash.AppendData(text);
        Add(hash, [shape.Rank, .. shape]);
    }

    private static void Add(IncrementalHash hash, ReadOnlySpan<int> numbers)
    {
        Span<byte> bytes = stackalloc byte[4];
        foreach (int number in numbers)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
            hash.AppendData(bytes);
        }
    }

    private static string Text(IncrementalHash hash) => Convert.ToHexStringLower(hash.GetCurrentHash());
}
