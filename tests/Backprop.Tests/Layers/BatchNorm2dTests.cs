using Backprop.Operations;
using Backprop.Saving;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Layers;

public class BatchNorm2dTests
{
    public static LayerCase[] Cases =>
    [
        new("BatchNorm2d", _ => BatchNorm2d(2), [3, 2, 2, 4]),
        new("BatchNorm2d of rows", _ => BatchNorm2d(3, momentum: 0.2, epsilon: 1e-3, name: "norm"), [5, 3]),
        new("BatchNorm2d behind a convolution", random => Sequential(Conv2d(1, 2, 3, random, bias: false), BatchNorm2d(2), Sigmoid()), [2, 1, 4, 5]),
    ];

    private static Tensor<double> Pictures => Tensor([4, 2, 2, 2], [.. Enumerable.Range(0, 32).Select(i => 3 + 2 * Math.Sin(1.3 * i + 0.2))]);

    [Fact]
    public void It_begins_as_the_normalisation_alone()
    {
        var layer = BatchNorm2d(2);
        Assert.Equal(["scale", "shift", "runningMean", "runningVariance"], layer.Parameters.Names);
        Assert.Equal([1, 1, 0, 0, 0, 0, 1, 1], layer.Parameters.SelectMany(parameter => parameter.Values.ToArray()));
        Assert.Equal(["scale", "shift"], layer.Parameters.Names.Where(name => layer.Parameters[name].Trainable));
        Assert.Equal((0.1, 1e-5, 2), (layer.Momentum, layer.Epsilon, layer.Channels));
        Assert.Equal([("momentum", (object)0.1), ("epsilon", 1e-5)], layer.Settings);
    }

    [Fact]
    public void Training_normalises_by_the_batch_and_inference_by_what_training_saw()
    {
        var (layer, x) = (BatchNorm2d(2, momentum: 1), Pictures);
        using (var tape = Record(layer.Parameters, x))
        {
            var y = layer.Forward(x);
            Assert.Equal(0, y.Transpose(0, 1).Reshape([2, 16]).Mean(1).Values.ToArray().Max(Math.Abs), 1e-12);
            tape.Backward(y, Pictures);
        }
        double[] means = Pictures.Transpose(0, 1).Reshape([2, 16]).Mean(1).Values.ToArray();
        Assert.Equal(means, layer.RunningMean.Values.ToArray(), (a, b) => Math.Abs(a - b) < 1e-14);

        // With momentum 1 the running statistics are the batch's, the variance without its fault: only that tells the outputs apart.
        double factor = Math.Sqrt(16.0 / 15);
        using var training = Record(layer.Parameters, Pictures);
        double[] inTraining = layer.Forward((Tensor<double>)training.Inputs[0]).Values.ToArray();
        training.Dispose();
        Assert.Equal(inTraining, layer.Forward(Pictures).Values.ToArray().Select(v => v * factor), (a, b) => Math.Abs(a - b) < 1e-5);

        using var inference = Record(layer.Parameters, training: false, x);
        var z = layer.Forward(x);
        double[] before = layer.RunningMean.Values.ToArray();
        inference.Backward(z, Pictures);
        Assert.Equal(before, layer.RunningMean.Values.ToArray());
        Assert.False(layer.RunningMean.HasGradient);
    }

    [Fact]
    public void It_trains_on_data_that_nobody_watches()
    {
        var layer = BatchNorm2d(2);
        using var tape = Record(layer.Parameters);
        layer.Forward(Pictures);
        Assert.Equal("BatchNorm", tape.Steps.Single().Name);
    }

    [Fact]
    public void A_single_sample_is_refused_in_training_and_passes_in_inference()
    {
        var model = Sequential(Linear(2, 3, new Random(1)), BatchNorm2d(3));
        using var tape = Record(model.Parameters);
        var error = Assert.Throws<ShapeException>(() => model.Forward(Zeros([1, 2])));
        Assert.Equal(
            "batch_norm2d1: BatchNorm: x [1, 3] has one number in a channel, and training needs two: the deviation of a single number is 0. " +
            "Take a batch of two or more samples, or leave a last batch of one out", error.Message);
        tape.Dispose();
        Assert.Equal([1, 3], model.Forward(Zeros([1, 2])).Shape);
    }

    [Fact]
    public void Optimizers_leave_the_running_statistics_alone_and_files_keep_them()
    {
        var (model, x) = (Sequential(Conv2d(2, 3, 1, new Random(1)), BatchNorm2d(3, name: "norm")), Pictures);
        var optimizer = Adam(model.Parameters, 0.1);
        using (var tape = Record(model.Parameters, x))
        {
            tape.Backward(model.Forward(x).Square().Mean());
            double[] running = model.Parameters["norm.runningMean"].Values.ToArray();
            optimizer.Step();
            Assert.Equal(running, model.Parameters["norm.runningMean"].Values.ToArray());
            Assert.DoesNotContain(0.0, running);
        }
        using var folder = new TemporaryFolder();
        new SavedModel<double>(model, [2, 2, 2]).Save(folder["model"]);
        var back = SavedModel<double>.Load(folder["model"]).Model;
        Assert.Equal(model.Forward(Pictures).Values.ToArray(), back.Forward(Pictures).Values.ToArray());
        Assert.Equal(["norm.runningMean", "norm.runningVariance"], back.Parameters.Names.Where(name => !back.Parameters[name].Trainable));
        Assert.Equal(model.Forward(Pictures).Values.ToArray(), model.Predictor().Predict(Pictures).Values.ToArray());
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Equal("BatchNorm2d: channels is 0, 1 or more is needed.", Assert.Throws<ArgumentOutOfRangeException>(() => BatchNorm2d(0)).Message);
        Assert.Equal("BatchNorm: the momentum is 2, it goes from 0 to 1; 0.1 is usual.",
            Assert.Throws<ArgumentOutOfRangeException>(() => BatchNorm2d(1, momentum: 2)).Message);
        Refused("BatchNorm2d: the scale [1, 2] came, [channels] is needed", () => BatchNorm2d(Zeros([1, 2]), Zeros([2]), Zeros([2]), Zeros([2])));
        Refused("BatchNorm2d: the runningMean [3] came, the scale [2] needs the same", () => BatchNorm2d(Zeros([2]), Zeros([2]), Zeros([3]), Zeros([2])));
        Refused("Normalize: x [4, 2, 2, 2] needs one number per channel, [2]; [3] came", () => BatchNorm2d(3).Forward(Pictures));
    }

    private static void Refused(string message, Action act) => Assert.Equal(message, Assert.Throws<ShapeException>(act).Message);
}
