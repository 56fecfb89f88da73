using Backprop.Tensors;

namespace Backprop.Checking;

/// <summary>The slope of Σ weights·output along one entry of a tensor, measured by running forward beside it.</summary>
/// <remarks>Gradients up to <paramref name="rounding"/> are taken for 0 where the differences do not say otherwise; <paramref name="noise"/> is what
/// the forward run rounds by.</remarks>
internal sealed class Slope(Action run, Tensor<double> output, double[] weights, Noise noise = default, double rounding = 0)
{
    private const double RightUpTo = 1e-6;
    private const double WrongFrom = 1e-4;
    private const double Step = 6e-6;

    /// <summary>How much coarser differences round than gradients do: the step stands below them.</summary>
    private const double NoiseOfDifferences = 1e4;

    /// <summary>The slope by itself.</summary>
    public double At(Tensor<double> tensor, int index) =>
        Refine(tensor, index, Step * Math.Max(1, Math.Abs(tensor.Values[index])), out _);

    /// <summary>Judges one entry of a gradient.</summary>
    public EntryCheck Compare(Tensor<double> tensor, int index, double analytic, double largest)
    {
        var check = Judge(tensor, index, analytic, largest);
        // 0 without the sign of a zero.
        return check with { Analytic = check.Analytic + 0.0, Numeric = check.Numeric + 0.0 };
    }

    private EntryCheck Judge(Tensor<double> tensor, int index, double analytic, double largest)
    {
        double h = Step * Math.Max(1, Math.Abs(tensor.Values[index]));
        double numeric = Central(tensor, index, h, out double disagreement);
        double error = Error(analytic, numeric, largest);
        if (!double.IsFinite(numeric)) return new(Verdict.CannotTell, index, analytic, numeric, error, "the differences are not finite numbers");
        if (!double.IsFinite(analytic))
            return noise.IsModerate
                ? new(Verdict.Wrong, index, analytic, numeric, error, "it is not a finite number")
                : new(Verdict.CannotTell, index, analytic, numeric, error, "numbers on the way are too large to judge by");
        if (error <= RightUpTo) return new(Verdict.Right, index, analytic, numeric, error, "");

        // A kink may lie within this step and outside a smaller one. At the kink itself the slopes of both sides keep their distance
        // however small the step; on a smooth curve it shrinks with the step.
        double nearer = Central(tensor, index, h / 8, out double narrow);
        if (Error(analytic, nearer, largest) <= RightUpTo) return new(Verdict.Right, index, analytic, nearer, Error(analytic, nearer, largest), "");
        if (narrow > 0.5 * disagreement && narrow > 1e-3 * Math.Max(Math.Abs(analytic), Math.Abs(numeric)) && Error(narrow, 0, largest) > RightUpTo)
            return new(Verdict.CannotTell, index, analytic, numeric, error, "a kink lies within the step: the slopes of both sides differ");

        double refined = Refine(tensor, index, h, out double uncertainty);
        if (Math.Abs(analytic - refined) < Math.Abs(analytic - numeric)) (numeric, error) = (refined, Error(analytic, refined, largest));
        if (error <= RightUpTo) return new(Verdict.Right, index, analytic, numeric, error, "");
        if (Math.Abs(analytic) <= rounding && Math.Abs(refined) <= Math.Max(rounding, 10 * uncertainty) && uncertainty <= NoiseOfDifferences * rounding)
            return new(Verdict.Right, index, analytic, numeric, 0, "0 but for rounding");
        double gap = Math.Abs(analytic - refined);
        if (!(gap > 10 * uncertainty) || !(gap > Blurred(tensor, index, h)))
            return gap <= RightUpTo * largest
                ? new(Verdict.Right, index, analytic, numeric, error, "as near as differences can measure so small an entry")
                : new(Verdict.CannotTell, index, analytic, numeric, error, "the differences are too uncertain here to judge by");
        return error >= WrongFrom
            ? new(Verdict.Wrong, index, analytic, numeric, error, "")
            : new(Verdict.CannotTell, index, analytic, numeric, error, "the error lies between right (1e-6) and wrong (1e-4)");
    }

