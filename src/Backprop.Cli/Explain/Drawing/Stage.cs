using System.Numerics;
using Backprop.Explaining;

namespace Backprop.Cli.Explain.Drawing;

/// <summary>A part of a picture that stands on the axis along which the network is read: what one layer gives.</summary>
internal abstract class Stage
{
    private const int LongestNumber = 6;

    /// <summary>What is written above it, line by line.</summary>
    public required IReadOnlyList<string> Titles { get; init; }

    public abstract double Width { get; }

    /// <summary>How far it reaches above the axis.</summary>
    public abstract double Above { get; }

    /// <summary>How far it reaches below the axis.</summary>
    public virtual double Below => Above;

    /// <summary>The room that what connects it to the stage before it needs.</summary>
    public double Gap { get; init; } = 56;

    /// <summary>Draws it with its left side at x.</summary>
    public abstract void Draw(SvgPicture svg, double x, double axis);

    /// <summary>A number in a picture: three digits, or two where three do not fit.</summary>
    public static string Short<T>(T value) where T : unmanaged, IFloatingPointIeee754<T> =>
        NumberText.Of(value, 3) is { Length: <= LongestNumber } text ? text : NumberText.Of(value, 2);

    /// <summary>A number in a cell, which has less room.</summary>
    public static string Shorter<T>(T value) where T : unmanaged, IFloatingPointIeee754<T> =>
        NumberText.Of(value, 3) is { Length: < LongestNumber } text ? text
            : NumberText.Of(value, 2) is { Length: <= LongestNumber } shorter ? shorter : NumberText.Of(value, 1);

    /// <summary>A name that is not too long for a picture.</summary>
    public static string Cut(string name, int most = 18) => name.Length <= most ? name : $"{name[..(most - 1)]}…";

    /// <summary>Which of many are drawn: all of a few, else the first ones and the last; −1 stands for those between.</summary>
    public static int[] Shown(int count, int most) => count <= most ? [.. Enumerable.Range(0, count)]
        : [.. Enumerable.Range(0, most - 2), -1, count - 1];
}
