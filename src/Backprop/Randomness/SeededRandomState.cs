using System.Globalization;

namespace Backprop.Randomness;

/// <summary>The state of a <see cref="SeededRandom"/>; its text form reads back as the same state.</summary>
/// <param name="A">The first of the generator's four numbers.</param>
/// <param name="B">The second one.</param>
/// <param name="C">The third one.</param>
/// <param name="D">The fourth one.</param>
/// <param name="Gaussian">The normally distributed number that waits for the next call, if there is one.</param>
public readonly record struct SeededRandomState(ulong A, ulong B, ulong C, ulong D, double? Gaussian)
{
    private const string Algorithm = "xoshiro256**";

    /// <summary>The algorithm's name, the four numbers and the bits of the waiting Gaussian, in hexadecimal digits with blanks between.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Algorithm} {A:x16} {B:x16} {C:x16} {D:x16}{(Gaussian is { } waiting ? $" {BitConverter.DoubleToUInt64Bits(waiting):x16}" : "")}");

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">The text is not a state.</exception>
    public static SeededRandomState Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split(' ');
        var numbers = new ulong[parts.Length];
        bool isState = parts.Length is 5 or 6 && parts[0] == Algorithm;
        for (int i = 1; isState && i < parts.Length; i++)
            isState = parts[i].Length == 16 && ulong.TryParse(parts[i], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out numbers[i]);
        if (!isState)
            throw new FormatException($"SeededRandomState: \"{text}\" came; needed is \"{Algorithm}\" and four or five numbers of 16 hexadecimal digits, as ToString writes.");
        return new(numbers[1], numbers[2], numbers[3], numbers[4], parts.Length == 6 ? BitConverter.UInt64BitsToDouble(numbers[5]) : null);
    }
}
