using Backprop.Data;
using Backprop.Layers;
using Backprop.Tensors;
using static Backprop.Nn<float>;

namespace Backprop.Lessons.Comparison;

/// <summary>RNN: a long short-term memory whose last state decides.</summary>
/// <remarks>A picture comes row by row, from the top; a row of a table comes column by column.</remarks>
internal sealed class RecurrentFamily(Shape sample, int outputs) : ComparedFamily(sample, outputs)
{
    public override string Name => "RNN";

    public override string Title => "RNN (LSTM)";

    public override string MadeFor => "sequences";

    public override string Reads => IsPictures ? $"{SampleView[0]} rows of {SampleView[1]} in turn" : $"{Sample[0]} columns in turn";

    public override string Sharing => "over time";

    public override Shape SampleView => IsPictures ? [Sample[1], Sample[0] * Sample[2]] : [Sample[0], 1];

    public override string Structure(int width) => $"LSTM {width} → {Outputs}";

    public override long Parameters(int width) => 4L * width * (SampleView[1] + width + 1) + (width + 1L) * Outputs;

    /// <summary>h and c.</summary>
    public override int StateNumbers(int width) => 2 * width;

    public override DataSet<float> View(DataSet<float> data) =>
        data.WithInputs(Tensor([data.Count, .. SampleView], IsPictures && Sample[0] > 1 ? ByRows(data) : data.Inputs.Values.ToArray()));

    public override Sequential<float> Create(int width, Random random) =>
        Sequential(Lstm(SampleView[1], width, random), Linear(width, Outputs, random));

    /// <summary>[N, C, H, W] as [N, H, C, W]: the same row of all channels at each time step.</summary>
    private float[] ByRows(DataSet<float> data)
    {
        int channels = Sample[0], rows = Sample[1], columns = Sample[2];
        var turned = new float[data.Inputs.Length];
        for (int i = 0, at = 0; i < data.Count; i++)
            for (int row = 0; row < rows; row++)
                for (int channel = 0; channel < channels; channel++, at += columns)
                    data.Inputs.Values.Slice(((i * channels + channel) * rows + row) * columns, columns).CopyTo(turned.AsSpan(at));
        return turned;
    }
}
