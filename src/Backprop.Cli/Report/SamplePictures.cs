using Backprop.Data;
using Backprop.Saving;
using Backprop.Tensors;
using PictureNotes = Backprop.Cli.Data.PictureSamples;

namespace Backprop.Cli.Report;

/// <summary>Samples as the pictures that they were before the model's transforms.</summary>
internal sealed class SamplePictures(SavedModel<float> model, DataSet<float> samples)
{
    /// <summary>The numbers that are black and white: 0 and 255, or 0 and 1, as the model says; where it does not know, the least and the greatest.</summary>
    public (double Black, double White) Range { get; } = model.Notes.GetValueOrDefault(PictureNotes.WhiteNote) switch
    {
        "1" => (0, 1),
        PictureNotes.UnknownWhite => Extremes(model, samples),
        _ => (0, 255),
    };

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

    private static (double Least, double Most) Extremes(SavedModel<float> model, DataSet<float> samples)
    {
        double[] pixels = [.. Enumerable.Range(0, samples.Count).SelectMany(sample => Pixels(model, samples, sample).Values.ToArray())];
        return pixels.Min() is var least && pixels.Max() is var most && least < most ? (least, most) : (least, least + 1);
    }
}
