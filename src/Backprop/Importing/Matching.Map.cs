using Backprop.Data;
using Backprop.Saving;

namespace Backprop.Importing;

// What a mapping says, and what is left at the end.
internal sealed partial class Matching<T>
{
    private void Follow(IReadOnlyDictionary<string, string?> map)
    {
        var groups = Groups();
        var touched = new HashSet<Unit<T>>();
        foreach (var (theirs, ours) in map)
        {
            if (arrays.Find(array => array.Name == theirs) is { } array)
            {
                if (ours is null) LeaveOut(array);
                else if (NeedOf(ours, array) is var (unit, need))
                {
                    TakeOne(unit, need, array);
                    touched.Add(unit);
                }
                else throw Unknown(ours, units.SelectMany(other => other.Needs.SelectMany(its => its.Fills.Select(fill => fill.Path))));
            }
            else FollowLayer(theirs, ours, groups);
        }
        // A layer of which one array was named is done: what else it needs must have been named as well.
        foreach (var unit in touched)
        {
            foreach (var need in unit.Needs)
                if (need.Usual is not null && !Taken.Exists(taken => taken.Need == need)) Taken.Add(new(unit, need, null));
            if (unit.Needs.All(need => Taken.Exists(taken => taken.Need == need))) units.Remove(unit);
        }
    }

    /// <summary>All arrays of a layer, cell by cell.</summary>
    private void FollowLayer(string theirs, string? ours, List<Group<T>> groups)
    {
        var its = groups.FindAll(group => group.Layer == theirs && group.Arrays.Values.Any(arrays.Contains));
        if (its.Count == 0) throw Unknown(theirs, groups.Select(group => group.Layer).Concat(file.Names).Distinct(), "the file holds");
        if (ours is null)
        {
            foreach (var array in its.SelectMany(group => group.Arrays.Values)) LeaveOut(array);
            return;
        }
        var places = units.FindAll(unit => unit.Layer == ours || unit.Path == ours || unit.Layer.StartsWith($"{ours}.", StringComparison.Ordinal));
        if (places.Count == 0) throw Unknown(ours, units.Select(unit => unit.Path));
        if (places.Count != its.Count)
            throw new DataException(file.Path, $"{theirs} has the arrays of {its.Count} layers or cells, {ours} has {places.Count}; map them one by one");
        foreach (var unit in places)
        {
            // Two directions may stand either way round.
            var group = its.Find(group => group.Mismatch(unit) is null)
                ?? throw new DataException(file.Path, $"{theirs} {its[0].Mismatch(unit)}, for {unit.Path}");
            its.Remove(group);
            Take(unit, group);
        }
    }

    private (Unit<T>, Need<T>)? NeedOf(string ours, ForeignArray<T> array)
    {
        string? role = ForeignNames.Parse(layout, array.Name)?.Role;
        var free = (from unit in units
                    from need in unit.Needs
                    where need.Fills.Any(fill => fill.Path == ours) && !Taken.Exists(taken => taken.Need == need)
                    orderby need.Role == role descending
                    select (unit, need)).ToArray();
        return free.Length > 0 ? free[0] : null;
    }

    private void TakeOne(Unit<T> unit, Need<T> need, ForeignArray<T> array)
    {
        if (!need.Takes(array.Shape) || array.Values is null)
            throw new DataException(
                file.Path, $"{array} cannot become {need.Fills[0].Path} {need.Fills[0].Parameter.Shape}: {need.Shape} of fractions is needed ({need.How})");
        Taken.Add(new(unit, need, array));
        arrays.Remove(array);
    }

    private void LeaveOut(ForeignArray<T> array)
    {
        LeftOut.Add((array, "left out by the mapping"));
        arrays.Remove(array);
    }

    private DataException Unknown(string name, IEnumerable<string> known, string there = "the network has")
    {
        string[] all = [.. known.Distinct()];
        string question = Nearest.To(name, all) is { } near ? $"did you mean {near}? " : "";
        return new DataException(file.Path, $"the mapping names '{name}'; {question}({there} {string.Join(", ", all)})");
    }

    /// <summary>Nothing may be left over, on either side.</summary>
    private void Finish()
    {
        var filled = Taken.SelectMany(taken => taken.Need.Fills).Select(fill => fill.Parameter).ToHashSet();
        // A parameter that layers share may stand in the file once.
        var missing = units.SelectMany(unit => unit.Needs)
            .Where(need => !Taken.Exists(taken => taken.Need == need) && !need.Fills.All(fill => filled.Contains(fill.Parameter))).ToArray();
        if (missing.Length == 0 && arrays.Count == 0) return;
        var parts = new List<string>();
        if (arrays.Count > 0) parts.Add($"without a place in the network: {string.Join(", ", arrays)}");
        if (missing.Length > 0)
            parts.Add($"without an array in the file: {string.Join(", ", missing.Select(Wanted))}");
        if (NearMiss() is { } near) parts.Add(near);
        throw new DataException(file.Path, $"{string.Join("; ", parts)}; a mapping (--map) says which belongs to which, and null what is left out");
    }

    private static string Wanted(Need<T> need) => $"{need.Fills[0].Path} {need.Fills[0].Parameter.Shape} from {need} ({need.How})";

    /// <summary>Why what probably belongs together does not: of the same name, or alone on both sides.</summary>
    private string? NearMiss()
    {
        var groups = Groups();
        foreach (var unit in units)
        {
            var group = groups.Find(group => HasNameOf(group, unit)) ?? (groups.Count == 1 && units.Count == 1 ? groups[0] : null);
            if (group?.Mismatch(unit) is { } problem) return $"{Called(group)} {problem}, for {unit.Path}";
        }
        return null;
    }
}
