using System.Globalization;
using System.Text;

namespace Backprop.Exporting;

/// <summary>The lines of a program in Python as they grow.</summary>
internal abstract class PythonParts
{
    private const int MostPerLine = 8;

    private readonly HashSet<string> names = [];

    /// <summary>What the network does with x.</summary>
    public List<string> Statements { get; } = [];

    /// <summary>A text as Python writes it.</summary>
    public static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (char letter in text)
            quoted.Append(letter is '"' or '\\' ? $"\\{letter}" : char.IsControl(letter) ? $"\\u{(int)letter:x4}" : $"{letter}");
        return quoted.Append('"').ToString();
    }

    /// <summary>A name that nothing has yet, made of a path.</summary>
    public string Unused(string path)
    {
        string wanted = string.Concat(path.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
        if (wanted.Length == 0 || char.IsAsciiDigit(wanted[0])) wanted = $"_{wanted}";
        // Words that mean something already get a number as well.
        string name = IsTaken(wanted) ? $"{wanted}_1" : wanted;
        for (int number = 2; !names.Add(name); number++) name = $"{wanted}_{number}";
        return name;
    }

    /// <summary>Adds constant numbers, kept in double.</summary>
    /// <returns>How they are reached.</returns>
    public abstract string Constant(string name, IReadOnlyList<double> numbers);

    /// <summary>Whether a name of a layer would hide something.</summary>
    protected abstract bool IsTaken(string name);

    /// <summary>A list of numbers between two texts, in as many lines as it needs.</summary>
    protected static IEnumerable<string> List(string head, IEnumerable<double> numbers, string tail)
    {
        string[] lines = [.. numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture)).Chunk(MostPerLine).Select(line => string.Join(", ", line))];
        return lines.Length == 1 ? [head + lines[0] + tail] : [head, .. lines.Select(line => $"    {line},"), tail];
    }
}
