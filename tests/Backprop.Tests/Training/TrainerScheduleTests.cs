using Backprop.Data;
using Backprop.Optimizers;
using Backprop.Training;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Training;

public class TrainerScheduleTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static DataSet<double> Data => new(Tensor([6, 1], 1, 2, 3, 4, 5, 6), Tensor([6, 1], 2, 4, 6, 8, 10, 12));

    [Fact]
    public void A_schedule_of_steps_counts_every_update()
    {
        var trainer = Make(new HalvedEach(Period.Step));
        foreach (var _ in trainer.Epochs(Data, 2, cancellation: Token)) { }
        Assert.Equal(6, trainer.Optimizer.Steps);
        Assert.Equal(0.01 / 32, trainer.Optimizer.LearningRate);
    }

    [Fact]
    public void A_schedule_of_epochs_counts_the_epochs_of_the_trainer()
    {
        var trainer = Make(new HalvedEach(Period.Epoch));
        foreach (var result in trainer.Epochs(Data, 3, cancellation: Token)) Assert.Equal(0.01 * Math.ScaleB(1, 1 - result.Epoch), trainer.Optimizer.LearningRate);
        trainer.Epoch = 5;
        foreach (var _ in trainer.Epochs(Data, 1, cancellation: Token)) { }
        Assert.Equal(0.01 / 32, trainer.Optimizer.LearningRate);
    }

    [Fact]
    public void A_schedule_hears_the_losses_of_every_epoch()
    {
        var schedule = new HalvedEach(Period.Epoch);
        var trainer = Make(schedule);
        double[] train = [.. trainer.Epochs(Data, 2, cancellation: Token).Select(result => result.TrainLoss)], test = [.. trainer.Epochs(Data, 2, Data, cancellation: Token).Select(result => result.Test!.Loss)];
        Assert.Equal(train, schedule.Heard[..2].Select(pair => pair.Train));
        Assert.Equal([null, null, test[0], test[1]], schedule.Heard.Select(pair => pair.Test));
    }

    [Fact]
    public void A_schedule_that_watches_the_test_part_needs_one() => Assert.StartsWith(
        "Epochs: the schedule watches the test part, and there is none; give one, or let it watch the training part.",
        Assert.Throws<ArgumentException>(() => Make(PlateauSchedule(watchTest: true)).Epochs(Data, 1, cancellation: Token)).Message, StringComparison.Ordinal);

    private static Trainer<double> Make(Schedule schedule)
    {
        var model = Linear(Tensor([1, 1], 1), Tensor([1], 0));
        return new(model, (y, t) => MeanSquaredError(y, t), Sgd(model.Parameters, 0.01)) { BatchSize = 2, Schedule = schedule };
    }

    private sealed class HalvedEach(Period per) : Schedule(per)
    {
        public List<(double Train, double? Test)> Heard { get; } = [];

        public override double Factor(long done) => Math.ScaleB(1, -(int)done);

        public override void Observe(double trainLoss, double? testLoss) => Heard.Add((trainLoss, testLoss));
    }
}
