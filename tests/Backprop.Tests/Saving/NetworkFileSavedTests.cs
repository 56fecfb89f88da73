using Backprop.Data;
using Backprop.Layers;
using Backprop.Saving;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Saving;

public sealed class NetworkFileSavedTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static SavedModel<double> Model(string loss = "") => new(Sequential(Linear(2, 3, new Random(1))), [2]) { Loss = loss };

    private static DataSet<double> Classes(params int[] classes) => new(Zeros([classes.Length, 2]), new Indices([classes.Length], classes));

    private static DataSet<double> Numbers(params double[] numbers) => new(Zeros([1, 2]), Tensor([1, numbers.Length], numbers));

    [Fact]
    public void It_takes_the_model_s_loss_one_batch_and_plain_SGD()
    {
        var network = new NetworkFile<double>(Model("huber"), Numbers(1, 2, 3), "mine");
        Assert.Equal(("mine", "", "huber", 1, "sgd", 0.01), (network.Name, network.Source, network.Loss, network.BatchSize, network.Optimizer.Type, network.Optimizer.LearningRate));
        Assert.Equal("mean_squared_error", new NetworkFile<double>(Model(), Numbers(1, 2, 3)).Loss);
        Assert.Equal("softmax_cross_entropy", new NetworkFile<double>(Model(), Classes(0, 2)).Loss);
        Assert.Equal(2, new NetworkFile<double>(Model(), Classes(0, 2)).Batches().First().Count);
    }

    [Fact]
    public void A_single_layer_becomes_a_chain()
    {
        var network = new NetworkFile<double>(new SavedModel<double>(Linear(2, 1, new Random(1)), [2]), Numbers(1));
        Assert.Equal(["linear1.weight", "linear1.bias"], network.Model.Parameters.Names);
    }

    [Fact]
    public void Recurrent_layers_are_loaded_unrolled_with_the_same_bits()
    {
        var fused = Sequential(Lstm(2, 3, new Random(1)), Linear(3, 1, new Random(2)));
        new SavedModel<double>(fused, [4, 2]).Save(folder["model"]);
        var unrolled = (Sequential<double>)SavedModel<double>.Load(folder["model"], unrolled: true).Model;
        Assert.True(((Lstm<double>)unrolled.Layers[0]).Unrolled);
        Assert.False(((Lstm<double>)((Sequential<double>)SavedModel<double>.Load(folder["model"]).Model).Layers[0]).Unrolled);
        var x = Tensor([1, 4, 2], 1, 2, 3, 4, 5, 6, 7, 8);
        Assert.Equal(fused.Forward(x).Values.ToArray(), unrolled.Forward(x).Values.ToArray());
    }

    [Fact]
    public void A_loss_of_numbers_reads_a_row_for_each_class() =>
        Assert.Equal([0, 0, 1, 1, 0, 0], ((Tensor<double>)new NetworkFile<double>(Model("huber"), Classes(2, 0)).Targets).Values.ToArray());

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Equal("NetworkFile: samples [3] came, the network reads [2]", Assert.Throws<ShapeException>(() => new NetworkFile<double>(Model(), new(Zeros([1, 3]), Zeros([1, 3])))).Message);
        Assert.Equal("NetworkFile: targets [1, 2] of numbers came, mean_squared_error needs [1, 3] of numbers", Assert.Throws<ShapeException>(() => new NetworkFile<double>(Model(), Numbers(1, 2))).Message);
        Assert.Equal("NetworkFile: targets [1, 3] of numbers came, softmax_cross_entropy needs [1] of classes", Assert.Throws<ShapeException>(() => new NetworkFile<double>(Model("softmax_cross_entropy"), Numbers(1, 2, 3))).Message);
        Assert.Equal("NetworkFile: the loss 'regret' of the model is unknown here.", Assert.Throws<NotSupportedException>(() => new NetworkFile<double>(Model("regret"), Numbers(1))).Message);
    }
}
