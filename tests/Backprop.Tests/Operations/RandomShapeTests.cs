using Backprop.Checking;
using Backprop.Operations;
using Backprop.Tensors;
using FsCheck;
using FsCheck.Fluent;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

/// <summary>Operations on windows and planes over shapes that nobody thought of: sizes of 1, odd sizes, every mix of stride, padding, dilation and
/// groups. A failure prints the shrunk numbers and the seed to replay.</summary>
public class RandomShapeTests
{
    /// <summary>Along one axis.</summary>
    public readonly record struct Along(int Size, int Kernel, int Stride, int Padding, int Dilation)
    {
        public bool Fits => (Kernel - 1) * Dilation + 1 <= Size + 2 * Padding;
    }

    private static readonly Gen<Along> Axes =
        from size in Gen.Choose(1, 7)
        from kernel in Gen.Choose(1, 3)
        from stride in Gen.Choose(1, 3)
        from padding in Gen.Choose(0, 2)
        from dilation in Gen.Choose(1, 3)
        select new Along(size, kernel, stride, padding, dilation);

    private static readonly Gen<(Along Rows, Along Columns, int N, int Groups, int In, int Out)> Settings =
        from rows in Axes.Where(axis => axis.Fits)
        from columns in Axes.Where(axis => axis.Fits)
        from n in Gen.Choose(1, 2)
        from groups in Gen.Choose(1, 3)
        from channels in Gen.Choose(1, 2)
        from filters in Gen.Choose(1, 2)
        select (rows, columns, n, groups, channels, filters);

    [Fact]
    public void Conv2d() => ForAll((rows, columns, n, groups, channels, filters) =>
    {
        var x = Numbers([n, groups * channels, rows.Size, columns.Size], 1);
        var (kernel, bias) = (Numbers([groups * filters, channels, rows.Kernel, columns.Kernel], 2), Numbers([groups * filters], 3));
        return Right(
            () => x.Conv2d(
                kernel, bias, (rows.Stride, columns.Stride), (rows.Padding, columns.Padding), (rows.Dilation, columns.Dilation), groups), x, kernel, bias);
    });

    [Fact]
    public void Conv1d() => ForAll((_, axis, n, groups, channels, filters) =>
    {
        var x = Numbers([n, groups * channels, axis.Size], 1);
        var (kernel, bias) = (Numbers([groups * filters, channels, axis.Kernel], 2), Numbers([groups * filters], 3));
        return Right(() => x.Conv1d(kernel, bias, axis.Stride, axis.Padding, axis.Dilation, groups), x, kernel, bias);
    });

    [Fact]
    public void ConvTranspose2d() => ForAll((rows, columns, n, groups, channels, filters) =>
    {
        if (Enlarged(rows) < 1 || Enlarged(columns) < 1) return true;
        var x = Numbers([n, groups * channels, rows.Size, columns.Size], 1);
        var (kernel, bias) = (Numbers([groups * channels, filters, rows.Kernel, columns.Kernel], 2), Numbers([groups * filters], 3));
        return Right(
            () => x.ConvTranspose2d(
                kernel, bias, (rows.Stride, columns.Stride), (rows.Padding, columns.Padding), (rows.Stride - 1, 0), (rows.Dilation, columns.Dilation), groups),
            x, kernel, bias);

        static int Enlarged(Along axis) => (axis.Size - 1) * axis.Stride - 2 * axis.Padding + axis.Dilation * (axis.Kernel - 1) + 1;
    });

    [Fact]
    public void Max_pooling() => ForAll((rows, columns, n, groups, channels, filters) =>
    {
        // Numbers far apart, so that a finite difference changes no winner.
        var x = Parameter(
            [n, channels, rows.Size, columns.Size], [.. Enumerable.Range(0, n * channels * rows.Size * columns.Size).Select(i => i * 37 % 211 / 50.0)]);
        Size2d kernel = (rows.Kernel, columns.Kernel), padding = (Math.Min(rows.Padding, rows.Kernel - 1), Math.Min(columns.Padding, columns.Kernel - 1));
        return !Holds(rows, padding.Rows) || !Holds(columns, padding.Columns)
            || Right(() => x.MaxPool2d(kernel, (rows.Stride, columns.Stride), padding, ceilMode: filters == 2), x);
    });

    [Fact]
    public void Average_pooling() => ForAll((rows, columns, n, groups, channels, filters) =>
    {
        var x = Numbers([n, channels, rows.Size, columns.Size], 1);
        Size2d kernel = (rows.Kernel, columns.Kernel), padding = (Math.Min(rows.Padding, rows.Kernel - 1), Math.Min(columns.Padding, columns.Kernel - 1));
        return !Holds(rows, padding.Rows) || !Holds(columns, padding.Columns)
            || Right(() => x.AveragePool2d(kernel, (rows.Stride, columns.Stride), padding, ceilMode: filters == 2, countPadding: groups != 2), x);
    });

    [Fact]
    public void Upsampling() => ForAll((rows, columns, n, groups, channels, filters) =>
    {
        var x = Numbers([n, channels, rows.Size, columns.Size], 1);
        return Right(() => x.Upsample2d((rows.Stride, columns.Kernel), bilinear: filters == 2), x);
    });

    [Fact]
    public void Layer_normalisation() => ForAll((rows, columns, n, groups, channels, filters) =>
    {
        Shape axes = filters == 2 ? [columns.Size + 1] : [rows.Size, columns.Size + 1];
        var (x, scale, shift) = (Numbers([n, channels, rows.Size, columns.Size + 1], 1), Numbers(axes, 2), Numbers(axes, 3));
        return Right(() => x.LayerNorm(scale, shift, 1e-2), x, scale, shift);
    });

    private static bool Holds(Along axis, int padding) => axis.Kernel <= axis.Size + 2 * padding;

    private static void ForAll(Func<Along, Along, int, int, int, int, bool> property) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(40),
        Prop.ForAll(Arb.From(Settings), s => property(s.Rows, s.Columns, s.N, s.Groups, s.In, s.Out)));

    private static bool Right(Func<Tensor<double>> function, params Parameter<double>[] inputs)
    {
        var report = GradientCheck.Of(function, [.. inputs]);
        return report.Verdict == Verdict.Right ? true : throw new InvalidOperationException(report.ToString());
    }

    private static Parameter<double> Numbers(Shape shape, int phase) =>
        new(shape, [.. Enumerable.Range(0, shape.Elements).Select(i => Math.Sin(1.7 * i + 0.9 * phase))], $"x{phase}");
}
