using Backprop.Operations;
using static Backprop.Nn<double>;

namespace Backprop.Lessons.Replays;

/// <summary>The circuits of CS231n's notes on backpropagation, and the losses that a network starts with.</summary>
internal sealed class CircuitsReplay : ReplayLesson
{
    public override string Name => "cs231n-circuits";

    public override string Summary => "circuits of a few gates, and the gradient of softmax";

    public override Publication Publication { get; } = new(
        "Andrej Karpathy and the staff of CS231n", "Backpropagation, Intuitions", 2015, "https://cs231n.github.io/optimization-2/");

    public override string Remark =>
        "The figures with two decimals are read from pictures; those with sixteen digits are what the notes' code gives when it is run.";

    protected override void Play(ReplaySheet sheet)
    {
        SumTimesNumber(sheet);
        SigmoidNeuron(sheet);
        NeuronGateByGate(sheet);
        TwoSigmoids(sheet);
        Maximum(sheet);
        Softmax(sheet);
    }

    private static void SumTimesNumber(ReplaySheet sheet)
    {
        var (x, y, z) = (Parameter([], -2), Parameter([], 5), Parameter([], -4));
        using var tape = Record([x, y, z]);
        var f = (x + y) * z;
        tape.Backward(f);
        sheet.Begin("f = (x + y)·z");
        sheet.Add("f ∂f/∂x ∂f/∂y ∂f/∂z", "-12 -4 -4 3", [f.Value, x.Gradient[0], y.Gradient[0], z.Gradient[0]]);
    }

    private static void SigmoidNeuron(ReplaySheet sheet)
    {
        var (w, x) = (Parameter([3], 2, -3, -3), Parameter([2], -1, -2));
        using var tape = Record([w, x]);
        var dot = (w.Slice(0, 0, 2) * x).Sum() + w.Slice(0, 2, 1).Sum();
        var f = dot.Sigmoid();
        tape.Backward(f);
        sheet.Begin("f = σ(w0·x0 + w1·x1 + w2)");
        sheet.Add("dot f ∂f/∂dot", "1 0.7310585786300049 0.19661193324148185", [dot.Value, f.Value, dot.Gradient[0]]);
        sheet.AddAll("∂f/∂x", "0.3932238664829637 -0.5898357997244456", x.Shape, x.Gradient);
        sheet.AddAll("∂f/∂w", "-0.19661193324148185 -0.3932238664829637 0.19661193324148185", w.Shape, w.Gradient);
    }

    private static void NeuronGateByGate(ReplaySheet sheet)
    {
        var (w0, x0, w1, x1, w2) = (Parameter([], 2), Parameter([], -1), Parameter([], -3), Parameter([], -2), Parameter([], -3));
        using var tape = Record([w0, x0, w1, x1, w2]);
        var dot = w0 * x0 + w1 * x1 + w2;
        var negative = -dot;
        var power = negative.Exp();
        var f = 1 / (power + 1);
        tape.Backward(f);
        sheet.Begin("the same gate by gate: f = 1/(1 + exp(−dot))");
        sheet.Add("f ∂f/∂exp ∂f/∂(−dot) ∂f/∂dot", "0.73 -0.53 -0.20 0.20", [f.Value, power.Gradient[0], negative.Gradient[0], dot.Gradient[0]]);
        sheet.Add(
            "∂f/∂w0 ∂f/∂x0 ∂f/∂w1 ∂f/∂x1 ∂f/∂w2", "-0.20 0.39 -0.39 -0.59 0.20",
            [w0.Gradient[0], x0.Gradient[0], w1.Gradient[0], x1.Gradient[0], w2.Gradient[0]]);
    }

    private static void TwoSigmoids(ReplaySheet sheet)
    {
        var (x, y) = (Parameter([], 3), Parameter([], -4));
        using var tape = Record([x, y]);
        var f = (x + y.Sigmoid()) / (x.Sigmoid() + (x + y).Square());
        tape.Backward(f);
        sheet.Begin("f = (x + σ(y)) / (σ(x) + (x + y)²)");
        sheet.Add("f ∂f/∂x ∂f/∂y", "1.5456448841066441 2.0595697955721652 1.5922327514838093", [f.Value, x.Gradient[0], y.Gradient[0]]);
    }

    private static void Maximum(ReplaySheet sheet)
    {
        var (x, y, z, w) = (Parameter([], 3), Parameter([], -4), Parameter([], 2), Parameter([], -1));
        using var tape = Record([x, y, z, w]);
        var f = 2 * (x * y + z.Maximum(w));
        tape.Backward(f);
        sheet.Begin("f = 2·(x·y + max(z, w))");
        sheet.Add("f ∂f/∂x ∂f/∂y ∂f/∂z ∂f/∂w", "-20 -8 6 2 0", [f.Value, x.Gradient[0], y.Gradient[0], z.Gradient[0], w.Gradient[0]]);
    }

    private static void Softmax(ReplaySheet sheet)
    {
        var logits = Parameter([1, 3], Math.Log(0.2), Math.Log(0.3), Math.Log(0.5));
        using var tape = Record([logits]);
        tape.Backward(SoftmaxCrossEntropy(logits, Indices([1], 1)));
        sheet.Begin("softmax: probabilities 0.2, 0.3, 0.5, the right class is 1");
        sheet.AddAll("∂L/∂f", "0.2 -0.7 0.5", logits.Shape, logits.Gradient);
        sheet.Begin("the loss of a softmax that knows nothing");
        sheet.Add("3 classes", "1.0986", Start(3));
        sheet.Add(new(
            "the same with 10 classes", new("2.302"), new("2.303"), Start(10), "the digits after the third decimal are cut off, not rounded",
            [Decimals.Cut(Start(10), 3)]));

        static double Start(int classes) => SoftmaxCrossEntropy(Zeros([1, classes]), Indices([1], 0)).Value;
    }
}
