using Backprop.Data;
using Backprop.Explaining;
using Backprop.Tensors;

namespace Backprop.Lessons.Worksheets;

/// <summary>Finds which numbers of a step somebody means, and what they write otherwise than we do without being wrong: indices from 1, weights as
/// [outputs, inputs], δ with the other sign.</summary>
/// <remarks>A convention is taken for one where more of the numbers it concerns are right by it than without it.</remarks>
internal sealed class FormConventions(StepForm<double> form, string file)
{
    private sealed record Meant(FormAnswer Answer, FormLine<double> Line, FormEntry<double>? Named);

    public (IReadOnlyList<(FormAnswer Answer, FormEntry<double> Entry, TypedNumber Number)> Read, IReadOnlyList<string> Conventions) Read(IReadOnlyList<FormAnswer> answers)
    {
        var conventions = new List<string>();
        Meant[] meant = [.. answers.Select(Find)];
        int first = FromOne(meant) ? 1 : 0;
        if (first == 1) conventions.Add("indices are counted from 1; here they are counted from 0");
        var turned = new HashSet<FormLine<double>>();
        foreach (var line in meant.GroupBy(one => one.Line).Where(line => line.Key.Tensor is Parameter<double> { Shape.Rank: 2 } && IsTurned([.. line], first)))
        {
            turned.Add(line.Key);
            conventions.Add($"{line.Key.Symbol} is written as [outputs, inputs]; here it is [inputs, outputs], the same numbers turned");
        }
        var read = new List<(FormAnswer Answer, FormEntry<double> Entry, TypedNumber Number)>();
        var seen = new Dictionary<FormEntry<double>, string>();
        foreach (var one in meant)
        {
            var entry = EntryOf(one, first, turned.Contains(one.Line))
                ?? throw new DataException(file, $"{one.Answer.Place}: {one.Line.Symbol} has the shape {one.Line.Tensor.Shape}, and no entry {Index(one.Answer)}; indices are counted from 0");
            if (!seen.TryAdd(entry, one.Answer.Place)) throw new DataException(file, $"{one.Answer.Place}: {entry.Name} has a value already, at {seen[entry]}");
            read.Add((one.Answer, entry, one.Answer.Number));
        }
        TurnSigns(read, conventions);
        return (read, conventions);
    }

    /// <summary>The line that an answer is about, and the entry where it is named as a whole.</summary>
    private Meant Find(FormAnswer answer)
    {
        if (answer.Symbol.Length > 0 && answer.Index is null && form.Entries.FirstOrDefault(entry =>
            (entry.Name == answer.Symbol || entry.Line.Symbol + entry.Place == answer.Symbol) && Fits(answer, entry.Line, bySymbol: false)) is { } named) return new(answer, named.Line, named);
        FormLine<double>[] lines = [.. form.Lines.Where(line => Fits(answer, line, bySymbol: true))];
        if (lines.Length == 1) return new(answer, lines[0], null);
        string said = answer.Symbol.Length > 0 ? answer.Symbol : answer.Path;
        if (lines.Length == 0)
            throw new DataException(file, $"{answer.Place}: this step has no '{said}'{(answer.Phase.Length > 0 ? $" in the part '{answer.Phase}'" : "")}; --template lists all there is");
        throw new DataException(file, $"{answer.Place}: '{said}' may be {string.Join(" or ", lines.Select(line => line.Symbol))}; give the symbol");
    }

    private static bool Fits(FormAnswer answer, FormLine<double> line, bool bySymbol) =>
        (!bySymbol || answer.Symbol.Length == 0 || line.Symbol == answer.Symbol) && (answer.Path.Length == 0 || line.Path == answer.Path)
        && (answer.Phase.Length == 0 || line.Phase.ToString().Equals(answer.Phase, StringComparison.OrdinalIgnoreCase));

    private static FormEntry<double>? EntryOf(Meant meant, int first, bool turned)
    {
        if (meant.Named is { } named) return named;
        var shape = meant.Line.Tensor.Shape;
        if (meant.Answer.Index is not { } index) return shape.Elements == 1 ? meant.Line.Entries[0] : null;
        if (index.Count != shape.Rank) return null;
        int flat = 0;
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            int at = index[turned ? shape.Rank - 1 - axis : axis] - first;
            if (at < 0 || at >= shape[axis]) return null;
            flat = flat * shape[axis] + at;
        }
        return meant.Line.Entries[flat];
    }

    private static bool FromOne(Meant[] meant)
    {
        Meant[] indexed = [.. meant.Where(one => one.Named is null && one.Answer.Index is not null)];
        return indexed.Length > 0 && Score(1).CompareTo(Score(0)) > 0;

        // How many are there, then how many are right.
        (int, int) Score(int first) => (indexed.Count(one => Either(one, first).Any()), indexed.Count(one => Either(one, first).Any(one.Answer.Number.Stands)));
    }

    private static IEnumerable<double> Either(Meant one, int first) =>
        EntriesOf(one, first).OfType<FormEntry<double>>().Select(entry => entry.Value);

    private static IEnumerable<FormEntry<double>?> EntriesOf(Meant one, int first)
    {
        yield return EntryOf(one, first, turned: false);
        if (one.Line.Tensor is Parameter<double> { Shape.Rank: 2 }) yield return EntryOf(one, first, turned: true);
    }

    private static bool IsTurned(Meant[] line, int first)
    {
        return Score(true) is var turned && Score(false) is var straight && (turned.There, turned.Right).CompareTo((straight.There, straight.Right)) > 0;

        (int There, int Right) Score(bool turned)
        {
            var entries = line.Select(one => (Entry: EntryOf(one, first, turned), one.Answer.Number)).Where(one => one.Entry is not null).ToArray();
            return (entries.Length, entries.Count(one => one.Number.Stands(one.Entry!.Value)));
        }
    }

    /// <summary>Whoever writes δ = (y − ŷ)·f′(z) has all of them with the other sign, and the slopes of the weights too where the update adds them.</summary>
    private static void TurnSigns(List<(FormAnswer Answer, FormEntry<double> Entry, TypedNumber Number)> read, List<string> conventions)
    {
        if (!Turn(line => line.Symbol.StartsWith('δ'))) return;
        conventions.Add("δ has the other sign, δ(textbook) = −δ: it is added where ours is subtracted");
        if (Turn(line => !line.Symbol.StartsWith('δ'))) conventions.Add("so have the other gradients");

        bool Turn(Func<FormLine<double>, bool> concerns)
        {
            int[] rows = [.. Enumerable.Range(0, read.Count).Where(i => read[i].Entry.Line.Kind == FormKind.Gradient && concerns(read[i].Entry.Line) && read[i].Entry.Value != 0)];
            if (rows.Count(i => read[i].Number.Negated.Stands(read[i].Entry.Value)) <= rows.Count(i => read[i].Number.Stands(read[i].Entry.Value))) return false;
            foreach (int i in rows) read[i] = read[i] with { Number = read[i].Number.Negated };
            return true;
        }
    }

    private static string Index(FormAnswer answer) => answer.Index is null ? "without an index" : $"[{string.Join(',', answer.Index)}]";
}
