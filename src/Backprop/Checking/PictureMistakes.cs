using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Checking;

/// <summary>Mistakes that are made with convolutions and max pooling.</summary>
internal static class PictureMistakes
{
    public static IEnumerable<Mistake> Of(Sites sites)
    {
        foreach (var step in sites.Steps)
            foreach (var mistake in step switch
            {
                ConvolutionOp<double> => Kernel(sites, step).Concat(step is Conv2dOp<double> padded ? Padding(sites, padded) : []),
                MaxPoolOp<double> pool => Pool(sites.Of([step], 0), pool),
                _ => [],
            }) yield return mistake;
    }

    private static IEnumerable<Mistake> Kernel(Sites sites, Operation<double> step)
    {
        var kernel = step.Inputs[1];
        int size = kernel.Shape.Product(2, kernel.Shape.Rank);
        if (size < 2) yield break;
        string remedy = "forward slides the kernel as it is: ∂L/∂x has it turned by 180°, ∂L/∂K has it as it is; a forward pass that turns it turns both round";
        Action<Contribution> input = contribution =>
        {
            var values = kernel.Writable;
            contribution.Recompute(values, Turned(values.ToArray(), size));
        };
        Action<Contribution> ofKernel = contribution => contribution.Values = Turned(contribution.Values, size);
        bool toInput = step.WantsInput(0), toKernel = step.WantsInput(1);
        string name = sites.NameOf(kernel), where = sites.Describe([step]);
        if (toInput) yield return Of($"∂L/∂{sites.NameOf(step.Inputs[0])} is worked out at {where} with the kernel turned by 180°, forward without, or the other way round.", (0, input));
        if (toKernel) yield return Of($"∂L/∂{name} comes out turned by 180° at {where}: the kernel is turned in forward but not in backward, or the other way round.", (1, ofKernel));
        if (toInput && toKernel) yield return Of($"The kernel {name} is turned by 180° in forward but not in backward at {where}, or the other way round.", (0, input), (1, ofKernel));

        Mistake Of(string sentence, params (int Input, Action<Contribution> Change)[] changes) =>
            new(MistakeKind.KernelTurned, where, sentence, remedy, changes.Select(change => ((step, change.Input), change.Change)));
    }

    private static IEnumerable<Mistake> Padding(Sites sites, Conv2dOp<double> step)
    {
        if (!step.WantsInput(0) || step.Padding == default) yield break;
        yield return sites.Of([step], 0).Mistake(
            MistakeKind.PaddingForgotten,
            $"The padding of {step.Padding} is forgotten in ∂L/∂{sites.NameOf(step.Inputs[0])} at {sites.Describe([step])}: it is shifted, and what falls off the picture is lost.",
            contribution => contribution.Values = Shifted(step));
    }

    /// <summary>The gradient of the padded pictures, cut out at their corner instead of behind the padding.</summary>
    private static double[] Shifted(Conv2dOp<double> step)
    {
        var shape = step.Inputs[0].Shape;
        int rows = shape[2] + 2 * step.Padding.Rows, columns = shape[3] + 2 * step.Padding.Columns;
        var padded = new Parameter<double>([shape[0], shape[1], rows, columns], new double[shape[0] * shape[1] * rows * columns]);
        using var tape = Tape<double>.Record([padded]);
        tape.BackwardWithoutCommit(step.OverPadded(padded), Nn<double>.Tensor(step.Output.Shape, step.Output.Gradient));
        var gradient = padded.Gradient;
        var shifted = new double[step.Inputs[0].Length];
        for (int i = 0; i < shifted.Length; i++)
        {
            var (row, column) = Math.DivRem(i, shape[3]);
            shifted[i] = gradient[(row / shape[2] * rows + row % shape[2]) * columns + column];
        }
        return shifted;
    }

    private static IEnumerable<Mistake> Pool(Site site, MaxPoolOp<double> step)
    {
        if (!step.WantsInput(0)) yield break;
        yield return site.Mistake(
            MistakeKind.GradientToAll, $"The gradient of each window goes to all of its entries at {site.Where}, not to the largest alone.", Given((_, entries) => entries));
        yield return site.Mistake(
            MistakeKind.GradientToAll, $"The gradient of each window is shared out evenly at {site.Where}, as if it were an average.",
            contribution =>
            {
                Given((_, entries) => entries)(contribution);
                int size = step.EntriesOf(0).Count();
                foreach (ref double value in contribution.Values.AsSpan()) value /= size;
            });
        var x = step.Inputs[0];
        (string Which, Func<int[], int> Pick)[] losers =
        [
            ("first", entries => entries[0]),
            ("last", entries => entries[^1]),
            ("smallest", entries => entries.MinBy(entry => x.Values[entry])),
            ("second largest", entries => entries.OrderByDescending(entry => x.Values[entry]).ElementAtOrDefault(1)),
        ];
        foreach (var (which, pick) in losers)
            yield return site.Mistake(
                MistakeKind.WrongWinner, $"The gradient of each window goes to its {which} entry at {site.Where}, not to the largest.", Given((_, entries) => [pick(entries)]));
        int planes = x.Shape[0] * x.Shape[1];
        if (planes == 0 || step.Output.Length == 0) yield break;
        int plane = x.Length / planes, windows = step.Output.Length / planes;
        yield return site.Mistake(
            MistakeKind.WrongWinner, $"The winner's position within its window is taken for its position in the picture at {site.Where}.",
            Given((output, entries) => [output / windows * plane + Array.IndexOf(entries, entries.MaxBy(entry => x.Values[entry]))]));

        Action<Contribution> Given(Func<int, int[], int[]> receivers) => contribution =>
        {
            var dx = new double[contribution.Values.Length];
            for (int output = 0; output < step.Output.Length; output++)
                foreach (int entry in receivers(output, [.. step.EntriesOf(output)])) dx[entry] += step.Output.Gradient[output];
            contribution.Values = dx;
        };
    }

    /// <summary>Every plane of a kernel from its end.</summary>
    private static double[] Turned(double[] values, int size)
    {
        for (int start = 0; start < values.Length; start += size) values.AsSpan(start, size).Reverse();
        return values;
    }
}
