using Backprop.Data;
using Backprop.Operations;
using Backprop.Tensors;
using Backprop.Training;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Training;

// One tape per shape, found out when that is not enough.
public partial class TrainerTests
{
    [Fact]
    public void A_model_is_recorded_twice_for_each_shape_and_replayed_from_then_on()
    {
        var model = SmallModel.Make();
        var loss = new HalfSquares();
        var trainer = new Trainer<double>(model, loss.Loss, Sgd(model.Parameters, 0.01)) { BatchSize = 4 };
        Train(trainer, 5);
        // Batches of 4, 4 and 2: both shapes twice.
        Assert.Equal(4, loss.Applied);
        Assert.False(trainer.RecordsEveryStep);
    }

    [Fact]
    public void A_replay_gives_the_bits_of_recording_every_step()
    {
        int runs = 0;
        SmallModel replayed = SmallModel.Make();
        // The same numbers, but every second run has a step more.
        var recorded = SmallModel.Make(y => runs++ % 2 == 0 ? y : y.Reshape(y.Shape));
        var loss = new HalfSquares();
        List<string> notices = [];
        var trainer = new Trainer<double>(recorded, loss.Loss, Adam(recorded.Parameters, 0.05)) { BatchSize = 4, Shuffle = new Random(7), Notice = notices.Add };
        Train(trainer, 6);
        Train(TrainerOf(replayed, new Random(7)), 6);
        Assert.Equal(Bits(replayed), Bits(recorded));
        Assert.True(trainer.RecordsEveryStep);
        Assert.Equal(18, loss.Applied);
        Assert.Equal(
            "Two recordings of the model on batches of [4, 2] differ, so every step is recorded anew: right, but slower than a replay.",
            Assert.Single(notices));
    }

    [Fact]
    public void A_replayed_step_allocates_nothing()
    {
        Assert.Equal(PerEpoch(samples: 40), PerEpoch(samples: 400) - 360 * sizeof(int));

        // An epoch's own share is the same for every number of steps, but for the order of the samples.
        static long PerEpoch(int samples)
        {
            var trainer = TrainerOf(SmallModel.Make());
            var data = Line(samples);
            using var epochs = trainer.Epochs(data, 60, cancellation: Token).GetEnumerator();
            for (int i = 0; i < 45; i++) epochs.MoveNext();
            return Allocated.Least(() => epochs.MoveNext());
        }
    }

    [Fact]
    public void A_constant_that_is_new_each_time_is_found_out()
    {
        var random = new Random(1);
        Assert.True(RecordsEveryStep(y => y.MatMul(Tensor([1, 1], 1 + 0.01 * random.NextDouble()))));
        Assert.False(RecordsEveryStep(y => y.MatMul(Tensor([1, 1], 1.25))));
        var once = Tensor([1, 1], 1.25);
        Assert.False(RecordsEveryStep(y => y.MatMul(once)));
    }

    [Fact]
    public void Indices_that_are_new_each_time_are_found_out()
    {
        int run = 0;
        Assert.True(RecordsEveryStep(y => y.Gather(Indices([4], 0, 1, 2, run++ % 2))));
        Assert.False(RecordsEveryStep(y => y.Gather(Indices([4], 3, 2, 1, 0))));
    }

    [Fact]
    public void A_setting_that_is_new_each_time_is_found_out_by_the_formula()
    {
        int run = 0;
        Assert.True(RecordsEveryStep(y => new MapOp(y, $"Shift{run++}", v => v, _ => 1).Apply()));
    }

    [Fact]
    public void Another_wiring_of_the_same_steps_is_found_out()
    {
        int run = 0;
        Assert.True(RecordsEveryStep(y =>
        {
            Tensor<double> a = y.Reshape(y.Shape), b = y.Reshape(y.Shape);
            return run++ % 2 == 0 ? a.MatMul(Tensor([1, 1], 2)) : b.MatMul(Tensor([1, 1], 2));
        }));
    }

    private static bool RecordsEveryStep(Func<Tensor<double>, Tensor<double>> after)
    {
        var trainer = TrainerOf(SmallModel.Make(after));
        Train(trainer, 3, samples: 8);
        return trainer.RecordsEveryStep;
    }

    [Fact]
    public void At_most_four_tapes_are_held_and_the_one_used_longest_ago_goes()
    {
        using var cache = new TapeCache<double>();
        var data = Line(10);
        var entries = Enumerable.Range(1, 4).Select(size => cache.For(data, size)).ToArray();
        var weight = new Parameter<double>([2, 1], [1, 1]);
        foreach (var entry in entries)
        {
            entry.Tape = Tape<double>.Record([weight], entry.Batch.Inputs);
            entry.Loss = entry.Batch.Inputs.MatMul(weight);
            entry.Tape.Replay();
        }
        Assert.Same(entries[0], cache.For(data, 1));
        Assert.Equal(5, cache.For(data, 5).Batch.Count);
        // The batch of 2 was used longest ago.
        Assert.Throws<ObjectDisposedException>(() => entries[1].Tape!.Steps);
        Assert.Single(entries[0].Tape!.Steps);
        Assert.Equal(3, cache.Tapes);
        Assert.NotSame(entries[1], cache.For(data, 2));
        Assert.Throws<ObjectDisposedException>(() => entries[2].Tape!.Steps);
    }

    [Fact]
    public void Batches_of_another_sample_shape_have_a_tape_of_their_own()
    {
        using var cache = new TapeCache<double>();
        var narrow = new DataSet<double>(Zeros([4, 2]), Zeros([4, 1]));
        var wide = new DataSet<double>(Zeros([4, 3]), Zeros([4, 1]));
        var classes = new DataSet<double>(Zeros([4, 2]), Indices([4, 1], 0, 0, 0, 0));
        Assert.Same(cache.For(narrow, 2), cache.For(narrow, 2));
        Assert.NotSame(cache.For(narrow, 2), cache.For(wide, 2));
        Assert.NotSame(cache.For(narrow, 2), cache.For(classes, 2));
    }
}
