using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Backprop.Explaining;
using Backprop.Tensors;

namespace Backprop.Lessons.Worksheets;

/// <summary>A number that the learner is to work out; it brings one mark.</summary>
/// <param name="Number">Its number on the sheet, from 1, in the order of calculation.</param>
/// <param name="Entry">The number of the step.</param>
/// <param name="Decimals">To how many decimals it is asked.</param>
public sealed record Blank(int Number, FormEntry<double> Entry, int Decimals)
{
    /// <summary>The answer, rounded to the decimals that are asked.</summary>
    public string Answer => Entry.Value.ToString($"F{Decimals}", CultureInfo.InvariantCulture);
}

/// <summary>A training step with blanks to fill in: everything else is printed, except for numbers that are the answer to a blank once more.</summary>
/// <remarks>
/// The blanks lie in all four parts of the step, as far as it has numbers that can be asked. A number is asked only if
/// <list type="bullet">
/// <item>it is not a whole number to the digits asked, and not finite ones are none;</item>
/// <item>nothing that is given (inputs, targets, weights, settings) is the same number to these digits, whatever its sign;</item>
/// <item>what is computed and is the same number comes later, and is a copy of it: a slice, a sum with 0, an open ReLU. Copies are not printed.</item>
/// </list>
/// So everything that a blank is worked out from is printed, or an earlier blank, or a copy of one; and nowhere does the sheet show an answer.
/// </remarks>
public sealed class Worksheet
{
    private Worksheet(NetworkStep step, WorksheetSettings settings, IReadOnlyList<Blank> blanks, IReadOnlySet<FormEntry<double>> copies)
    {
        (Step, Settings, Blanks, Copies) = (step, settings, blanks, copies);
        Id = Hash();
    }

    /// <summary>The step.</summary>
    public NetworkStep Step { get; }

    /// <summary>How the sheet was asked for.</summary>
    public WorksheetSettings Settings { get; }

    /// <summary>The blanks in the order of calculation.</summary>
    public IReadOnlyList<Blank> Blanks { get; }

    /// <summary>The numbers that are not printed because each is a blank's answer once more.</summary>
    public IReadOnlySet<FormEntry<double>> Copies { get; }

    /// <summary>What tells the sheet from every other: a hash of the network, all its numbers, and the settings.</summary>
    public string Id { get; }

    /// <summary>Makes a worksheet. Equal settings give the equal sheet.</summary>
    /// <exception cref="ArgumentException">The step has fewer numbers that can be asked; the message says how many.</exception>
    public static Worksheet Make(NetworkStep step, WorksheetSettings settings)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(settings);
        var choice = new WorksheetChoice(step, settings);
        var (blanks, copies) = choice.Draw();
        return new Worksheet(step, settings, [.. blanks.OrderBy(blank => blank.Entry.Order).Select((blank, i) => blank with { Number = i + 1 })], copies);
    }

    /// <summary>Whether a number stands on the sheet.</summary>
    public bool Prints(FormEntry<double> entry) => !Copies.Contains(entry) && !Blanks.Any(blank => blank.Entry == entry);

    /// <summary>With how many significant digits a number is printed: two decimals more than are asked, and six digits at least.</summary>
    public int DigitsOf(double value)
    {
        int before = Math.Abs(value) >= 1 ? (int)Math.Floor(Math.Log10(Math.Abs(value))) + 1 : 0;
        return Math.Clamp(before + Settings.Digits + 2, 6, NumberText.MostDigits);
    }

    /// <summary>A number as it is printed, with so many digits.</summary>
    public double AsPrinted(double value) =>
        double.IsFinite(value) ? double.Parse(value.ToString($"E{DigitsOf(value) - 1}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : value;

    private string Hash()
    {
        var text = new StringBuilder("backprop-worksheet/1\n").Append(CultureInfo.InvariantCulture, $"{Settings.Blanks} {Settings.Seed} {Settings.Digits}\n")
            .Append(CultureInfo.InvariantCulture, $"{Step.Network.Name}\n{Step.Network.Loss} {Step.Network.L2:R} {Step.Network.Optimizer.Type} {Step.Network.Optimizer.LearningRate:R}\n");
        foreach (var (key, value) in Step.Network.Optimizer.Settings) text.Append(CultureInfo.InvariantCulture, $"{key} {value}\n");
        foreach (var given in Step.Given) Add(given.Shape, given.Values);
        foreach (var line in Step.Form.Lines)
        {
            text.Append(line.Kind).Append(' ').Append(line.Symbol).Append(' ').Append(line.Path).Append('\n');
            Add(line.Tensor.Shape, line.Entries.Select(entry => entry.Value));
        }
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 16));

        void Add(Shape shape, IEnumerable<double> values)
        {
            text.Append(shape.ToString());
            foreach (double value in values) text.Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture));
            text.Append('\n');
        }
    }
}

/// <summary>How a worksheet is asked for.</summary>
/// <param name="Blanks">How many blanks, 1 or more.</param>
/// <param name="Seed">Which of the possible ones; each seed draws others.</param>
/// <param name="Digits">To how many decimals the answers are asked, 1 to 12. A number that has less than two digits to them is asked to up to four more.</param>
public sealed record WorksheetSettings(int Blanks = 12, int Seed = 1, int Digits = 4)
{
    /// <summary>The most decimals that are asked.</summary>
    public const int MostDigits = 12;
}
