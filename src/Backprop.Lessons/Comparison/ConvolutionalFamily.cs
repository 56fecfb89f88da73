using Backprop.Data;
using Backprop.Layers;
using Backprop.Tensors;
using static Backprop.Nn<float>;

namespace Backprop.Lessons.Comparison;

/// <summary>CNN: two convolutions, the second with twice the filters, each followed by ReLU and, where 4 positions or more are left, by
/// max pooling.</summary>
/// <remarks>Over a picture kernels are 3×3; over a row of a table they read 3 neighbouring columns.</remarks>
internal sealed class ConvolutionalFamily(Shape sample, int outputs) : ComparedFamily(sample, outputs)
{
    private const int Kernel = 3, LeastToPool = 4;

    public override string Name => "CNN";

    public override string MadeFor => "pictures, neighbours";

    public override string Reads => IsPictures ? $"a picture {string.Join("×", Sample)}" : $"{Sample[0]} columns side by side";

    public override string Sharing => "over positions";

    public override Shape SampleView => IsPictures ? Sample : [1, Sample[0]];

    public override string Structure(int width) => $"conv {(IsPictures ? "3×3" : "3")}: {width}, {2 * width} ReLU → {Outputs}";

    public override DataSet<float> View(DataSet<float> data) =>
        IsPictures ? data : data.WithInputs(Tensor([data.Count, 1, Sample[0]], data.Inputs.Values));

    public override long Parameters(int width)
    {
        long taps = IsPictures ? Kernel * Kernel : Kernel, filters = 2L * width;
        return (SampleView[0] * taps + 1) * width + (width * taps + 1) * filters + (filters * Product(Pooled(Pooled(Sides))) + 1) * Outputs;
    }

    public override Sequential<float> Create(int width, Random random)
    {
        var layers = new List<Layer<float>>();
        int channels = SampleView[0];
        int[] sides = Sides;
        foreach (int filters in (int[])[width, 2 * width])
        {
            layers.Add(IsPictures ? Conv2d(channels, filters, Kernel, random, padding: Kernel / 2, weight: HeUniform())
                : Conv1d(channels, filters, Kernel, random, padding: Kernel / 2, weight: HeUniform()));
            layers.Add(Relu());
            if (IsPooled(sides)) layers.Add(IsPictures ? MaxPool2d(2) : MaxPool1d(2));
            (channels, sides) = (filters, Pooled(sides));
        }
        return new Sequential<float>([.. layers, Flatten(), Linear(channels * Product(sides), Outputs, random)]);
    }

    private int[] Sides => [.. SampleView.AsSpan()[1..]];

    private static int Product(int[] sides) => sides.Aggregate(1, (product, side) => product * side);

    private static bool IsPooled(int[] sides) => sides.Min() >= LeastToPool;

    private static int[] Pooled(int[] sides) => IsPooled(sides) ? [.. sides.Select(side => side / 2)] : sides;
}
