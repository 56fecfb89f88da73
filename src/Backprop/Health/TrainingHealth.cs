using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Health;

/// <summary>Watches a training and says in plain words what goes wrong: give it to a trainer.</summary>
/// <remarks>
/// It looks at the tape of one batch in <see cref="Stride"/> at least, after the backward pass, and changes nothing: a training that is watched comes
/// to the same bits. Without it nothing is measured at all. What is wrong in two judgements running is said, each kind once for each layer.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class TrainingHealth<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Between two batches that are looked at there are as many steps as this at least, and in an epoch not more than four of them.</summary>
    public const int Stride = 8;

    private readonly List<TrainingWarning> warnings = [];
    private readonly Dictionary<(TrainingWarningKind, string), int> seen = [];
    private LayerGradients<T> gradients = new();
    private WaysBack<T> ways = new();
    private UnitActivity<T> units = new();
    private Predictions<T> predictions = new();
    private readonly FirstWeights<T> weights = new();
    private T[][] before = [];
    private double first = double.NaN;
    private int looks;

    /// <summary>Everything that was found, those before a resumption included.</summary>
    public IReadOnlyList<TrainingWarning> Warnings => warnings;

    /// <summary>What was measured last; null before the end of the first epoch.</summary>
    public EpochHealth? Last { get; private set; }

    /// <summary>Hears of each warning as it is found, on the thread that trains.</summary>
    public Action<TrainingWarning>? Warned { get; init; }

    /// <summary>Takes up the warnings of an earlier part of the same training.</summary>
    internal void Restore(IEnumerable<TrainingWarning> earlier)
    {
        warnings.Clear();
        warnings.AddRange(earlier);
    }

    /// <summary>Whether a step should be looked at.</summary>
    /// <param name="step">The steps before it.</param>
    /// <param name="batches">The batches of an epoch.</param>
    internal static bool IsDue(long step, int batches) => step % Math.Max(Stride, (batches + 3) / 4) == 0;

    /// <summary>Whether it judges after an epoch: after each of the first ones, then ever more rarely, so that a training of very many short epochs is
    /// not judged for longer than it trains.</summary>
    internal static bool JudgesAfter(int epoch, int planned) => epoch == planned || epoch % Math.Max(1, epoch / 32) == 0;

    internal void BeginEpoch(ParameterList<T> parameters)
    {
        if (before.Length != parameters.Count) before = [.. parameters.Select(parameter => new T[parameter.Length])];
        for (int i = 0; i < before.Length; i++) parameters[i].Values.CopyTo(before[i]);
    }

    /// <summary>Looks at a tape between its backward pass and the update.</summary>
    internal void Look(Tape<T> tape, Tensor<T> prediction, IInput target, T loss, bool isFirst)
    {
        looks++;
        if (isFirst) first = double.CreateTruncating(loss);
        gradients.Look(tape);
        ways.Look(tape);
        units.Look(tape, prediction);
        predictions.Look(prediction, target);
        weights.Look(tape);
    }

    /// <summary>Judges at the end of an epoch. Gives what is new.</summary>
    internal IReadOnlyList<TrainingWarning> Judge(
        int epoch, int planned, long steps, IReadOnlyList<double> train, IReadOnlyList<double> test, ParameterList<T> parameters)
    {
        if (looks == 0) return [];
        var course = new LossCourse(train, test, planned, steps, first, predictions.AreClasses);
        bool struggles = course.IsLongEnough && !course.HasFallen && predictions.Skill is null or < HealthLimits.StruggleSkill;
        double movement = Movement(parameters);
        Last = Measured(epoch, movement);
        List<TrainingWarning> found =
        [
            .. ScaleRules.Of(epoch, weights.Reads, predictions.TargetSize),
            .. UnitRules.Of(Last, Counts(), struggles),
            .. GradientRules.Of(Last, struggles),
        ];
        if (course.IsLongEnough) found.AddRange(LossRules.OfPredictions(epoch, predictions));
        found.AddRange(LossRules.Of(epoch, course, movement, struggles, [.. found]));
        var added = Sustained(found);
        BeginAgain();
        foreach (var warning in added) Add(warning);
        return added;
    }

    /// <summary>Training stopped on a number that is not finite. What was found in the epoch that did not end is said first.</summary>
    internal void Diverged(TrainingWarning warning)
    {
        if (looks > 0)
        {
            Last = Measured(warning.Epoch, double.NaN);
            foreach (var found in ScaleRules.Of(warning.Epoch, weights.Reads, predictions.TargetSize).Concat(GradientRules.Of(Last, struggles: true)))
                if (IsNew(found)) Add(found);
        }
        Add(warning);
    }

    private EpochHealth Measured(int epoch, double movement)
    {
        var norms = gradients.Norms.ToDictionary(pair => pair.Layer, pair => pair.Norm);
        var activity = units.Layers.ToDictionary(layer => layer.Layer);
        string[] layers = [.. norms.Keys.Concat(activity.Keys).Distinct()];
        return new EpochHealth(
            epoch,
            [.. layers.Select(layer => activity.TryGetValue(layer, out var unit)
                ? new LayerHealth(layer, Norm(layer), units.IsEnough ? unit.Dead : null, unit.Saturated) : new LayerHealth(layer, Norm(layer), null, null))],
            ways.Networks, movement, predictions.Skill);

        double? Norm(string layer) => norms.TryGetValue(layer, out double norm) ? norm : null;
    }

    private UnitCounts Counts() => new(units.Layers.ToDictionary(layer => layer.Layer, layer => layer.Units), [.. weights.EqualUnits]);

    /// <summary>What was found at the judgement before as well, or cannot be chance, and was not said yet.</summary>
    private List<TrainingWarning> Sustained(List<TrainingWarning> found)
    {
        var now = new Dictionary<(TrainingWarningKind, string), int>();
        foreach (var warning in found)
        {
            var key = (warning.Kind, warning.Layer);
            now[key] = seen.GetValueOrDefault(key) + 1;
        }
        seen.Clear();
        foreach (var (key, count) in now) seen[key] = count;
        return [.. found.Where(warning => IsNew(warning) && (seen[(warning.Kind, warning.Layer)] > 1 || IsCertain(warning.Kind)))];
    }

    /// <summary>What comes from the data themselves, from many looks, or from all epochs so far.</summary>
    private static bool IsCertain(TrainingWarningKind kind) => kind is TrainingWarningKind.EqualUnits or TrainingWarningKind.DeadUnits or TrainingWarningKind.LargeInputs or TrainingWarningKind.LargeTargets
        or TrainingWarningKind.LossRising or TrainingWarningKind.Overfitting or TrainingWarningKind.LossNotFalling;

    private bool IsNew(TrainingWarning warning) => !warnings.Any(said => said.Kind == warning.Kind && said.Layer == warning.Layer);

    private void Add(TrainingWarning warning)
    {
        warnings.Add(warning);
        Warned?.Invoke(warning);
    }

    private void BeginAgain()
    {
        looks = 0;
        (gradients, ways) = (new(), new());
        // Small batches add up over some epochs.
        if (units.IsEnough) units = new();
        if (predictions.IsEnough) predictions = new();
    }

    private double Movement(ParameterList<T> parameters)
    {
        double moved = 0, size = 0;
        for (int i = 0; i < before.Length; i++)
        {
            var now = parameters[i].Values;
            for (int j = 0; j < now.Length; j++)
            {
                double old = double.CreateTruncating(before[i][j]), difference = double.CreateTruncating(now[j]) - old;
                (moved, size) = (moved + difference * difference, size + old * old);
            }
        }
        return size > 0 ? Math.Sqrt(moved / size) : double.NaN;
    }
}
