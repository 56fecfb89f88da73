using Backprop.Data;
using Backprop.Layers;
using Backprop.Tensors;

namespace Backprop.Lessons.Comparison;

/// <summary>One of the three classic kinds of network, as it meets samples of a given shape, made as wide as one wants.</summary>
/// <remarks>Samples are rows of a table, [D], or pictures, [C, H, W].</remarks>
public abstract class ComparedFamily
{
    private protected ComparedFamily(Shape sample, int outputs) => (Sample, Outputs) = (sample, outputs);

    /// <summary>The short name: ANN, CNN, RNN.</summary>
    public abstract string Name { get; }

    /// <summary>The name with the kind of cell or layer: RNN (LSTM).</summary>
    public virtual string Title => Name;

    /// <summary>The data that such networks are made for.</summary>
    public abstract string MadeFor { get; }

    /// <summary>How this network meets the samples: <c>16 rows of 16 numbers in turn</c>.</summary>
    public abstract string Reads { get; }

    /// <summary>What a weight is used for more than once, in words.</summary>
    public abstract string Sharing { get; }

    /// <summary>The shape of one sample in the data.</summary>
    protected Shape Sample { get; }

    /// <summary>The numbers that the network gives: a logit for each class, or one prediction.</summary>
    protected int Outputs { get; }

    /// <summary>Whether the samples are pictures rather than rows of a table.</summary>
    protected bool IsPictures => Sample.Rank == 3;

    /// <summary>The three families, for samples of a shape.</summary>
    /// <param name="sample">[D], rows of at least 3 numbers, or [C, H, W], pictures of at least 4×4 pixels.</param>
    /// <param name="outputs">The numbers that a network gives, 1 or more.</param>
    /// <exception cref="ShapeException">The samples have another shape or are too small: nothing could slide over them.</exception>
    public static IReadOnlyList<ComparedFamily> All(Shape sample, int outputs)
    {
        ArgumentNullException.ThrowIfNull(sample);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        if (sample.Rank is not (1 or 3) || (sample.Rank == 1 && sample[0] < 3) || (sample.Rank == 3 && (sample[1] < 4 || sample[2] < 4)))
            throw new ShapeException(
                "Comparison", $"samples of {sample} came; a convolution and a sequence need rows of at least 3 numbers or pictures [C, H, W] " +
                "of at least 4×4 pixels",
                sample);
        return [new DenseFamily(sample, outputs), new ConvolutionalFamily(sample, outputs), new RecurrentFamily(sample, outputs)];
    }

    /// <summary>The layers of a width, with their sizes: <c>256 → 27 → 10, ReLU</c>.</summary>
    public abstract string Structure(int width);

    /// <summary>The numbers that a network of a width learns.</summary>
    public abstract long Parameters(int width);

    /// <summary>The numbers that a network of a width carries from one time step to the next; 0 without a memory.</summary>
    public virtual int StateNumbers(int width) => 0;

    /// <summary>The data as this network meets them: the same numbers in another order of axes.</summary>
    public virtual DataSet<float> View(DataSet<float> data) => data;

    /// <summary>Makes a network with drawn weights.</summary>
    /// <param name="width">How wide it is, 1 or more: hidden units, filters, or units of the state.</param>
    /// <param name="random">The source of chance.</param>
    public abstract Sequential<float> Create(int width, Random random);

    /// <summary>The shape of one sample as this network meets it.</summary>
    public virtual Shape SampleView => Sample;
}
