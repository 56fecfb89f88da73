using Backprop.Data;
using Backprop.Randomness;
using Backprop.Training;
using static Backprop.Nn<float>;
using static Backprop.Tests.Health.SmallTasks;

namespace Backprop.Tests.Health;

/// <summary>Trainings that learn are left in peace: a false alarm is a defect.</summary>
public class HealthyTrainingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Exclusive_or(int seed)
    {
        var random = new SeededRandom(seed);
        var model = Sequential(Linear(2, 8, random), Tanh(), Linear(8, 1, random), Sigmoid());
        Peace(Numbers(model, Adam(model.Parameters, 0.05), 4), Generated.Xor<float>(), 500);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_old_exclusive_or_of_sigmoids(int seed)
    {
        var random = new SeededRandom(seed);
        var model = Sequential(Linear(2, 4, random), Sigmoid(), Linear(4, 1, random), Sigmoid());
        Peace(Numbers(model, Sgd(model.Parameters, 2), 4), Generated.Xor<float>(), 4000);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Rings_by_relu_and_tanh(int seed)
    {
        var relu = Mlp(2, [32, 16], 2, new SeededRandom(seed), () => Relu(), HeUniform());
        Peace(Classes(relu, Adam(relu.Parameters, 0.01)), Rings(200, seed), 100, Rings(100, seed + 10));
        var tanh = Mlp(2, [32, 16], 2, new SeededRandom(seed), () => Tanh());
        Peace(Classes(tanh, Sgd(tanh.Parameters, 0.1, momentum: 0.9)), Rings(200, seed), 100, Rings(100, seed + 10));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Digits_by_convolution(int seed)
    {
        var random = new SeededRandom(seed);
        var model = Sequential(
            Conv2d(1, 8, 3, random, padding: 1), Relu(), MaxPool2d(2), Conv2d(8, 8, 3, random, padding: 1), Relu(), MaxPool2d(2), Flatten(), Linear(8 * 16, 10, random));
        Peace(Classes(model, Adam(model.Parameters, 0.003)), Generated.Digits<float>(400, random), 12, Generated.Digits<float>(100, random));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_first_number_remembered(int seed)
    {
        var random = new SeededRandom(seed);
        var lstm = Sequential(Lstm(1, 16, random), Linear(16, 2, random));
        Peace(Classes(lstm, Adam(lstm.Parameters, 0.01)), FirstNumber(256, 12, seed), 30);
        var rnn = Sequential(Rnn(1, 16, random), Linear(16, 2, random));
        Peace(Classes(rnn, Adam(rnn.Parameters, 0.003)), FirstNumber(256, 12, seed), 30);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_plane(int seed)
    {
        var model = Mlp(3, [16], 1, new SeededRandom(seed), () => Tanh());
        Peace(Numbers(model, Adam(model.Parameters, 0.01)), Plane(200, seed), 60, Plane(100, seed + 10));
    }

    /// <summary>Trains without a warning, and learns: else it would be no healthy training.</summary>
    private static void Peace(Trainer<float> trainer, DataSet<float> data, int epochs, DataSet<float>? test = null)
    {
        var found = Found(trainer, data, epochs, test);
        Assert.True(found.Count == 0, string.Join('\n', found.Select(warning => $"{warning}")));
        Assert.True(trainer.History[^1].TrainLoss < 0.5 * trainer.History[0].TrainLoss, $"{trainer.History[0]} {trainer.History[^1]}");
    }
}
