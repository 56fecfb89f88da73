using System.Numerics;
using System.Runtime.InteropServices;

namespace Backprop.Tensors;

/// <summary>The memory of one tape: pinned managed blocks, cut into slices whose addresses are multiples of 64 bytes.</summary>
/// <remarks>Managed, so a forgotten tape leaks nothing and a stale span crashes nothing. After <see cref="Reset"/> the same memory
/// serves the next tape.</remarks>
internal sealed class Arena<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Alignment = 64;
    private const int SmallestBlock = 1024;

    private readonly List<T[]> blocks = [];
    private int used;

    /// <summary>Takes <paramref name="length"/> elements with unspecified contents.</summary>
    public (T[] Buffer, int Offset) Take(int length)
    {
        if (blocks.Count > 0 && TryTake(blocks[^1], length, out int offset)) return (blocks[^1], offset);

        int grown = blocks.Count == 0 ? SmallestBlock : (int)Math.Min(2L * blocks[^1].Length, 1 << 26);
        AddBlock(Math.Max(length, grown));
        TryTake(blocks[^1], length, out offset);
        return (blocks[^1], offset);
    }

    /// <summary>Gives everything back. Several blocks become one of their common size, so that the next tape finds its memory in one piece.</summary>
    public void Reset()
    {
        if (blocks.Count > 1)
        {
            long total = blocks.Sum(block => (long)block.Length);
            if (total <= Array.MaxLength - Alignment)
            {
                blocks.Clear();
                AddBlock((int)total);
                return;
            }
            // More than one array can hold: keep the largest, the next tape grows again behind it.
            T[] largest = blocks.MaxBy(block => block.Length)!;
            blocks.Clear();
            blocks.Add(largest);
        }
        used = 0;
    }

    private void AddBlock(int length)
    {
        int slack = Alignment / Marshal.SizeOf<T>();
        blocks.Add(GC.AllocateUninitializedArray<T>(Math.Min(length, Array.MaxLength - slack) + slack, pinned: true));
        used = 0;
    }

    private bool TryTake(T[] block, int length, out int offset)
    {
        int size = Marshal.SizeOf<T>();
        long address = Marshal.UnsafeAddrOfPinnedArrayElement(block, 0) + (long)used * size;
        int padding = (int)((Alignment - address % Alignment) % Alignment) / size;
        offset = used + padding;
        if ((long)offset + length > block.Length) return false;
        used = offset + length;
        return true;
    }
}
