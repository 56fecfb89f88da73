namespace Backprop.Kernels;

/// <summary>How many vectors of C a tile has per row, and whether the last is only partly inside C.</summary>
/// <remarks>A type, so that the compiler writes a loop for each.</remarks>
internal interface ITileWidth
{
    static abstract bool Two { get; }
    static abstract bool Part { get; }
}

internal readonly struct OneVector : ITileWidth { public static bool Two => false; public static bool Part => false; }
internal readonly struct OnePart : ITileWidth { public static bool Two => false; public static bool Part => true; }
internal readonly struct TwoVectors : ITileWidth { public static bool Two => true; public static bool Part => false; }
internal readonly struct TwoPart : ITileWidth { public static bool Two => true; public static bool Part => true; }

/// <summary>How many rows of C a tile has.</summary>
internal interface ITileRows
{
    static abstract int Count { get; }
}

internal readonly struct Rows1 : ITileRows { public static int Count => 1; }
internal readonly struct Rows2 : ITileRows { public static int Count => 2; }
internal readonly struct Rows3 : ITileRows { public static int Count => 3; }
internal readonly struct Rows4 : ITileRows { public static int Count => 4; }
internal readonly struct Rows5 : ITileRows { public static int Count => 5; }
internal readonly struct Rows6 : ITileRows { public static int Count => 6; }
internal readonly struct Rows7 : ITileRows { public static int Count => 7; }
internal readonly struct Rows8 : ITileRows { public static int Count => 8; }
internal readonly struct Rows9 : ITileRows { public static int Count => 9; }
internal readonly struct Rows10 : ITileRows { public static int Count => 10; }
internal readonly struct Rows11 : ITileRows { public static int Count => 11; }
internal readonly struct Rows12 : ITileRows { public static int Count => 12; }
