using System.Globalization;

namespace Backprop.Randomness;

/// <summary>The state of a <see cref="NumPyRandom"/>, part by part as <c>numpy.random.get_state()</c> gives it; its text form reads back as the same
/// state.</summary>
/// <param name="Key">The generator's 624 numbers.</param>
/// <param name="Position">How many of them were drawn, 0 to 624.</param>
/// <param name="Gaussian">The normally distributed number that waits for the next call, if there is one.</param>
public sealed record NumPyRandomState(IReadOnlyList<uint> Key, int Position, double? Gaussian)
{
    private const string Algorithm = "MT19937";

    /// <summary>The algorithm's name, the position, the bits of the waiting Gaussian or -, and the numbers, in hexadecimal digits with blanks
    /// between.</summary>
    public override string ToString()
    {
        string gaussian = Gaussian is { } waiting ? BitConverter.DoubleToUInt64Bits(waiting).ToString("x16", CultureInfo.InvariantCulture) : "-";
        string key = string.Join(' ', Key.Select(number => number.ToString("x8", CultureInfo.InvariantCulture)));
        return string.Create(CultureInfo.InvariantCulture, $"{Algorithm} {Position} {gaussian} {key}");
    }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">The text is not a state.</exception>
    public static NumPyRandomState Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split(' ');
        uint[] key = new uint[MersenneTwister.Length];
        ulong bits = 0;
        int position = 0;
        bool isState = parts.Length == 3 + key.Length && parts[0] == Algorithm
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out position) && position <= key.Length
            && (parts[2] == "-" || Hexadecimal(parts[2], 16, out bits));
        for (int i = 0; isState && i < key.Length; i++)
        {
            isState = Hexadecimal(parts[3 + i], 8, out ulong number);
            key[i] = (uint)number;
        }
        if (!isState)
            throw new FormatException(
                $"NumPyRandomState: \"{(text.Length > 40 ? text[..40] + "…" : text)}\" came; needed is \"{Algorithm}\", a position, a Gaussian or -, and "
                + $"{key.Length} numbers, as ToString writes.");
        return new(key, position, parts[2] == "-" ? null : BitConverter.UInt64BitsToDouble(bits));
    }

    private static bool Hexadecimal(string text, int digits, out ulong number)
    {
        number = 0;
        return text.Length == digits && ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number);
    }
}