    /// <summary>What rounding can make of a difference with a step: by the numbers on the tape, and by how far runs close by are from a smooth curve.</summary>
    /// <remarks>Source: Moré and Wild, SIAM J. Sci. Comput. 33 (2011), "Estimating computational noise": the fourth differences of a smooth curve vanish,
    /// those of rounding have 70 times its variance.</remarks>
    private double Blurred(Tensor<double> tensor, int index, double h)
    {
        const int Runs = 9;
        double x = tensor.Values[index], size = 0;
        var sums = new double[Runs];
        for (int i = 0; i < Runs; i++)
        {
            sums[i] = At(tensor, index, x + (i - Runs / 2) * h / 4);
            size = Math.Max(size, Size());
        }
        At(tensor, index, x);
        double squares = 0;
        for (int i = 0; i + 4 < Runs; i++)
        {
            double fourth = sums[i] - 4 * sums[i + 1] + 6 * sums[i + 2] - 4 * sums[i + 3] + sums[i + 4];
            squares += fourth * fourth;
        }
        double scatter = Math.Sqrt(squares / (Runs - 4) / 70);
        return (10 * scatter + noise.Amount + Noise.Of(size)) / h;
    }

    private static double Error(double analytic, double numeric, double largest)
    {
        double scale = Math.Max(Math.Max(Math.Abs(analytic), Math.Abs(numeric)), 1e-8 * largest);
        return scale == 0 ? 0 : Math.Abs(analytic - numeric) / scale;
    }

    /// <summary>Richardson's extrapolation over shrinking steps; the best estimate is the one that its neighbours agree with most.</summary>
    private double Refine(Tensor<double> tensor, int index, double h, out double uncertainty)
    {
        const int Rows = 6;
        var table = new double[Rows, Rows];
        double best = 0;
        uncertainty = double.PositiveInfinity;
        for (int row = 0; row < Rows; row++)
        {
            table[row, 0] = Central(tensor, index, h * 1024 / (1 << (2 * row)), out _);
            double factor = 16;
            for (int column = 1; column <= row; column++, factor *= 16)
            {
                table[row, column] = (factor * table[row, column - 1] - table[row - 1, column - 1]) / (factor - 1);
                double distance = Math.Max(
                    Math.Abs(table[row, column] - table[row, column - 1]), Math.Abs(table[row, column] - table[row - 1, column - 1]));
                if (distance < uncertainty) (best, uncertainty) = (table[row, column], distance);
            }
        }
        return best;
    }

    private double Central(Tensor<double> tensor, int index, double h, out double disagreement)
    {
        // The last of the three runs leaves the tensor as it was.
        double x = tensor.Values[index];
        double above = At(tensor, index, x + h), below = At(tensor, index, x - h), here = At(tensor, index, x);
        // What the slopes of both sides differ by beyond the rounding of the sums: beside large outputs that alone looks like a kink.
        double rounding = double.ScaleB(Math.Abs(above) + 2 * Math.Abs(here) + Math.Abs(below), -52) / h;
        disagreement = Math.Max(0, Math.Abs((above - here) / h - (here - below) / h) - rounding);
        // The steps that were really taken: x + h is rounded.
        return (above - below) / (x + h - (x - h));
    }

    /// <summary>How large the terms of the sum are together, and what they come from: a loss of nearly 0 is what is left of numbers around 1, log(1 + e^−40).</summary>
    private double Size()
    {
        double size = 0;
        var values = output.Values;
        for (int i = 0; i < values.Length; i++) size += Math.Abs(weights[i]) * Math.Max(1, Math.Abs(values[i]));
        return size;
    }

    private double At(Tensor<double> tensor, int index, double value)
    {
        tensor.Writable[index] = value;
        run();
        double sum = 0;
        var values = output.Values;
        for (int i = 0; i < values.Length; i++) sum += weights[i] * values[i];
        return sum;
    }
}
