using Backprop.Data;
using Backprop.Layers;
using Backprop.Operations;
using Backprop.Optimizers;
using Backprop.Randomness;
using Backprop.Tensors;

namespace Backprop.Saving;

// A saved model in place of a file that people write.
public sealed partial class NetworkFile<T>
{
    /// <summary>A learning rate for who wants to see what one step does; a saved model does not say with which it was trained.</summary>
    private const double UsualRate = 0.01;

    /// <summary>Takes a saved model with samples of its own: its loss, one batch of all samples, and plain SGD with the learning
    /// rate 0.01.</summary>
    /// <remarks>A model that does not say its loss takes softmax cross-entropy for classes and the mean squared error for numbers.</remarks>
    /// <param name="saved">The model. Load it unrolled, so that each time step of a recurrent layer can be read.</param>
    /// <param name="samples">What it is to be explained on, through its transforms: inputs as the network reads them, and targets as
    /// its loss reads them, or classes.</param>
    /// <param name="name">How the network is called; may be empty.</param>
    /// <exception cref="ShapeException">The samples have another shape than the network reads, or their targets another than it gives.</exception>
    /// <exception cref="NotSupportedException">The loss of the model is unknown here.</exception>
    public NetworkFile(SavedModel<T> saved, DataSet<T> samples, string name = "")
    {
        ArgumentNullException.ThrowIfNull(saved);
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.SampleShape != saved.Input)
            throw new ShapeException(
                "NetworkFile", $"samples {samples.SampleShape} came, the network reads {saved.Input}", samples.SampleShape, saved.Input);
        Model = saved.Model as Sequential<T> ?? new Sequential<T>(saved.Model);
        Input = saved.Input;
        Name = name;
        Source = "";
        Seed = 1;
        randomOf = seed => new SeededRandom(seed);
        var output = Model.Describe([1, .. Input.AsSpan()]).Rows[^1].Output;
        string lossName = saved.Loss.Length > 0 ? saved.Loss : samples.Targets is Indices ? "softmax_cross_entropy" : "mean_squared_error";
        loss = LossFunction<T>.Named(lossName, output) ?? throw new NotSupportedException($"NetworkFile: the loss '{lossName}' of the model is unknown here.");
        // A loss of numbers reads a row for each class.
        if (samples.Targets is Indices classes && !loss.ReadsClasses)
            samples = new DataSet<T>(samples.Inputs, loss.RowOfEachClass(output[^1]).Gather(classes));
        Shape one = loss.ReadsClasses ? output.Without(output.Rank - 1) : output, needed = one.With(0, samples.Count);
        if (samples.Targets is Indices != loss.ReadsClasses || samples.Targets.Shape != needed)
            throw new ShapeException(
                "NetworkFile",
                $"targets {samples.Targets.Shape} of {Kind(samples.Targets is Indices)} came, {Loss} needs {needed} of {Kind(loss.ReadsClasses)}",
                samples.Targets.Shape, needed);
        data = samples;
        BatchSize = samples.Count;
        Labels = new Dictionary<string, IReadOnlyList<string>>();
        Optimizer = new Sgd<T>(Model.Parameters, UsualRate);

        static string Kind(bool classes) => classes ? "classes" : "numbers";
    }
}
