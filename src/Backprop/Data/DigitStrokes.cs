namespace Backprop.Data;

/// <summary>How the ten digits are written: the points that pull the pen, x and y in turn, in a box from 0 to 1 whose y goes
/// down.</summary>
internal static class DigitStrokes
{
    private static readonly double[][][] All =
    [
        [[.5, 0, 1, 0, 1, 1, 0, 1, 0, 0, .5, 0]],
        [[.15, .25, .55, 0, .55, 0, .55, 1]],
        [[0, .25, 0, 0, 1, 0, 1, .45, 0, 1, 0, 1, 1, 1]],
        [[0, .12, .15, 0, 1, 0, 1, .46, .4, .46, .4, .46, 1, .48, 1, 1, .15, 1, 0, .88]],
        [[.75, 1, .75, 0, .75, 0, 0, .7, 0, .7, 1, .7]],
        [[.95, 0, .1, 0, .1, 0, .05, .45, .05, .45, 1, .3, 1, 1, .1, 1, 0, .88]],
        [[.85, 0, 0, .2, 0, 1, 1, 1, 1, .45, 0, .45, .03, .75]],
        [[0, 0, 1, 0, 1, 0, .35, 1]],
        [[.5, .47, .05, .47, .05, 0, .95, 0, .95, .47, .5, .47], [.5, .47, 0, .47, 0, 1, 1, 1, 1, .47, .5, .47]],
        [[.15, 1, 1, .8, 1, 0, 0, 0, 0, .55, 1, .55, .97, .25]],
    ];

    /// <summary>The strokes of a digit. A point that comes twice is a corner.</summary>
    public static IReadOnlyList<double[]> Of(int digit) => All[digit];
}
