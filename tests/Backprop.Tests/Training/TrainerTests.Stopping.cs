using Backprop.Operations;
using Backprop.Tensors;
using Backprop.Training;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Training;

// Cancellation, progress, NaN and infinity.
public partial class TrainerTests
{
    [Fact]
    public void Cancellation_stops_between_two_steps()
    {
        using var source = new CancellationTokenSource();
        SmallModel cancelled = SmallModel.Make(), whole = SmallModel.Make();
        var optimizer = Sgd(cancelled.Parameters, 0.05);
        // The loss of the second batch cancels; its step is still finished.
        int batches = 0;
        var squares = new HalfSquares();
        var trainer = new Trainer<double>(cancelled, (y, t) =>
        {
            if (++batches == 2) source.Cancel();
            return squares.Loss(y, t);
        }, optimizer)
        { BatchSize = 4, Shuffle = null };
        Assert.Throws<OperationCanceledException>(() => trainer.Epochs(Line(12), 5, cancellation: source.Token).Count());
        Assert.Equal(2, optimizer.Steps);
        Assert.Equal(0, trainer.Epoch);

        var twoBatches = new Trainer<double>(whole, new HalfSquares().Loss, Sgd(whole.Parameters, 0.05)) { BatchSize = 4, Shuffle = null };
        Train(twoBatches, 1, samples: 8);
        // Line(8) holds the first 8 points of Line(12).
        Assert.Equal(Bits(whole), Bits(cancelled));
    }

    [Fact]
    public void A_cancelled_token_lets_no_step_run()
    {
        var model = SmallModel.Make();
        Assert.Throws<OperationCanceledException>(() => TrainerOf(model).Epochs(Line(10), 5, cancellation: new CancellationToken(true)).Count());
        Assert.Equal(Bits(SmallModel.Make()), Bits(model));
        Assert.Throws<OperationCanceledException>(() => TrainerOf(model).Evaluate(Line(10), new CancellationToken(true)));
    }

    [Fact]
    public void Progress_comes_at_most_ten_times_a_second()
    {
        var heard = new Heard();
        var model = SmallModel.Make();
        var clock = new SteppingClock(TimeSpan.FromMilliseconds(30));
        var trainer = new Trainer<double>(model, new HalfSquares().Loss, Sgd(model.Parameters, 0.01)) { BatchSize = 1, Clock = clock };
        foreach (var _ in trainer.Epochs(Line(40), 2, progress: heard, cancellation: Token)) { }
        Assert.True(heard.All.Count > 10);
        for (int i = 1; i < heard.All.Count; i++)
            Assert.True(heard.All[i].Elapsed - heard.All[i - 1].Elapsed >= TimeSpan.FromMilliseconds(100));

        var second = heard.All.First(progress => progress.Epoch == 2);
        Assert.Equal((2, 40), (second.LastEpoch, second.Batches));
        Assert.Equal((40.0 + second.Batch) / 80, second.Fraction, 1e-15);
        Assert.Equal(second.Elapsed * (1 - second.Fraction) / second.Fraction, second.Remaining);
        Assert.All(heard.All, progress => Assert.True(double.IsFinite(progress.Loss)));
    }

    [Fact]
    public void NaN_in_the_data_stops_before_the_update()
    {
        var data = Line(12);
        data.Inputs.Set(2 * 9, double.NaN);
        SmallModel model = SmallModel.Make(), good = SmallModel.Make();
        var error = Assert.Throws<DivergedException>(() => TrainerOf(model).Epochs(data, 5, cancellation: Token).Count());
        Assert.Equal((1, 3, "MatMul", "weight"), (error.Epoch, error.Batch, error.Step, error.Parameter));
        Assert.True(double.IsNaN(error.Loss));
        Assert.Equal(
            "Epoch 1, batch 3: the loss is NaN. MatMul (step 1) met NaN in the data [4, 2] at [1,0]; the parameter concerned first is 'weight'. " +
            "The data have a value that is no finite number. Look for missing values and divisions by 0 in the data, and fill or leave out such samples. " +
            "The weights are those before this batch.", error.Message);
        Train(TrainerOf(good), 1, samples: 8);
        Assert.Equal(Bits(good), Bits(model));
    }

    [Fact]
    public void A_step_that_overflows_is_named_with_what_it_met()
    {
        var model = SmallModel.Make(y => new MapOp(new MapOp(y, "Grow", v => 1e200 * v, _ => 1).Apply(), "Square", v => v * v, v => 2 * v).Apply());
        var error = Assert.Throws<DivergedException>(() => Train(TrainerOf(model), 1));
        Assert.Equal(("Square", "weight", double.PositiveInfinity), (error.Step, error.Parameter, error.Loss));
        Assert.Contains("Square (step 3) made the first Infinity from the output of Grow [4, 1] with values from ", error.Message, StringComparison.Ordinal);
        Assert.Equal(Bits(SmallModel.Make()), Bits(model));
    }

    [Fact]
    public void A_weight_that_is_not_finite_is_named_before_the_one_nearest_to_the_step()
    {
        var scale = new Parameter<double>([1, 1], [1], "scale");
        var model = SmallModel.Make();
        var extended = new SmallModel(model.Weight) { After = y => y.MatMul(scale) };
        model.Weight.Set(0, double.PositiveInfinity);
        var trainer = new Trainer<double>(extended, new HalfSquares().Loss, Sgd([scale, model.Weight], 0.01)) { BatchSize = 4 };
        Assert.Equal("weight", Assert.Throws<DivergedException>(() => Train(trainer, 1)).Parameter);
    }

    [Fact]
    public void A_gradient_that_is_not_finite_stops_before_the_update()
    {
        var model = SmallModel.Make(y => new MapOp(y, "Root", v => v, _ => double.NaN).Apply());
        var error = Assert.Throws<DivergedException>(() => Train(TrainerOf(model), 1));
        Assert.Equal((1, 1, "Root", "weight"), (error.Epoch, error.Batch, error.Step, error.Parameter));
        Assert.True(double.IsFinite(error.Loss));
        Assert.Contains("the gradient of 'weight' is NaN at [0,0]. Going back, Root (step 2) made the first such number", error.Message, StringComparison.Ordinal);
        Assert.Equal(Bits(SmallModel.Make()), Bits(model));
    }

    [Fact]
    public void Divergence_is_found_in_a_replay_too_and_training_can_go_on_afterwards()
    {
        var data = Line(8);
        var model = SmallModel.Make();
        var trainer = TrainerOf(model);
        foreach (var epoch in trainer.Epochs(data, 5, cancellation: Token))
            if (epoch.Epoch == 4) break;
        var before = Bits(model);
        var target = (Tensor<double>)data.Targets;
        double right = target.Values[5];
        target.Set(5, double.NaN);
        var error = Assert.Throws<DivergedException>(() => trainer.Epochs(data.Select(5, 5, 5, 5), 9, cancellation: Token).Count());
        Assert.Equal((5, 1), (error.Epoch, error.Batch));
        Assert.Equal(before, Bits(model));
        target.Set(5, right);
        Assert.Equal(5, trainer.Epochs(data, 1, cancellation: Token).Single().Epoch);
    }

    private sealed class Heard : IProgress<TrainingProgress>
    {
        public List<TrainingProgress> All { get; } = [];

        public void Report(TrainingProgress value) => All.Add(value);
    }

    /// <summary>A clock that goes on by the same time whenever it is read.</summary>
    private sealed class SteppingClock(TimeSpan step) : TimeProvider
    {
        private long now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => now += step.Ticks;
    }
}
