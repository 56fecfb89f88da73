using System.Numerics;
using Backprop.Data;

namespace Backprop.Importing;

/// <summary>An array for a need, or none where the usual value does.</summary>
internal sealed record Taken<T>(Unit<T> Unit, Need<T> Need, ForeignArray<T>? Array) where T : unmanaged, IFloatingPointIeee754<T>;

/// <summary>Finds out which array is which: by a mapping, by equal names, by order, and at last by what alone fits.</summary>
internal sealed partial class Matching<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly WeightFile<T> file;
    private readonly WeightLayout layout;
    private readonly List<Unit<T>> units;
    private readonly List<ForeignArray<T>> arrays;

    public Matching(WeightFile<T> file, WeightLayout layout, IReadOnlyList<Unit<T>> units, IReadOnlyDictionary<string, string?>? map)
    {
        (this.file, this.layout, this.units, arrays) = (file, layout, [.. units], [.. file.Arrays]);
        foreach (var array in file.Arrays)
            if (ForeignNames.LeftOut(layout, array.Name) is { } why && arrays.Remove(array)) LeftOut.Add((array, why));
        if (map is not null) Follow(map);
        // What only counts has the order of the layers.
        if (arrays.Count > 0 && ForeignNames.AreNumbers(arrays.Select(array => array.Name))) TakeInOrder();
        else TakeGroups();
        Finish();
    }

    /// <summary>What is taken.</summary>
    public List<Taken<T>> Taken { get; } = [];

    /// <summary>What is left out on purpose, and why.</summary>
    public List<(ForeignArray<T> Array, string Why)> LeftOut { get; } = [];

    /// <summary>What a person had better look at.</summary>
    public List<string> Notes { get; } = [];

    private void Take(Unit<T> unit, Group<T> group)
    {
        foreach (var need in unit.Needs)
        {
            Taken.Add(new(unit, need, group.Arrays.GetValueOrDefault(need.Role)));
            if (Taken[^1].Array is { } array) arrays.Remove(array);
        }
        units.Remove(unit);
    }

    /// <summary>Arrays without names: each is the next that a layer needs.</summary>
    private void TakeInOrder()
    {
        var needs = units.SelectMany(unit => unit.Needs.Select(need => (Unit: unit, Need: need))).ToArray();
        foreach (var ((unit, need), array) in needs.Zip(arrays.ToArray()))
        {
            if (!need.Takes(array.Shape))
                throw new DataException(
                    file.Path, $"{array.Name} is {array.Shape}; {unit.Path} needs {need} there, which becomes {need.Fills[0].Path} {need.Fills[0].Parameter.Shape} ({need.How})");
            Taken.Add(new(unit, need, array));
            arrays.Remove(array);
        }
        foreach (var unit in units.ToArray())
            if (unit.Needs.All(need => Taken.Any(taken => taken.Need == need))) units.Remove(unit);
    }

    private void TakeGroups()
    {
        var groups = Groups();
        if (ByName(groups) is { } named) foreach (var (unit, group) in named) Take(unit, group);
        else if (InOrder(groups) is { } ordered) foreach (var (unit, group) in ordered) Take(unit, group);
        else TakeWhatAloneFits(groups);
    }

    /// <summary>Arrays by the layers that their names tell of, in the order of the file; by name, where the file is sorted, with numbers as numbers.</summary>
    private List<Group<T>> Groups()
    {
        var named = arrays.Select(array => (Array: array, Name: ForeignNames.Parse(layout, array.Name))).Where(entry => entry.Name is not null)
            .Select(entry => (entry.Array, Name: entry.Name!.Value)).ToArray();
        var reversed = named.Where(entry => entry.Name.Way == Way.FromEnd).Select(entry => (entry.Name.Layer, entry.Name.Cell)).ToHashSet();
        var groups = named.GroupBy(entry => (entry.Name.Layer, entry.Name.Cell, entry.Name.Way)).Select(group => new Group<T>(
            group.Key.Layer, group.Key.Cell, group.Key.Way == Way.Unknown && reversed.Contains((group.Key.Layer, group.Key.Cell)) ? Way.FromStart : group.Key.Way,
            group.ToDictionary(entry => entry.Name.Role, entry => entry.Array))).ToList();
        if (!IsSorted) return groups;
        groups.Sort((a, b) => ForeignNames.CompareNaturally(a.Layer, b.Layer) is var order && order != 0 ? order : (a.Cell, a.Way).CompareTo((b.Cell, b.Way)));
        return groups;
    }

    /// <summary>Whether the order of the file is that of the alphabet, and so says nothing of the layers: safetensors are written so.</summary>
    private bool IsSorted => file.Names.Zip(file.Names.Skip(1)).All(pair => string.CompareOrdinal(pair.First, pair.Second) < 0);

    /// <summary>Every layer by its name, or none.</summary>
    private List<(Unit<T>, Group<T>)>? ByName(List<Group<T>> groups)
    {
        if (groups.Count != units.Count) return null;
        var pairs = new List<(Unit<T>, Group<T>)>();
        foreach (var unit in units)
        {
            if (groups.Find(group => HasNameOf(group, unit)) is not { } group) return null;
            pairs.Add((unit, group));
        }
        foreach (var (unit, group) in pairs)
            if (group.Mismatch(unit) is { } problem) throw new DataException(file.Path, $"{Called(group)} {problem}, for {unit.Path}");
        return pairs;
    }

    private static bool HasNameOf(Group<T> group, Unit<T> unit) => group.Cell == unit.Cell && ForeignNames.Plain(group.Layer) == ForeignNames.Plain(unit.Layer);

    /// <summary>The first layer is the first, the second the second, if all fit so.</summary>
    private List<(Unit<T>, Group<T>)>? InOrder(List<Group<T>> groups)
    {
        if (groups.Count != units.Count) return null;
        // Two directions of one layer may stand either way round.
        var left = new List<Group<T>>(groups);
        var pairs = new List<(Unit<T>, Group<T>)>();
        foreach (var unit in units)
        {
            var group = left[0].Mismatch(unit) is null ? left[0] : left.Count > 1 && left[0].Way != Way.Unknown && left[1].Mismatch(unit) is null ? left[1] : null;
            if (group is null) return null;
            left.Remove(group);
            pairs.Add((unit, group));
        }
        if (IsSorted && pairs.Exists(a => pairs.Exists(b => a != b && b.Item2.Mismatch(a.Item1) is null && a.Item2.Mismatch(b.Item1) is null)))
            Notes.Add("layers of equal shapes were told apart by the order of their names, for the file is sorted by name: look whether it is that of the layers");
        return pairs;
    }

    /// <summary>As long as there is a layer that a single group fits, or a group that fits a single layer, they belong together.</summary>
    private void TakeWhatAloneFits(List<Group<T>> groups)
    {
        var left = new List<Group<T>>(groups);
        while (Single(left) is var (unit, group))
        {
            Take(unit, group);
            left.Remove(group);
        }
    }

    private (Unit<T>, Group<T>)? Single(List<Group<T>> groups)
    {
        foreach (var unit in units)
            if (groups.Where(group => group.Mismatch(unit) is null).Take(2).ToArray() is [var only]) return (unit, only);
        foreach (var group in groups)
            if (units.Where(unit => group.Mismatch(unit) is null).Take(2).ToArray() is [var only]) return (only, group);
        return null;
    }

    private static string Called(Group<T> group) => group.Layer.Length > 0 ? group.Layer : "the file";
}
