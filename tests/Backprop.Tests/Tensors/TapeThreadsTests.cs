using Backprop.Layers;
using Backprop.Tensors;
using Backprop.Tests.Kernels;
using Backprop.Tests.Training;
using static Backprop.Nn<float>;

namespace Backprop.Tests.Tensors;

public class TapeThreadsTests
{
    [Fact]
    public void One_thread_is_used_if_nothing_is_said()
    {
        var model = SmallRuns.Mlp(2, 3);
        using var tape = Record(model.Parameters);
        Assert.Equal(1, tape.Threads);
        Assert.Equal(1, SmallRuns.TrainerOf(model, 4, 1).Threads);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void Fewer_than_one_thread_are_refused(int threads)
    {
        var model = SmallRuns.Mlp(2, 3);
        using var tape = Record(model.Parameters);
        string expected = $"Threads: {threads} came; it is 1 or more, the number of cores suits large networks.";
        Assert.StartsWith(expected, Assert.Throws<ArgumentOutOfRangeException>(() => tape.Threads = threads).Message, StringComparison.Ordinal);
        var optimizer = Sgd(model.Parameters, 0.1);
        Assert.StartsWith(expected, Assert.Throws<ArgumentOutOfRangeException>(() => optimizer.Threads = threads).Message, StringComparison.Ordinal);
        Assert.StartsWith(
            expected, Assert.Throws<ArgumentOutOfRangeException>(() => SmallRuns.TrainerOf(model, 4, threads)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_number_may_change_between_replays()
    {
        var model = SmallRuns.Cnn(12, 40);
        var data = SmallRuns.Waves([60, 1, 28, 28], 5);
        using var tape = Record(model.Parameters, data.Inputs, data.Targets);
        var loss = SoftmaxCrossEntropy(model.Forward(data.Inputs), (Indices)data.Targets);
        tape.Backward(loss);
        ulong expected = Gradients(model);
        foreach (int threads in new[] { 3, 1, 8, 2 })
        {
            tape.Threads = threads;
            tape.Replay();
            tape.Backward(loss);
            Assert.Equal(expected, Gradients(model));
        }
    }

    [Fact]
    public async Task Two_trainers_at_once_train_as_if_alone()
    {
        ulong alone = Train();
        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Factory.StartNew(
            Train, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        Assert.Equal([alone, alone], both);

        static ulong Train()
        {
            var model = SmallRuns.Mlp(200, 300);
            foreach (var _ in SmallRuns.TrainerOf(model, 250, 3).Epochs(SmallRuns.Waves([512, 200], 5), 3)) { }
            return Hash(model, parameter => parameter.Values.ToArray());
        }
    }

    private static ulong Gradients(Layer<float> model) => Hash(model, parameter => parameter.Gradient.ToArray());

    private static ulong Hash(Layer<float> model, Func<Parameter<float>, float[]> numbers) =>
        model.Parameters.Aggregate(17UL, (hash, parameter) => hash * 31 + Bits.Hash<float>(numbers(parameter)));
}
