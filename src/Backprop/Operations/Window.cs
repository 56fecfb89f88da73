using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>A window as an operation was asked to move it, over pictures [N, C, H, W] or over sequences [N, C, L], which are pictures of one row; and the
/// check of its sizes.</summary>
internal sealed class Window
{
    private readonly string operation;
    private readonly Size2d size, stride, padding, dilation;
    private readonly bool flat, ceil;

    private Window(string operation, Size2d size, Size2d stride, Size2d padding, Size2d dilation, bool ceil, bool flat)
    {
        (this.operation, this.size, this.stride, this.padding, this.dilation) = (operation, size, stride, padding, dilation);
        (this.ceil, this.flat) = (ceil, flat);
        Check("window", size, 1, "it needs at least " + Text(1));
        Check("stride", stride, 1, "it is 1 or more");
        Check("padding", padding, 0, "it is 0 or more");
        Check("dilation", dilation, 1, "it is 1 or more");
    }

    /// <summary>A window over pictures.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A window, a stride or a dilation below 1, or a padding below 0.</exception>
    public static Window OverPictures(string operation, Size2d size, Size2d stride, Size2d padding, Size2d? dilation = null, bool ceil = false) =>
        new(operation, size, stride, padding, dilation ?? 1, ceil, flat: false);

    /// <summary>A window over sequences.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A window, a stride or a dilation below 1, or a padding below 0.</exception>
    public static Window OverSequences(string operation, int size, int stride, int padding, int dilation = 1, bool ceil = false) =>
        new(operation, (1, size), (1, stride), (0, padding), (1, dilation), ceil, flat: true);

    /// <summary>As messages and formulas write it: <c>5×3</c>, or the one number over sequences.</summary>
    public override string ToString() => Text(size);

    /// <summary>Gives the window back, unless it could lie on the padding alone and no number in it could win.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The padding is not below the size.</exception>
    public Window PaddedBelowItsSize() => padding.Rows < size.Rows && padding.Columns < size.Columns ? this
        : throw new ArgumentOutOfRangeException(
            null, $"{operation}: a padding of {Text(padding)} came, it is less than the window of {this}, so that every window has a number.");

    /// <summary>The windows over a tensor, or the reason why there are none.</summary>
    /// <param name="x">The shape of the tensor.</param>
    /// <param name="countPadding">Whether an average counts the padding.</param>
    /// <exception cref="ShapeException">The tensor has other axes, or is smaller than a window.</exception>
    public Windows Over(Shape x, bool countPadding = true)
    {
        if (x.Rank != (flat ? 3 : 4))
            throw new ShapeException(
                operation, flat ? $"x {x} needs three axes, [N, C, L]; one sequence of one channel is [1, 1, length]"
                : $"x {x} needs four axes, [N, C, H, W]; one picture of one channel is [1, 1, height, width]", x);
        int height = flat ? 1 : x[2], width = x[^1];
        long rows = height + 2L * padding.Rows, columns = width + 2L * padding.Columns;
        if (Beyond(rows, size.Rows, stride.Rows, dilation.Rows) || Beyond(columns, size.Columns, stride.Columns, dilation.Columns))
            throw new ShapeException(
                operation, $"a window of {this}{Dilated()} is larger than the {(flat ? "sequences" : "pictures")} of {x}{Padded(rows, columns)}; "
                + $"it needs a smaller window, a larger padding or larger {(flat ? "sequences" : "pictures")}", x);
        if (rows > Array.MaxLength || columns > Array.MaxLength || rows * columns > Array.MaxLength / Math.Max(x[1], 1))
            throw new ShapeException(
                operation, $"x {x}{Padded(rows, columns)} is more than {Array.MaxLength} numbers per {(flat ? "sequence" : "picture")}", x);
        var plain = new Windows(
            height, width, size.Rows, size.Columns, stride.Rows, stride.Columns, padding.Rows, padding.Columns, dilation.Rows, dilation.Columns,
            SkipsPadding: !countPadding && padding != default);
        // Where no window is cut off, the kernels need not care about the mode.
        var whole = plain with { Ceil = ceil };
        return whole.Down == plain.Down && whole.Across == plain.Across ? plain : whole;
    }

    /// <summary>The shape of a result with one number per window.</summary>
    public Shape Output(int n, int channels, Windows windows) => flat ? [n, channels, windows.Across] : [n, channels, windows.Down, windows.Across];

    private bool Beyond(long plane, long window, int step, int apart) => (window - 1) * apart + 1 > plane + (ceil ? step - 1 : 0);

    private void Check(string what, Size2d given, int least, string needed)
    {
        if (given.Rows < least || given.Columns < least)
            throw new ArgumentOutOfRangeException(null, $"{operation}: a {what} of {Text(given)} came, {needed}.");
    }

    private string Text(Size2d pair) => flat ? $"{pair.Columns}" : $"{pair}";

    private string Dilated() => dilation is { Rows: 1, Columns: 1 } ? "" : $" with a dilation of {Text(dilation)}";

    private string Padded(long rows, long columns) =>
        padding == default ? "" : $" with a padding of {Text(padding)}, {(flat ? $"{columns}" : $"{rows}×{columns}")}";
}
