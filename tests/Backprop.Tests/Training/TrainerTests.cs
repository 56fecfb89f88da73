using Backprop.Data;
using Backprop.Operations;
using Backprop.Tensors;
using Backprop.Training;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Training;

public partial class TrainerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>t = 2·x₀ − x₁ for points of a wave.</summary>
    private static DataSet<double> Line(int count)
    {
        var x = Tensor([count, 2], Enumerable.Range(0, 2 * count).Select(i => Math.Sin(1.3 * i + 0.2)).ToArray());
        return new DataSet<double>(x, Tensor([count, 1], Enumerable.Range(0, count).Select(i => 2 * x[i, 0] - x[i, 1]).ToArray()));
    }

    private static Trainer<double> TrainerOf(SmallModel model, Random? shuffle = null, double learningRate = 0.05) =>
        new(model, new HalfSquares().Loss, Adam(model.Parameters, learningRate)) { BatchSize = 4, Shuffle = shuffle };

    private static EpochResult[] Train(Trainer<double> trainer, int epochs, int samples = 10) =>
        [.. trainer.Epochs(Line(samples), epochs, cancellation: Token)];

    private static long[] Bits(SmallModel model) => [.. model.Weight.Values.ToArray().Select(BitConverter.DoubleToInt64Bits)];

    [Fact]
    public void Training_finds_the_line()
    {
        var model = SmallModel.Make();
        var results = TrainerOf(model, new Random(1), 0.1).Epochs(Line(10), 300, Line(6), cancellation: Token).ToArray();
        Assert.Equal(Enumerable.Range(1, 300), results.Select(result => result.Epoch));
        Assert.True(results[^1].TrainLoss < 1e-8, $"{results[^1]}");
        Assert.Equal(1, results[^1].Test!.R2!.Value, 1e-6);
        Assert.Equal(2, model.Weight[0, 0], 1e-4);
        Assert.Equal(-1, model.Weight[1, 0], 1e-4);
    }

    [Fact]
    public void Nothing_runs_before_the_loop_asks_and_leaving_it_stops()
    {
        var model = SmallModel.Make();
        var trainer = TrainerOf(model);
        var epochs = trainer.Epochs(Line(10), 50, cancellation: Token);
        Assert.Equal(Bits(SmallModel.Make()), Bits(model));
        foreach (var epoch in epochs)
            if (epoch.Epoch == 2) break;
        var two = SmallModel.Make();
        Train(TrainerOf(two), 2);
        Assert.Equal(Bits(two), Bits(model));
        Assert.Equal(2, trainer.Epoch);
    }

    [Fact]
    public void Going_on_in_a_second_call_is_as_if_there_had_been_one()
    {
        SmallModel twice = SmallModel.Make(), once = SmallModel.Make();
        var trainer = TrainerOf(twice, new Random(3));
        Train(trainer, 2);
        Assert.Equal([3, 4, 5], Train(trainer, 3).Select(result => result.Epoch));
        Train(TrainerOf(once, new Random(3)), 5);
        Assert.Equal(Bits(once), Bits(twice));
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_another_other_bits()
    {
        Assert.Equal(After(new Random(1)), After(new Random(1)));
        Assert.NotEqual(After(new Random(1)), After(new Random(2)));

        static long[] After(Random random)
        {
            var model = SmallModel.Make();
            Train(TrainerOf(model, random), 3);
            return Bits(model);
        }
    }

    [Fact]
    public void The_epoch_loss_is_the_mean_weighted_by_samples()
    {
        var model = SmallModel.Make();
        var data = Line(10);
        // A learning rate that changes nothing, so that every batch meets the first weights.
        var trainer = new Trainer<double>(model, new HalfSquares().Loss, Sgd(model.Parameters, 1e-300)) { BatchSize = 4, Shuffle = null };
        double loss = Assert.Single(trainer.Epochs(data, 1, cancellation: Token)).TrainLoss;

        double expected = 0;
        foreach (int[] rows in new int[][] { [0, 1, 2, 3], [4, 5, 6, 7], [8, 9] })
        {
            var batch = data.Select(rows);
            double sum = 0;
            for (int i = 0; i < rows.Length; i++)
            {
                double error = 0.5 * batch.Inputs[i, 0] - 0.25 * batch.Inputs[i, 1] - ((Tensor<double>)batch.Targets)[i, 0];
                sum += 0.5 * error * error;
            }
            expected += sum * rows.Length / 10;
        }
        Assert.Equal(expected, loss, 1e-14);
        Assert.Equal(expected, trainer.Evaluate(data, Token).Loss, 1e-14);
    }

    [Fact]
    public void Evaluation_infers_on_the_threads_of_the_trainer()
    {
        Tape<double>? seen = null;
        var model = SmallModel.Make(y =>
        {
            seen = y.Tape;
            return y;
        });
        var trainer = new Trainer<double>(model, new HalfSquares().Loss, Sgd(model.Parameters, 0.1)) { BatchSize = 4, Threads = 3 };
        trainer.Evaluate(Line(10), Token);
        Assert.Equal((3, false, false), (seen!.Threads, seen.Training, seen.IsOpen));
        Assert.Null(model.Weight.Tape);
    }

    [Fact]
    public void Evaluation_gives_the_same_bits_on_every_number_of_threads()
    {
        var data = SmallRuns.Waves([70, 1, 28, 28], 5);
        var expected = SmallRuns.TrainerOf(SmallRuns.Cnn(12, 40), 64, 1).Evaluate(data, Token);
        foreach (int threads in new[] { 2, 3, 4, 8 })
            Assert.Equal(expected, SmallRuns.TrainerOf(SmallRuns.Cnn(12, 40), 64, threads).Evaluate(data, Token));
    }

    [Fact]
    public void A_step_runs_for_every_batch_and_every_sample_is_used()
    {
        var model = SmallModel.Make();
        var optimizer = Sgd(model.Parameters, 0.01);
        var trainer = new Trainer<double>(model, new HalfSquares().Loss, optimizer) { BatchSize = 4 };
        Assert.Equal(3, trainer.Epochs(Line(10), 3, cancellation: Token).Count());
        Assert.Equal(9, optimizer.Steps);
    }

    [Fact]
    public void A_test_part_changes_no_bit_of_the_training()
    {
        int commits = 0;
        var seen = new HashSet<bool>();
        SmallModel with = Moving(), without = Moving();
        foreach (var _ in TrainerOf(with, new Random(1)).Epochs(Line(10), 4, Line(7), cancellation: Token)) { }
        Assert.Equal(12, commits);
        Train(TrainerOf(without, new Random(1)), 4);
        Assert.Equal(Bits(without), Bits(with));
        Assert.Equal([true], seen);

        // Each commit moves what the next forward run computes, as a running statistic or a dropout's counter does.
        SmallModel Moving()
        {
            double shift = 0;
            return SmallModel.Make(y => new MapOp(y, "Shift", value => value + shift, _ => 1)
            {
                Committed = training =>
                {
                    shift += 0.01;
                    commits++;
                    seen.Add(training);
                },
            }.Apply());
        }
    }

    [Fact]
    public async Task Eight_threads_predict_while_the_model_trains()
    {
        var model = SmallModel.Make();
        var predictor = model.Predictor();
        var input = Line(10).Inputs;
        double[] expected = predictor.Predict(input).Values.ToArray();
        using var stop = new CancellationTokenSource();
        int predictions = 0;
        using var started = new CountdownEvent(8);
        var threads = Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(() =>
        {
            started.Signal();
            do
            {
                Assert.Equal(expected, predictor.Predict(input).Values.ToArray());
                Interlocked.Increment(ref predictions);
            }
            while (!stop.IsCancellationRequested);
        }, Token, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        started.Wait(Token);
        Train(TrainerOf(model), 200);
        await stop.CancelAsync();
        await Task.WhenAll(threads);
        Assert.True(predictions >= 8);
        Assert.NotEqual(expected, model.Predictor().Predict(input).Values.ToArray());
    }

    [Fact]
    public void A_parameter_may_be_frozen_between_epochs()
    {
        SmallModel model = SmallModel.Make();
        var scale = new Parameter<double>([1, 1], [1], "scale");
        var extended = new SmallModel(model.Weight) { After = y => y.MatMul(scale) };
        var trainer = new Trainer<double>(extended, new HalfSquares().Loss, Sgd([model.Weight, scale], 0.01)) { BatchSize = 4 };
        double frozen = 0;
        foreach (var epoch in trainer.Epochs(Line(10), 6, cancellation: Token))
        {
            if (epoch.Epoch == 3)
            {
                scale.Trainable = false;
                frozen = scale.Value;
                Assert.NotEqual(1, frozen);
            }
        }
        Assert.Equal(frozen, scale.Value);
        Assert.Equal(6, trainer.Epoch);
    }

    [Fact]
    public void What_cannot_be_trained_is_refused_at_once()
    {
        var model = SmallModel.Make();
        var trainer = TrainerOf(model);
        Assert.Throws<ArgumentException>(() => trainer.Epochs(Line(4).Select(), 1, cancellation: Token));
        Assert.Throws<ArgumentException>(() => trainer.Epochs(Line(4), 1, Line(4).Select(), cancellation: Token));
        Assert.Throws<ArgumentException>(() => trainer.Evaluate(Line(4).Select(), Token));
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Epochs(Line(4), -1, cancellation: Token));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Trainer<double>(model, new HalfSquares().Loss, Sgd(model.Parameters, 0.1)) { BatchSize = 0 });
        Assert.Empty(trainer.Epochs(Line(4), 0, cancellation: Token));
    }

    [Fact]
    public void Targets_of_the_other_kind_are_refused_and_the_model_stays_free()
    {
        var model = SmallModel.Make();
        var classes = new DataSet<double>(Zeros([3, 2]), Indices([3], 0, 1, 0));
        var error = Assert.Throws<ArgumentException>(() => TrainerOf(model).Epochs(classes, 1, cancellation: Token).Count());
        Assert.Equal("Trainer: the data's targets are Indices, the loss compares with a tensor of numbers.", error.Message);
        Train(TrainerOf(model), 1);
    }

    [Fact]
    public void A_loss_that_is_no_single_number_is_refused()
    {
        var model = SmallModel.Make();
        var trainer = new Trainer<double>(model, (Tensor<double> y, Tensor<double> _) => y, Sgd(model.Parameters, 0.1));
        Assert.StartsWith("Backward: [10, 1] came", Assert.Throws<ShapeException>(() => Train(trainer, 1)).Message, StringComparison.Ordinal);
    }
}
