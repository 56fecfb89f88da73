using Backprop.Data;
using Backprop.Training;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Training;

public class TrainerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>t = 2·x₀ − x₁ for points of a wave.</summary>
    private static DataSet<double> Line(int count)
    {
        var x = Tensor([count, 2], Enumerable.Range(0, 2 * count).Select(i => Math.Sin(1.3 * i + 0.2)).ToArray());
        return new DataSet<double>(x, Tensor([count, 1], Enumerable.Range(0, count).Select(i => 2 * x[i, 0] - x[i, 1]).ToArray()));
    }

    [Fact]
    public void Training_finds_the_line()
    {
        var model = SmallModel.Make();
        var trainer = new Trainer<double>(model, new HalfSquares().Loss, new Descent(model.Parameters, 0.1)) { BatchSize = 4 };
        var results = trainer.Epochs(Line(10), 200, Line(6), cancellation: Token).ToArray();
        Assert.Equal(Enumerable.Range(1, 200), results.Select(result => result.Epoch));
        Assert.True(results[^1].TrainLoss < 1e-8, $"{results[^1]}");
        Assert.Equal(1, results[^1].Test!.R2!.Value, 1e-6);
        Assert.Equal(2, model.Weight[0, 0], 1e-4);
        Assert.Equal(-1, model.Weight[1, 0], 1e-4);
    }
}
