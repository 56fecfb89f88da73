using System.Globalization;
using Backprop.Data;

namespace Backprop.Cli.Data;

/// <summary>What <c>--augment</c> asks for: <c>shift=2,turn=10,flip,noise=0.1,fill=0</c>.</summary>
/// <param name="Shift">Pixels.</param>
/// <param name="Turn">Degrees.</param>
/// <param name="Flip">Whether one of two pictures is mirrored.</param>
/// <param name="Noise">The deviation of the noise, in the unit in which the network meets pixels.</param>
/// <param name="Fill">What stands beyond the edge, in the unit of the pixels in the file.</param>
internal sealed record AugmentWords(int Shift = 0, double Turn = 0, bool Flip = false, double Noise = 0, double Fill = 0)
{
    private static readonly string[] Known = ["shift", "turn", "flip", "noise", "fill"];

    private const string Needed = "shift=PIXELS, turn=DEGREES, flip, noise=DEVIATION and fill=PIXEL are known, as in shift=2,turn=10";

    /// <summary>Reads the words.</summary>
    /// <exception cref="FormatException">They are none; the message says what came and what is needed.</exception>
    public static AugmentWords Parse(string text)
    {
        var words = new AugmentWords();
        var seen = new HashSet<string>();
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            string[] sides = part.Split('=', 2, StringSplitOptions.TrimEntries);
            if (!Known.Contains(sides[0]))
                throw new FormatException($"'{part}' came; {Needed}{Suggestion.Question(sides[0], Known)}");
            if (!seen.Add(sides[0])) throw new FormatException($"{sides[0]} came twice; once is enough");
            words = words.With(part, sides);
        }
        return seen.Overlaps(Known[..^1]) ? words : throw new FormatException($"'{text}' changes nothing; {Needed}");
    }

    /// <summary>The same words in one order, as a checkpoint keeps them.</summary>
    public override string ToString() => string.Join(',', ((string[])
    [
        Shift > 0 ? string.Create(CultureInfo.InvariantCulture, $"shift={Shift}") : "",
        Turn > 0 ? string.Create(CultureInfo.InvariantCulture, $"turn={Turn}") : "",
        Flip ? "flip" : "",
        Noise > 0 ? string.Create(CultureInfo.InvariantCulture, $"noise={Noise}") : "",
        Fill != 0 ? string.Create(CultureInfo.InvariantCulture, $"fill={Fill}") : "",
    ]).Where(word => word.Length > 0));

    /// <summary>What it comes to for pictures that are scaled.</summary>
    public Augmentation Of(Scaling? scale) => new(Shift, Turn, Flip, Noise, FillOf(scale));

    /// <summary>The same in a sentence.</summary>
    public string Sentence(Scaling? scale)
    {
        var parts = new List<string>();
        if (Flip) parts.Add("one of two mirrored");
        if (Turn > 0) parts.Add(string.Create(CultureInfo.InvariantCulture, $"turned by up to {Turn}°"));
        if (Shift > 0) parts.Add($"shifted by up to {Shift} {(Shift == 1 ? "pixel" : "pixels")}");
        if (Noise > 0) parts.Add(string.Create(CultureInfo.InvariantCulture, $"noise of deviation {Noise}"));
        string beyond = Turn > 0 || Shift > 0
            ? string.Create(CultureInfo.InvariantCulture, $"; beyond the edge the pixel {Fill}, for the network {FillOf(scale):G4}") : "";
        return $"in training anew each time, {string.Join(", ", parts)}{beyond}";
    }

    private double FillOf(Scaling? scale) => scale is null ? Fill : scale.Apply(Nn<double>.Tensor([1, 1], Fill)).Value;

    private AugmentWords With(string part, string[] sides)
    {
        if (sides[0] == "flip") return sides.Length == 1 ? this with { Flip = true } : throw new FormatException($"'{part}' came; flip stands alone");
        if (sides.Length == 1) throw new FormatException($"'{part}' came; a number is missing, as in {part}=1");
        return sides[0] switch
        {
            "shift" => this with
            {
                Shift = (int)Number(part, sides[1], number => number is >= 1 and <= 10_000 && number == Math.Floor(number), "1 or more whole pixels"),
            },
            "turn" => this with { Turn = Number(part, sides[1], number => number is > 0 and <= 180, "above 0 and up to 180 degrees") },
            "noise" => this with { Noise = Number(part, sides[1], number => number > 0 && double.IsFinite(number), "a deviation above 0") },
            _ => this with { Fill = Number(part, sides[1], double.IsFinite, "a pixel, 0 … 255 in most files") },
        };
    }

    private static double Number(string part, string text, Func<double, bool> allowed, string needed) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && allowed(number) ? number
            : throw new FormatException($"'{part}' came; it is {needed}");
}
