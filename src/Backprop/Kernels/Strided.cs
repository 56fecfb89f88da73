namespace Backprop.Kernels;

/// <summary>A matrix anywhere in memory: element (row, column) lies at Start[row·Row + column·Column].</summary>
internal readonly unsafe struct Strided<T>(T* start, nint row, nint column) where T : unmanaged
{
    public readonly T* Start = start;
    public readonly nint Row = row, Column = column;

    public T* At(nint row, nint column) => Start + row * Row + column * Column;

    public Strided<T> From(nint row, nint column) => new(At(row, column), Row, Column);
}
