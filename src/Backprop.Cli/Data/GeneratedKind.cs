using Backprop.Data;
using Backprop.Tensors;

namespace Backprop.Cli.Data;

/// <summary>Data that the program draws by itself, called by a word.</summary>
/// <param name="Name">The word.</param>
/// <param name="Called">What the samples are: <c>points</c>.</param>
/// <param name="Columns">What a sample's numbers are called, the target last; none for pictures.</param>
/// <param name="Count">How many samples there are if nothing is said; null where the number is fixed.</param>
/// <param name="Noise">The deviation of the noise if nothing is said.</param>
/// <param name="Draw">Draws so many samples with so much noise.</param>
internal sealed record GeneratedKind(
    string Name, string Called, IReadOnlyList<string> Columns, int? Count, double Noise, Func<int, Random, double, DataSet<double>> Draw)
{
    private static readonly string[] Point = ["x", "y", "class"], Curve = ["x", "y"];

    /// <summary>What is drawn where no data were named.</summary>
    public const string Usual = "digits";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<GeneratedKind> All { get; } =
    [
        new("xor", "points", Point, null, 0, (_, _, _) => Xor()),
        new("moons", "points", Point, 500, 0.1, Generated.Moons<double>),
        new("circles", "points", Point, 500, 0.1, Generated.Circles<double>),
        new("spirals", "points", Point, 600, 0.03, (count, random, noise) => Generated.Spirals<double>(count, random, noise: noise)),
        new("blobs", "points", Point, 500, 0.3, (count, random, noise) => Generated.Blobs<double>(count, random, noise: noise)),
        new("sine", "points", Curve, 500, 0.1, Generated.Sine<double>),
        new(Usual, "pictures", [], 2000, 0.2, (count, random, noise) => Generated.Digits<double>(count, random, noise: noise)),
    ];

    /// <summary>Whether the samples are pictures.</summary>
    public bool IsPictures => Columns.Count == 0;

    /// <summary>Their words.</summary>
    public static IEnumerable<string> Names => All.Select(kind => kind.Name);

    /// <summary>What DATA means: data of that word, unless a file or a folder is called by it.</summary>
    public static GeneratedKind? Of(string data) =>
        File.Exists(data) || Directory.Exists(data) ? null : All.FirstOrDefault(kind => kind.Name == data);

    /// <summary>Two classes instead of the numbers 0 and 1.</summary>
    private static DataSet<double> Xor()
    {
        var xor = Generated.Xor<double>();
        return new DataSet<double>(
            xor.Inputs, new Indices([xor.Count], [.. ((Tensor<double>)xor.Targets).Values.ToArray().Select(value => (int)value)]), ["0", "1"]);
    }
}
