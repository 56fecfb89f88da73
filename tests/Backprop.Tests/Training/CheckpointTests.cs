using Backprop.Data;
using Backprop.Operations;
using Backprop.Optimizers;
using Backprop.Randomness;
using Backprop.Saving;
using Backprop.Training;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Training;

public sealed class CheckpointTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private CheckpointedRuns Runs => new(folder["run"]);

    public static TheoryData<string> Kinds =>
    [
        "sgd", "nesterov", "adam", "adamw", "adagrad", "rmsprop", "adadelta", "plateau", "warm-up", "one-cycle", "numpy", "in order", "stopping",
    ];

    private CheckpointedRuns Of(string kind) => kind switch
    {
        "sgd" => new(folder["run"]) { Optimizer = parameters => Sgd(parameters, 0.1) },
        "nesterov" => new(folder["run"]) { Optimizer = parameters => Sgd(parameters, 0.1, 0.9, nesterov: true) },
        "adamw" => new(folder["run"]) { Optimizer = parameters => AdamW(parameters, 0.02) },
        "adagrad" => new(folder["run"]) { Optimizer = parameters => Adagrad(parameters, 0.05) },
        "rmsprop" => new(folder["run"]) { Optimizer = parameters => RmsProp(parameters, 0.01, momentum: 0.5) },
        "adadelta" => new(folder["run"]) { Optimizer = parameters => Adadelta(parameters) },
        "plateau" => new(folder["run"]) { Schedule = () => PlateauSchedule(0.5, patience: 0, watchTest: true) },
        "warm-up" => new(folder["run"]) { Schedule = () => WarmUpSchedule(1, PlateauSchedule(0.5, patience: 0), Period.Epoch) },
        "one-cycle" => new(folder["run"]) { Schedule = () => OneCycleSchedule(20) },
        "numpy" => new(folder["run"]) { Shuffle = () => new NumPyRandom(3) },
        "in order" => new(folder["run"]) { Shuffle = () => null },
        "stopping" => new(folder["run"]) { Stopping = () => new EarlyStopping<double>(2), Optimizer = parameters => Sgd(parameters, 1) },
        _ => Runs,
    };

    [Theory, MemberData(nameof(Kinds))]
    public void A_training_that_is_interrupted_again_and_again_comes_to_the_same_bits(string kind)
    {
        var runs = Of(kind);
        var whole = runs.Make(checkpoints: false);
        CheckpointedRuns.Run(whole, 4);

        var trainer = runs.Make();
        // At the beginning, within an epoch, twice at one step, at the end of an epoch, and within the last.
        foreach (long stop in new long[] { 0, 2, 7, 7, 10, 13, 18, long.MaxValue })
        {
            CheckpointedRuns.Run(trainer, 4, stop);
            if (stop == long.MaxValue) break;
            trainer = runs.Make();
            Assert.True(trainer.Resume());
            Assert.Equal(Math.Min(stop, whole.Optimizer.Steps), trainer.Optimizer.Steps);
        }
        Assert.Equal(CheckpointedRuns.Outcome(whole), CheckpointedRuns.Outcome(trainer));
    }

    [Theory, InlineData(1), InlineData(3), InlineData(5), InlineData(8)]
    public void Every_checkpoint_of_a_training_leads_to_the_same_end(int every)
    {
        var runs = new CheckpointedRuns(folder["run"]) { Every = every };
        var whole = runs.Make(keep: 100);
        CheckpointedRuns.Run(whole, 4);
        var expected = CheckpointedRuns.Outcome(whole);
        string[] files = [.. new CheckpointFolder(folder["run"]).Files];
        Assert.Equal(2 + (4 * CheckpointedRuns.Batches - 1) / every, files.Length);
        foreach (string file in files)
        {
            string copy = Directory.CreateDirectory(folder["copy"]).FullName;
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
            var trainer = new CheckpointedRuns(copy) { Every = every }.Make();
            Assert.True(trainer.Resume());
            CheckpointedRuns.Run(trainer, 4);
            Assert.Equal(expected, CheckpointedRuns.Outcome(trainer));
            Directory.Delete(copy, recursive: true);
        }
    }

    [Fact]
    public void Cancelling_while_the_test_part_is_evaluated_loses_nothing()
    {
        var whole = Runs.Make(checkpoints: false);
        CheckpointedRuns.Run(whole, 3);

        using var source = new CancellationTokenSource();
        var trainer = Runs.Make();
        // Cancelled by the last batch of the first epoch: its loss is the last thing before the evaluation.
        var progress = new Cancelling(trainer, source);
        Assert.Throws<OperationCanceledException>(
            () => trainer.Epochs(CheckpointedRuns.Train, 3, CheckpointedRuns.Test, progress, source.Token).Count());
        Assert.Equal(CheckpointedRuns.Batches, trainer.Optimizer.Steps);
        Assert.Empty(trainer.History);

        trainer = Runs.Make();
        Assert.True(trainer.Resume());
        CheckpointedRuns.Run(trainer, 3);
        Assert.Equal(CheckpointedRuns.Outcome(whole), CheckpointedRuns.Outcome(trainer));
    }

    [Fact]
    public void The_last_ones_are_kept_and_a_finished_training_can_be_continued()
    {
        var trainer = Runs.Make(keep: 2);
        CheckpointedRuns.Run(trainer, 2);
        Assert.Equal(["step-0000000010.safetensors", "step-0000000009.safetensors"], new CheckpointFolder(folder["run"]).Files.Select(Path.GetFileName));
        CheckpointedRuns.Run(trainer, 3);

        var resumed = Runs.Make();
        Assert.True(resumed.Resume());
        Assert.Equal((3, 3), (resumed.Epoch, resumed.History.Count));
        CheckpointedRuns.Run(resumed, 4);
        var whole = Runs.Make(checkpoints: false);
        CheckpointedRuns.Run(whole, 4);
        Assert.Equal(CheckpointedRuns.Outcome(whole), CheckpointedRuns.Outcome(resumed));
    }

    [Fact]
    public void A_damaged_checkpoint_is_passed_over_and_replaced()
    {
        CheckpointedRuns.Run(Runs.Make(), 2, 8);
        var files = new CheckpointFolder(folder["run"]).Files;
        byte[] bytes = File.ReadAllBytes(files[0]);
        File.WriteAllBytes(files[0], bytes[..^100]);
        var notices = new List<string>();
        Assert.Equal(files[1], new CheckpointFolder(folder["run"]).Newest(notices.Add));
        Assert.Contains($"{files[0]}: its header tells of ", Assert.Single(notices), StringComparison.Ordinal);
        Assert.EndsWith("it is cut off; it is passed over", notices[0], StringComparison.Ordinal);

        var resumed = Runs.Make();
        Assert.True(resumed.Resume());
        Assert.Equal(6, resumed.Optimizer.Steps);
        CheckpointedRuns.Run(resumed, 2);
        var whole = Runs.Make(checkpoints: false);
        CheckpointedRuns.Run(whole, 2);
        Assert.Equal(CheckpointedRuns.Outcome(whole), CheckpointedRuns.Outcome(resumed));
    }

    [Fact]
    public void Where_no_checkpoint_is_whole_the_newest_says_why()
    {
        CheckpointedRuns.Run(Runs.Make(), 1, 2);
        var files = new CheckpointFolder(folder["run"]).Files;
        foreach (string file in files)
        {
            byte[] bytes = File.ReadAllBytes(file);
            bytes[^5] ^= 1;
            File.WriteAllBytes(file, bytes);
        }
        var error = Assert.Throws<DataException>(() => Runs.Make().Resume());
        Assert.Equal($"{files[0]}: its checksum does not agree with its content: it is damaged, or was changed by another program", error.Message);
    }

    [Fact]
    public void A_newer_version_is_refused_and_not_passed_over()
    {
        CheckpointedRuns.Run(Runs.Make(), 1);
        string file = new CheckpointFolder(folder["run"]).Files[0];
        var content = Safetensors.Load(file);
        content.Metadata["format"] = "backprop-checkpoint/2";
        content.Save(file, overwrite: true);
        var error = Assert.Throws<DataException>(() => Runs.Make().Resume());
        Assert.Equal($"{file}: its format is backprop-checkpoint/2, this version of Backprop reads up to backprop-checkpoint/1; a newer Backprop is needed", error.Message);
    }

    [Fact]
    public void Half_written_files_of_killed_processes_go_and_those_of_others_stay()
    {
        Directory.CreateDirectory(folder["run"]);
        string half = Path.Combine(folder["run"], ".step-0000000003.safetensors.abc.backprop-tmp"), other = Path.Combine(folder["run"], ".mine.backprop-tmp");
        File.WriteAllText(half, "");
        File.WriteAllText(other, "");
        CheckpointedRuns.Run(Runs.Make(), 1);
        Assert.False(File.Exists(half));
        Assert.True(File.Exists(other));
    }

    [Fact]
    public void Two_trainings_do_not_write_into_one_folder()
    {
        using var first = Runs.Make().Epochs(CheckpointedRuns.Train, 2, CheckpointedRuns.Test, cancellation: TestContext.Current.CancellationToken).GetEnumerator();
        first.MoveNext();
        var error = Assert.Throws<IOException>(() => CheckpointedRuns.Run(Runs.Make(), 1));
        Assert.StartsWith($"{folder["run"]}: another training writes its checkpoints here", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_with_checkpoints_is_not_begun_anew()
    {
        CheckpointedRuns.Run(Runs.Make(), 1);
        var error = Assert.Throws<IOException>(() => CheckpointedRuns.Run(Runs.Make(), 1));
        Assert.Equal($"{folder["run"]}: the folder has checkpoints of another training; resume that one, or take another folder", error.Message);
    }

    [Fact]
    public void Without_a_checkpoint_training_begins_at_the_beginning()
    {
        var trainer = Runs.Make();
        Assert.False(trainer.Resume());
        CheckpointedRuns.Run(trainer, 1);
        Assert.Equal(1, trainer.Epoch);
    }

    [Fact]
    public void Other_data_are_refused()
    {
        CheckpointedRuns.Run(Runs.Make(), 2, 3);
        Assert.Contains("on other data: the training part differs", Refused(CheckpointedRuns.Data(18, 1), CheckpointedRuns.Test), StringComparison.Ordinal);
        Assert.Contains("on other data: the test part differs", Refused(CheckpointedRuns.Train, CheckpointedRuns.Data(6, 41)), StringComparison.Ordinal);

        string Refused(DataSet<double> train, DataSet<double> test)
        {
            var trainer = Runs.Make();
            Assert.True(trainer.Resume());
            return Assert.Throws<DataException>(() => trainer.Epochs(train, 2, test, cancellation: TestContext.Current.CancellationToken).Count()).Message;
        }
    }

    [Fact]
    public void Another_training_is_refused_and_left_as_it_was()
    {
        CheckpointedRuns.Run(Runs.Make(), 1);
        string file = new CheckpointFolder(folder["run"]).Files[0];
        Refused(new(folder["run"]) { Optimizer = parameters => Adam(parameters, 0.01) },
            """it was saved with the optimizer adam {"learningRate":0.02,"beta1":0.9,"beta2":0.999,"epsilon":1E-08}, """
            + """this training has adam {"learningRate":0.01,"beta1":0.9,"beta2":0.999,"epsilon":1E-08}; go on with the same""");
        Refused(new(folder["run"]) { Schedule = () => OneCycleSchedule(20) }, "it was saved with no schedule, this training has OneCycleSchedule; go on with the same");
        Refused(new(folder["run"]) { Shuffle = () => null }, "it has the state of a generator (xoshiro256**), and this training draws from none; go on with the same");
        Refused(new(folder["run"]) { Stopping = () => new() }, "it was saved without early stopping, this training is with it; go on with the same");

        void Refused(CheckpointedRuns other, string problem)
        {
            var trainer = other.Make();
            string before = Fingerprint.Of(trainer.Model.Parameters);
            Assert.Equal($"{file}: {problem}", Assert.Throws<DataException>(() => trainer.Resume()).Message);
            Assert.Equal((before, 0), (Fingerprint.Of(trainer.Model.Parameters), trainer.Optimizer.Steps));
        }
    }

    [Fact]
    public void A_generator_that_hides_its_state_is_refused_at_once()
    {
        var runs = new CheckpointedRuns(folder["run"]) { Shuffle = () => new Random(1) };
        var error = Assert.Throws<NotSupportedException>(() => CheckpointedRuns.Run(runs.Make(), 1));
        Assert.Contains("take a SeededRandom or a NumPyRandom", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dropout_that_a_layer_of_one_s_own_does_not_name_is_refused()
    {
        var masks = new DropoutMasks(3);
        var model = SmallModel.Make(y => y.Dropout(0.5, masks));
        var trainer = new Trainer<double>(model, new HalfSquares().Loss, Sgd(model.Parameters, 0.1)) { Checkpoints = new Checkpoints(folder["run"]) };
        var data = new DataSet<double>(Tensor([2, 2], 1, 0, 0, 1), Tensor([2, 1], 1, -1));
        var error = Assert.Throws<NotSupportedException>(() => trainer.Epochs(data, 1, cancellation: TestContext.Current.CancellationToken).Count());
        Assert.Contains("override OwnMasks", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, trainer.Optimizer.Steps);
    }

    [Fact]
    public void Checkpoints_change_no_bit_of_a_training()
    {
        var with = Runs.Make();
        var without = Runs.Make(checkpoints: false);
        CheckpointedRuns.Run(with, 3);
        CheckpointedRuns.Run(without, 3);
        Assert.Equal(CheckpointedRuns.Outcome(without), CheckpointedRuns.Outcome(with));
    }

    private sealed class Cancelling(Trainer<double> trainer, CancellationTokenSource source) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (trainer.Optimizer.Steps == CheckpointedRuns.Batches) source.Cancel();
        }
    }
}
