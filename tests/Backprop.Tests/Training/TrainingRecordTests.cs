using Backprop.Data;
using Backprop.Saving;
using Backprop.Training;
using static Backprop.Nn<float>;

namespace Backprop.Tests.Training;

public class TrainingRecordTests
{
    private static TrainingRecord Example() => new()
    {
        Version = "1.2.3",
        Data = "Blüten daten.csv",
        DataFile = "ab12",
        Form = "table",
        Options = new Dictionary<string, string> { ["--target"] = "kind", ["--seed"] = "1" },
        Train = new RecordedPart(48, "aa"),
        Test = new RecordedPart(12, "bb"),
        Weights = "cc",
        History =
        [
            new EpochResult(1, 0.1 + 0.2, new Evaluation(12, 0.7) { Accuracy = 1.0 / 3, MacroF1 = 0.3 }, TimeSpan.FromSeconds(1)),
            new EpochResult(2, double.PositiveInfinity, new Evaluation(12, double.NaN) { Accuracy = 0, MacroF1 = 0 }, TimeSpan.FromSeconds(2)),
        ],
    };

    [Fact]
    public void What_was_written_is_read_with_every_bit_but_the_time()
    {
        var written = Example();
        var read = TrainingRecord.Read(written.Write(), "model");
        Assert.Equal((written.Version, written.Data, written.DataFile, written.Form, written.Weights), (read.Version, read.Data, read.DataFile, read.Form, read.Weights));
        Assert.Equal(written.Options, read.Options);
        Assert.Equal((written.Train, written.Test, null, null), (read.Train, read.Test, read.Validation, read.BestEpoch));
        Assert.Equal(written.History[0] with { Elapsed = TimeSpan.Zero }, read.History[0]);
        Assert.Equal(new EpochResult(2, double.NaN, new Evaluation(12, double.NaN) { Accuracy = 0, MacroF1 = 0 }, TimeSpan.Zero), read.History[1]);
    }

    [Fact]
    public void Early_stopping_leaves_its_part_and_its_epoch()
    {
        var read = TrainingRecord.Read((Example() with { Validation = new RecordedPart(9, "dd"), BestEpoch = 7 }).Write(), "model");
        Assert.Equal((new RecordedPart(9, "dd"), 7), (read.Validation, read.BestEpoch));
    }

    [Fact]
    public void An_epoch_without_a_test_part_and_a_training_without_an_epoch_come_back_as_they_were()
    {
        Assert.Empty(TrainingRecord.Read((Example() with { History = [] }).Write(), "model").History);
        var alone = new EpochResult(1, 0.5, null, TimeSpan.Zero);
        Assert.Equal([alone], TrainingRecord.Read((Example() with { History = [alone] }).Write(), "model").History);
    }

    [Fact]
    public void How_fast_a_training_was_does_not_show()
    {
        var slow = Example() with { History = [.. Example().History.Select(epoch => epoch with { Elapsed = epoch.Elapsed * 3 })] };
        Assert.Equal(Example().Write(), slow.Write());
    }

    [Fact]
    public void It_goes_with_a_model()
    {
        using var folder = new TemporaryFolder();
        new SavedModel<float>(Linear(2, 1, new Random(1)), [2]) { Notes = new Dictionary<string, string> { [TrainingRecord.Key] = Example().Write() } }
            .Save(folder["model"]);
        Assert.Equal("Blüten daten.csv", TrainingRecord.Read(SavedModel<float>.Load(folder["model"]).Notes[TrainingRecord.Key], folder["model"]).Data);
    }

    [Theory]
    [InlineData("{", "model: training is no JSON")]
    [InlineData("{}", "model: training.options is missing")]
    [InlineData("""{"options":{},"version":"1","data":"a","train":{"samples":0,"fingerprint":""}}""", "model: training.train.samples is 0, a whole number from 1 on is needed")]
    [InlineData(
        """{"options":{},"version":"1","data":"a","train":{"samples":1,"fingerprint":""},"test":{"samples":1,"fingerprint":""},"weights":"","history":{"epoch":[1],"trainLoss":[]}}""",
        "model: training.history: its columns are not equally long")]
    [InlineData(
        """{"options":{},"version":"1","data":"a","train":{"samples":1,"fingerprint":""},"test":{"samples":1,"fingerprint":""},"weights":"","history":{"epoch":[1]}}""",
        "model: training.history: epoch and trainLoss are needed")]
    public void What_is_no_record_is_refused_with_its_place(string text, string message) =>
        Assert.StartsWith(message, Assert.Throws<DataException>(() => TrainingRecord.Read(text, "model")).Message, StringComparison.Ordinal);
}
