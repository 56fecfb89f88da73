using Backprop.Tensors;

namespace Backprop.Checking;

/// <summary>Where a tape goes round: the time steps of a recurrent network, found by the steps that come again and read the same parameters.</summary>
internal sealed class TimeSteps
{
    private readonly Dictionary<Operation<double>, (int Run, int Round, int Role)> places = [];
    private readonly List<Operation<double>[][]> runs = [];

    public TimeSteps(Tape<double> tape)
    {
        var steps = tape.Steps;
        for (int start = 0; start < steps.Count;)
        {
            int end = start + 1;
            while (end < steps.Count && steps[end].Layer == steps[start].Layer) end++;
            Find([.. steps.Skip(start).Take(end - start)]);
            start = end;
        }
    }

    /// <summary>The recurrent parts: each a list of time steps, each of them the operations of it in equal order.</summary>
    public IReadOnlyList<IReadOnlyList<IReadOnlyList<Operation<double>>>> Runs => runs;

    /// <summary>The time step of an operation, counted from 1; 0 outside of recurrent parts.</summary>
    public int Of(Operation<double> step) => places.TryGetValue(step, out var place) ? place.Round + 1 : 0;

    /// <summary>The same operation in every time step; itself alone outside of recurrent parts.</summary>
    public IReadOnlyList<Operation<double>> Alike(Operation<double> step) =>
        places.TryGetValue(step, out var place) ? [.. runs[place.Run].Select(round => round[place.Role])] : [step];

    /// <summary>Whether an input comes from the time step before: of its own operation here, what stands there now.</summary>
    public Operation<double>? CarriedBy(Operation<double> step, int input)
    {
        if (!places.TryGetValue(step, out var place)) return null;
        // The first time step reads the initial state, the second one says which operation goes on from it.
        var later = runs[place.Run][Math.Max(place.Round, 1)][place.Role];
        if (later.Inputs[input].Source is not { } source || !places.TryGetValue(source, out var from)) return null;
        return from.Run == place.Run && from.Round == Math.Max(place.Round, 1) - 1 ? runs[place.Run][place.Round][from.Role] : null;
    }

    private void Find(Operation<double>[] steps)
    {
        (int Start, int Period, int Count) best = default;
        for (int period = 1; period <= steps.Length / 2; period++)
            for (int start = 0; start + 2 * period <= steps.Length; start++)
            {
                int count = 1;
                while (start + (count + 1) * period <= steps.Length && IsAgain(steps, start, start + count * period, period)) count++;
                if (count > 1 && count * period > best.Count * best.Period) best = (start, period, count);
            }
        if (best.Count < 2) return;
        var rounds = Enumerable.Range(0, best.Count).Select(round => steps[(best.Start + round * best.Period)..(best.Start + (round + 1) * best.Period)]).ToArray();
        for (int round = 0; round < rounds.Length; round++)
            for (int role = 0; role < best.Period; role++) places[rounds[round][role]] = (runs.Count, round, role);
        runs.Add(rounds);
    }

    /// <summary>Whether the operations from one place on come again at another, with a parameter that both read.</summary>
    private static bool IsAgain(Operation<double>[] steps, int first, int again, int period)
    {
        bool shares = false;
        for (int i = 0; i < period; i++)
        {
            var (a, b) = (steps[first + i], steps[again + i]);
            if (a.Name != b.Name || a.Inputs.Count != b.Inputs.Count || a.Output.Shape != b.Output.Shape) return false;
            for (int input = 0; input < a.Inputs.Count; input++)
                if (a.Inputs[input] is Parameter<double> && b.Inputs[input] is Parameter<double>)
                {
                    if (a.Inputs[input] != b.Inputs[input]) return false;
                    shares = true;
                }
        }
        return shares;
    }
}
