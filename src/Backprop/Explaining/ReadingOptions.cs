using System.Numerics;

namespace Backprop.Explaining;

/// <summary>How a tape is read.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed record ReadingOptions<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>How a number is written that stands behind an operator; with six significant digits, a negative one in parentheses, if left out.</summary>
    public Func<T, string> Number { get; init; } = NumberText.Operand;

    /// <summary>Up to how many entries all of them are worked out with their numbers; of more only one is. 1 or more.</summary>
    public int Entries { get; init; } = 1;

    /// <summary>The textbook's names of single entries, row-major, by the path of the parameter: <c>hidden.weight</c>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Labels { get; init; } = new Dictionary<string, IReadOnlyList<string>>();
}
