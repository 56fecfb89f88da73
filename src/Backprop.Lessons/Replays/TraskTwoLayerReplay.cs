using Backprop.Operations;
using Backprop.Randomness;
using static Backprop.Nn<double>;

namespace Backprop.Lessons.Replays;

/// <summary>Two layers without a hidden one learn to copy the first of three inputs.</summary>
internal sealed class TraskTwoLayerReplay : ReplayLesson
{
    private const int Steps = 10_000;

    public override string Name => "trask-two-layer";

    public override string Summary => "three inputs, one sigmoid unit, 10,000 steps";

    public override Publication Publication => TraskNetwork.PartOne;

    protected override void Play(ReplaySheet sheet)
    {
        var w = TraskNetwork.Weights(new NumPyRandom(1), 3, 1);
        sheet.Begin("the weights that the generator draws");
        sheet.AddAll("w", "-0.165955990594852 0.4406489868843162 -0.9997712503653102", w);

        var sgd = Sgd([w], learningRate: 1);
        var (x, y) = (TraskNetwork.Inputs, Tensor([4, 1], 0, 0, 1, 1));
        using var tape = Record([w], x, y);
        var output = x.MatMul(w).Sigmoid();
        var loss = HalfSquaredError(output, y);
        for (int step = 0; step < Steps; step++)
        {
            if (step > 0) tape.Replay();
            tape.Backward(loss);
            sgd.Step();
        }
        sheet.Begin("after 10,000 steps");
        sheet.AddAll("output", "0.00966449 0.00786506 0.99358898 0.99211957", output);
    }
}
