using System.Numerics;
using Backprop.Data;
using Backprop.Layers;
using Backprop.Tensors;

namespace Backprop.Importing;

/// <summary>Weights of another program's for a network of ours: first a plan that can be looked at, then <see cref="Apply"/>.</summary>
/// <remarks>
/// Which array is which is found by a mapping, by equal names of all layers, by the order of layers of fitting shapes, or by what alone fits. Axes are turned, gates
/// reordered, PyTorch's two recurrent biases added where one does; of Keras, features of flattened pictures change from channels last to channels first.
/// docs/leaving.md says all rules.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class WeightImport<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly WeightFile<T> file;
    private readonly List<Taken<T>> taken;

    /// <summary>Finds out which array fills which parameter; nothing is changed yet.</summary>
    /// <param name="file">The arrays.</param>
    /// <param name="model">The network.</param>
    /// <param name="input">The shape of one sample: [D], [C, H, W], [T, D].</param>
    /// <param name="layout">Whose names and axes they are; found out if left out.</param>
    /// <param name="map">Ours by theirs, of arrays or of whole layers; null is for what is left out. See <see cref="WeightMap"/>.</param>
    /// <exception cref="DataException">An array or a parameter is left over, shapes do not fit, or it is not clear whose arrays they are.</exception>
    /// <exception cref="NotSupportedException">The network has a form that the layout cannot be turned to.</exception>
    public WeightImport(
        WeightFile<T> file, Layer<T> model, Shape input, WeightLayout? layout = null, IReadOnlyDictionary<string, string?>? map = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(input);
        this.file = file;
        Layout = layout ?? LayoutOf(file, model, input, map);
        var needs = NeedsOf(Layout);
        var matching = new Matching<T>(file, Layout, needs.Of(model, input), map);
        taken = matching.Taken;
        Matches =
        [
            .. from entry in taken
               from fill in entry.Need.Fills
               select new WeightMatch(
                   entry.Array?.Name ?? "", entry.Array?.Shape, fill.Path, fill.Parameter.Shape,
                   entry.Array is null ? FormattableString.Invariant($"{entry.Need.Usual} everywhere") : entry.Need.How),
            .. matching.LeftOut.Select(left => new WeightMatch(left.Array.Name, left.Array.Shape, "", null, left.Why)),
        ];
        Notes = [.. matching.Notes, .. needs.Notes.Distinct()];
    }

    /// <summary>Whose names and axes the arrays have.</summary>
    public WeightLayout Layout { get; }

    /// <summary>What is taken for what, in the order of the parameters, then what is left out.</summary>
    public IReadOnlyList<WeightMatch> Matches { get; }

    /// <summary>What a person had better look at, each in a sentence.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Fills the parameters.</summary>
    /// <exception cref="DataException">Arrays of layers that share a parameter here differ; nothing was changed.</exception>
    public void Apply()
    {
        var values = new Dictionary<Parameter<T>, (Unit<T> Unit, T[] Values)>();
        foreach (var unit in taken.GroupBy(entry => entry.Unit))
            foreach (var (parameter, numbers) in ValuesOf(unit))
                if (values.TryGetValue(parameter, out var first) && !first.Values.AsSpan().SequenceEqual(numbers))
                    throw new DataException(file.Path, $"{first.Unit.Path} and {unit.Key.Path} share a parameter in the network; their arrays in the file differ");
                else values[parameter] = (unit.Key, numbers);
        foreach (var (parameter, (_, numbers)) in values) parameter.Set(numbers);
    }

    /// <summary>The numbers of a unit's parameters: where two arrays fill one, their sum.</summary>
    private static Dictionary<Parameter<T>, T[]> ValuesOf(IEnumerable<Taken<T>> unit)
    {
        var values = new Dictionary<Parameter<T>, T[]>();
        foreach (var (_, need, array) in unit)
            foreach (var fill in need.Fills)
            {
                T[] numbers = array is null ? [.. Enumerable.Repeat(T.CreateTruncating(need.Usual!.Value), fill.Parameter.Length)] : fill.Turn(array.Values!);
                values[fill.Parameter] = values.TryGetValue(fill.Parameter, out var before) ? [.. before.Zip(numbers, (a, b) => a + b)] : numbers;
            }
        return values;
    }

    private static LayerNeeds<T> NeedsOf(WeightLayout layout) => layout switch
    {
        WeightLayout.PyTorch => new PyTorchNeeds<T>(),
        WeightLayout.Keras => new KerasNeeds<T>(),
        WeightLayout.Backprop => new OwnNeeds<T>(),
        _ => throw new ArgumentOutOfRangeException(nameof(layout), layout, "WeightImport: Backprop, PyTorch or Keras is needed."),
    };

    /// <summary>By the file, by the names, and where they could be anybody's by what fits.</summary>
    private static WeightLayout LayoutOf(WeightFile<T> file, Layer<T> model, Shape input, IReadOnlyDictionary<string, string?>? map)
    {
        if (file.IsOwn) return WeightLayout.Backprop;
        if (ForeignNames.LayoutOf(file.Names) is { } known) return known;
        var fitting = Enum.GetValues<WeightLayout>().Where(layout => Fits(file, model, input, map, layout)).ToArray();
        if (fitting.Length == 1) return fitting[0];
        // What does not fit is said as of PyTorch's, whose layers have a weight and a bias.
        if (fitting.Length == 0 && !ForeignNames.AreNumbers(file.Names)) return WeightLayout.PyTorch;
        string fit = fitting.Length == 0 ? "they fit none of them" : $"they fit {string.Join(" and ", fitting)}";
        throw new DataException(file.Path, $"the names of its arrays do not say whether they are PyTorch's, Keras' or Backprop's, and {fit}; say it (--from)");
    }

    private static bool Fits(WeightFile<T> file, Layer<T> model, Shape input, IReadOnlyDictionary<string, string?>? map, WeightLayout layout)
    {
        try
        {
            _ = new Matching<T>(file, layout, NeedsOf(layout).Of(model, input), map);
            return true;
        }
        catch (DataException)
        {
            return false;
        }
    }
}
