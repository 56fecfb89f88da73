using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Backprop.Examples;

/// <summary>The options of an example: it asks for each of them, then <see cref="Check"/> looks at all that came.</summary>
/// <param name="args">What stands on the command line: pairs of <c>--name value</c>, and the words <c>--quick</c> and <c>--help</c>.</param>
public sealed class Options(string[] args)
{
    private readonly List<Given> given = Pairs(args);
    private readonly List<string> known = [];

    /// <summary>A whole number, --name N.</summary>
    /// <param name="name">Without its hyphens.</param>
    /// <param name="usually">Its value where none came.</param>
    /// <param name="from">The smallest that fits.</param>
    /// <param name="to">The largest that fits.</param>
    /// <param name="quick">If given, --quick is an option too, and this the value with it.</param>
    /// <param name="note">What the help says of it before the smallest.</param>
    public int Whole(string name, int usually, int from = 1, int to = int.MaxValue, int? quick = null, string note = "")
    {
        string limits = to == int.MaxValue ? $"from {from}" : $"from {from} to {to}";
        return Whole(name, $"({(note.Length > 0 ? $"{note}, " : "")}{limits}, usually {usually})", usually, from, to, quick);
    }

    /// <summary>The seed of the example's chance, --seed N: 0 or above, usually 1.</summary>
    public int Seed() => Whole("seed", usually: 1, from: 0);

    /// <summary>The number of threads, --threads N: usually as many as there are cores.</summary>
    public int Threads() => Whole("threads", "", Environment.ProcessorCount, 1, int.MaxValue, null);

    /// <summary>A number from −100 to 100, --name X, with a point before its decimals.</summary>
    /// <param name="name">Without its hyphens.</param>
    /// <param name="usually">Its value where none came.</param>
    /// <param name="meaning">What the help says in place of that value.</param>
    public float Real(string name, float usually, string? meaning = null)
    {
        float value = usually;
        Ask($"--{name}", $" X (usually {meaning ?? usually.ToString(CultureInfo.InvariantCulture)})", text =>
            float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && Math.Abs(value) <= 100);
        return value;
    }

    /// <summary>One of some words, --name word; the first is the usual one.</summary>
    public string OneOf(string name, params string[] words)
    {
        string value = words[0];
        Ask($"--{name}", $" {string.Join('|', words)} (usually {value})", text => words.Contains(value = text));
        return value;
    }

    /// <summary>Where the data is, --data PATH: usually in the folder <c>shared/data</c> beside the repository.</summary>
    /// <param name="usually">The name of the file or folder there.</param>
    /// <param name="what">What the help says of it.</param>
    public string Data(string usually, string what)
    {
        string examples = (string)AppContext.GetData("EntryPointFileDirectoryPath")!;
        string path = Path.Combine(examples, "..", "..", "shared", "data", usually);
        Ask("--data", $" {what}", text => (path = text).Length > 0);
        return path;
    }

    /// <summary>Ends the program with the help where it is asked for, and with a line of error where something does not fit.</summary>
    /// <param name="found">Whether the data is there.</param>
    /// <param name="otherwise">The sentence that says where to get it.</param>
    public void Check(bool found = true, string otherwise = "")
    {
        string help = $"Options: {string.Join("  ", [.. known, "--help"])}";
        foreach (var word in given)
        {
            if (word.Name is "--help" or "-h")
            {
                Console.WriteLine(help);
                Environment.Exit(0);
            }
            if (!word.Fits) Stop($"'{(word.Value is null ? word.Name : $"{word.Name} {word.Value}")}' does not fit. {help}");
        }
        if (!found) Stop(otherwise);
        Console.OutputEncoding = System.Text.Encoding.UTF8;
    }

    /// <summary>Ends the program with a sentence on the stream of errors and the exit code 2.</summary>
    [DoesNotReturn]
    public static void Stop(string sentence)
    {
        Console.Error.WriteLine(sentence);
        Environment.Exit(2);
    }

    private int Whole(string name, string help, int usually, int from, int to, int? quick)
    {
        int value = usually;
        bool came = false, hurry = false;
        Ask($"--{name}", $" N {help}".TrimEnd(), text =>
            came = int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out value) && value >= from && value <= to);
        if (quick is int few) Ask("--quick", $" ({few} {(few == 1 ? name.TrimEnd('s') : name)})", _ => hurry = true);
        return hurry && !came ? quick!.Value : value;
    }

    // What does not fit is left for Check, which knows all options.
    private void Ask(string name, string help, Func<string, bool> take)
    {
        known.Add(name + help);
        foreach (var word in given.Where(word => word.Name == name)) word.Fits = take(word.Value ?? "");
    }

    private static List<Given> Pairs(string[] args)
    {
        var pairs = new List<Given>();
        for (int i = 0; i < args.Length; i++)
            pairs.Add(new(args[i], args[i] is "--quick" or "--help" or "-h" ? null : args.ElementAtOrDefault(++i)));
        return pairs;
    }

    private sealed record Given(string Name, string? Value)
    {
        public bool Fits { get; set; }
    }
}
