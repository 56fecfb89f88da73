using System.Numerics;
using System.Runtime.InteropServices;

namespace Backprop.Tensors;

/// <summary>Memory that no tape lends: of parameters, inputs, constants and what optimizers remember.</summary>
/// <remarks>Kernels read it in vectors as wide as a cache line; begun between two lines, every vector would need both. So large memory begins
/// at a multiple of 64 bytes, as that of an <see cref="Arena{T}"/>, and is pinned to stay there; small memory is an ordinary array.</remarks>
internal readonly struct OwnMemory<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Alignment = 64, LargeBytes = 16 * 1024;

    private OwnMemory(T[] buffer, int length)
    {
        Buffer = buffer;
        Offset = buffer.Length == length ? 0 : Padding(buffer, 0);
        Length = length;
    }

    /// <summary>No memory yet.</summary>
    public static OwnMemory<T> None => new([], 0);

    /// <summary>The array that the memory lies in.</summary>
    public T[] Buffer { get; }

    /// <summary>Where in the array it begins.</summary>
    public int Offset { get; }

    /// <summary>The number of elements.</summary>
    public int Length { get; }

    /// <summary>The elements.</summary>
    public Span<T> Span => new(Buffer, Offset, Length);

    /// <summary>The elements beyond its length that an array needs so that memory in it can begin at a cache line.</summary>
    public static int Slack => Alignment / Marshal.SizeOf<T>();

    /// <summary>Memory of zeros.</summary>
    public static OwnMemory<T> Zeros(int length) =>
        new(IsLarge(length) ? GC.AllocateArray<T>(length + Slack, pinned: true) : new T[length], length);

    /// <summary>Memory that holds a copy of numbers.</summary>
    public static OwnMemory<T> Of(ReadOnlySpan<T> values)
    {
        if (!IsLarge(values.Length)) return new(values.ToArray(), values.Length);
        var memory = new OwnMemory<T>(GC.AllocateUninitializedArray<T>(values.Length + Slack, pinned: true), values.Length);
        values.CopyTo(memory.Span);
        return memory;
    }

    /// <summary>How many elements of a pinned array lie between one and the next cache line.</summary>
    public static int Padding(T[] pinned, int from)
    {
        int size = Marshal.SizeOf<T>();
        long address = Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0) + (long)from * size;
        return (int)((Alignment - address % Alignment) % Alignment) / size;
    }

    // The longest arrays have no room for slack.
    private static bool IsLarge(int length) => length >= LargeBytes / Marshal.SizeOf<T>() && length <= Array.MaxLength - Slack;
}
