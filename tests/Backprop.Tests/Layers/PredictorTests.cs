using static Backprop.Nn<double>;

namespace Backprop.Tests.Layers;

public class PredictorTests
{
    [Fact]
    public void It_keeps_the_values_of_its_moment()
    {
        var model = Sequential(Linear(Tensor([2, 1], 1, 2)));
        var predictor = model.Predictor();
        model.Parameters[0].Set([0, 0]);
        Assert.Equal(8, predictor.Predict(Tensor([1, 2], 2, 3)).Value);
    }

    [Fact]
    public void It_predicts_on_an_input_that_another_thread_records()
    {
        var model = Sequential(Linear(2, 2, new Random(1)), Tanh());
        var x = Tensor([1, 2], 1, -1);
        var predictor = model.Predictor();
        double[] expected = predictor.Predict(x).Values.ToArray();
        using var stop = new CancellationTokenSource();
        var recorder = new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                using var tape = Record(model.Parameters, x);
                model.Forward(x);
            }
        });
        recorder.Start();
        try
        {
            for (int i = 0; i < 20_000; i++) Assert.Equal(expected, predictor.Predict(x).Values.ToArray());
        }
        finally
        {
            stop.Cancel();
            recorder.Join();
        }
    }

    [Fact]
    public void A_table_can_be_described_while_a_tape_is_open()
    {
        var model = Sequential(Linear(2, 2, new Random(1)), Tanh());
        using var tape = Record(model.Parameters);
        Assert.Equal([5, 2], model.Describe([5, 2]).Output);
        Assert.Empty(tape.Steps);
    }
}
