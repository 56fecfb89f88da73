using System.Globalization;
using System.Numerics;
using Backprop.Health;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Training;

/// <summary>Finds on a tape where a NaN or an infinity began, and says so.</summary>
internal static class Divergence
{
    /// <summary>The loss is not finite: the first step forward that made it so.</summary>
    public static DivergedException OfLoss<T>(Tape<T> tape, Tensor<T> loss, int epoch, int batch) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var step = tape.FindNonFinite()!;
        string parameter = NearestParameter(tape, step);
        var bad = step.Inputs.FirstOrDefault(input => !Finite.All(input.Values));
        int entry = Finite.IndexOfOther((bad ?? step.Output).Values);
        string finding = bad is not null
            ? $"{step.Name} (step {PositionOf(tape, step)}) met {Text(bad.Values[entry])} in {NameOf(tape, bad)} at {bad.Place(entry)}"
            : $"{step.Name} (step {PositionOf(tape, step)}) made the first {Text(step.Output.Values[entry])} from {Ranges(tape, step)}";
        var why = bad is not null ? DivergenceCause.OfInput(tape, bad) : DivergenceCause.Forward(step);
        return new DivergedException(
            Warning(epoch, step, $"the loss is {Text(loss.Value)}. {finding}{About(parameter)}.", why), batch, double.CreateChecked(loss.Value), step.Name, parameter);
    }

    /// <summary>A parameter's gradient is not finite: the first step backward that made it so.</summary>
    public static DivergedException OfGradient<T>(Tape<T> tape, Parameter<T> parameter, T loss, int epoch, int batch)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var step = tape.BackwardSteps.Reverse().First(step => step.Inputs.Any(input => input.HasGradient && !Finite.All(input.Gradient)));
        int entry = Finite.IndexOfOther(parameter.Gradient);
        string name = tape.NameOf(parameter);
        string finding = $"the loss is {Text(loss)}, the gradient of '{name}' is {Text(parameter.Gradient[entry])} at {parameter.Place(entry)}. " +
            $"Going back, {step.Name} (step {PositionOf(tape, step)}) made the first such number from {Ranges(tape, step)}.";
        return new DivergedException(Warning(epoch, step, finding, DivergenceCause.Backward(step)), batch, double.CreateChecked(loss), step.Name, name);
    }

    private static TrainingWarning Warning<T>(int epoch, Operation<T> step, string finding, (string Cause, string Remedy) why)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new(TrainingWarningKind.NotFinite, epoch, step.Layer, step.Time, double.NaN, double.NaN, finding, why.Cause, why.Remedy);

    /// <summary>The first parameter that is not finite itself, else the one that the step or what it depends on read last.</summary>
    private static string NearestParameter<T>(Tape<T> tape, Operation<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var wanted = new HashSet<Operation<T>> { step };
        Parameter<T>? nearest = null;
        for (int i = PositionOf(tape, step) - 1; i >= 0; i--)
        {
            if (!wanted.Contains(tape.Steps[i])) continue;
            foreach (var input in tape.Steps[i].Inputs)
            {
                nearest ??= input as Parameter<T>;
                if (input.Source is { } source) wanted.Add(source);
            }
        }
        var named = tape.Parameters.FirstOrDefault(parameter => !Finite.All(parameter.Values)) ?? nearest;
        return named is null ? "" : tape.NameOf(named);
    }

    private static int PositionOf<T>(Tape<T> tape, Operation<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < tape.Steps.Count; i++)
            if (tape.Steps[i] == step) return i + 1;
        return 0;
    }

    private static string Ranges<T>(Tape<T> tape, Operation<T> step) where T : unmanaged, IFloatingPointIeee754<T> =>
        string.Join(" and ", step.Inputs.Where(input => input.Length > 0).Select(input =>
        {
            T least = input.Values[0], most = input.Values[0];
            foreach (T value in input.Values) (least, most) = (T.Min(least, value), T.Max(most, value));
            return $"{NameOf(tape, input)} with values from {Text(least)} to {Text(most)}";
        }));

    private static string NameOf<T>(Tape<T> tape, Tensor<T> tensor) where T : unmanaged, IFloatingPointIeee754<T> =>
        tape.NameOf(tensor) is { Length: > 0 } name ? $"'{name}'"
        : tensor.Source is { } source ? $"the output of {source.Name} {tensor.Shape}"
        : tape.Inputs.Contains(tensor) ? $"the data {tensor.Shape}"
        : $"a constant {tensor.Shape}";

    private static string About(string parameter) => parameter.Length > 0 ? $"; the parameter concerned first is '{parameter}'" : "";

    private static string Text<T>(T value) where T : unmanaged, IFloatingPointIeee754<T> => value.ToString("G6", CultureInfo.InvariantCulture);
}
