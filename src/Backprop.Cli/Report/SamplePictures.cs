using Backprop.Data;
using Backprop.Saving;
using Backprop.Tensors;

namespace Backprop.Cli.Report;

/// <summary>Samples as the pictures that they were before the model's transforms.</summary>
internal sealed class SamplePictures(SavedModel<float> model, DataSet<float> samples)
{
    /// <summary>The number that is white: files of pictures hold 0 to 255, or 0 to 1.</summary>
    public double White { get; } = Enumerable.Range(0, Math.Min(samples.Count, 32)).Max(i => Pixels(model, samples, i).Values.ToArray().Max()) > 1.001 ? 255 : 1;

    /// <summary>A sample as a picture: [C, H, W], or [H, W] where the network reads it row by row.</summary>
    public Tensor<double> this[int sample] => Pixels(model, samples, sample);

    private static Tensor<double> Pixels(SavedModel<float> model, DataSet<float> samples, int sample)
    {
        var shape = samples.SampleShape;
        var values = samples.Inputs.Values.Slice(sample * shape.Elements, shape.Elements).ToArray();
        var batch = Nn<double>.Tensor([1, .. shape.AsSpan()], [.. values.Select(value => (double)value)]);
        var raw = model.InputTransforms.Reverse().Aggregate(batch, (numbers, transform) => transform.Invert(numbers));
        return Nn<double>.Tensor(shape, raw.Values);
    }
}
