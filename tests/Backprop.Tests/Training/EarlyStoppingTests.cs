using Backprop.Data;
using Backprop.Saving;
using Backprop.Training;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Training;

public class EarlyStoppingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static readonly DataSet<double> Train = new(Tensor([2, 2], 1, 0, 0, 1), Tensor([2, 1], 1, -1));

    /// <summary>At w = [−0.4, −0.25] the loss of this part is 0: training, which leads to [1, −1], passes near it and goes away again.</summary>
    private static readonly DataSet<double> Test = new(Tensor([1, 2], 1, 1), Tensor([1, 1], 0.1));

    private static (Trainer<double> Trainer, SmallModel Model) Make(EarlyStopping<double> stopping)
    {
        var model = SmallModel.Make();
        return (new Trainer<double>(model, new HalfSquares().Loss, Sgd(model.Parameters, 0.1)) { Shuffle = null, Stopping = stopping }, model);
    }

    [Fact]
    public void Training_ends_after_so_many_epochs_without_a_better_loss()
    {
        var (trainer, _) = Make(new EarlyStopping<double>(3));
        double[] losses = [.. trainer.Epochs(Train, 100, Test, cancellation: Token).Select(epoch => epoch.Test!.Loss)];
        int best = Array.IndexOf(losses, losses.Min()) + 1;
        Assert.InRange(best, 2, 50);
        Assert.Equal(best + 3, losses.Length);
        Assert.Equal((best, losses[best - 1], 3, true), (trainer.Stopping!.BestEpoch, trainer.Stopping.BestLoss, trainer.Stopping.Waited, trainer.Stopping.HasStopped));
        Assert.Empty(trainer.Epochs(Train, 5, Test, cancellation: Token));
    }

    [Fact]
    public void The_best_weights_are_those_of_the_best_epoch()
    {
        var (trainer, model) = Make(new EarlyStopping<double>(3));
        var prints = trainer.Epochs(Train, 100, Test, cancellation: Token).Select(_ => Fingerprint.Of(model.Parameters)).ToArray();
        Assert.Equal(prints[^1], Fingerprint.Of(model.Parameters));
        trainer.TakeBest();
        Assert.Equal(prints[trainer.Stopping!.BestEpoch - 1], Fingerprint.Of(model.Parameters));
    }

    [Fact]
    public void A_threshold_asks_for_more_than_a_little()
    {
        var (trainer, _) = Make(new EarlyStopping<double>(2, threshold: 0.99, watchTest: false));
        Assert.Equal(3, trainer.Epochs(Train, 100, cancellation: Token).Count());
        Assert.Equal(1, trainer.Stopping!.BestEpoch);
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStopping<double>(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStopping<double>(1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStopping<double>(1, double.NaN));
        Assert.Throws<ArgumentException>(() => Make(new EarlyStopping<double>()).Trainer.Epochs(Train, 1, cancellation: Token));
        var model = SmallModel.Make();
        var trainer = new Trainer<double>(model, new HalfSquares().Loss, Sgd(model.Parameters, 0.1));
        Assert.Throws<InvalidOperationException>(trainer.TakeBest);
        Assert.Throws<InvalidOperationException>(() => trainer.Resume());
    }
}
