using Backprop.Operations;
using static Backprop.Nn<double>;

namespace Backprop.Lessons.Replays;

/// <summary>The expressions of micrograd's README and test, and of the lecture that builds it.</summary>
internal sealed class MicrogradReplay : ReplayLesson
{
    public override string Name => "micrograd";

    public override string Summary => "the README's expression, the sanity check, the lecture's neuron";

    public override Publication Publication { get; } = new("Andrej Karpathy", "micrograd", 2020, "https://github.com/karpathy/micrograd");

    public override string Remark => "The lecture is \"The spelled-out intro to neural networks and backpropagation: building micrograd\" (2022).";

    protected override void Play(ReplaySheet sheet)
    {
        Readme(sheet);
        SanityCheck(sheet);
        Expression(sheet);
        Neuron(sheet);
        UsedTwice(sheet);
    }

    private static void Readme(ReplaySheet sheet)
    {
        var (a, b) = (Parameter([], -4), Parameter([], 2));
        using var tape = Record([a, b]);
        // The last digit of ∂g/∂b depends on the order in which b collects its contributions. In micrograd it changes from run to run; the published
        // digits are those of d before c.
        var d = a * b + b.Power(3);
        var c = a + b;
        c = c + (c + 1);
        c = c + (1 + c - a);
        d = d + (d * 2 + (b + a).Relu());
        d = d + (3 * d + (b - a).Relu());
        var e = c - d;
        var f = e.Square();
        var g = f / 2 + 10 / f;
        tape.Backward(g);
        sheet.Begin("the README's expression");
        sheet.Add("c d e f g", "-1 6 -7 49 24.70408163265306", [c.Value, d.Value, e.Value, f.Value, g.Value]);
        sheet.Add(
            "∂g/∂f ∂g/∂d ∂g/∂c ∂g/∂a ∂g/∂b", "0.4958350687213661 6.941690962099126 -6.941690962099126 138.83381924198252 645.5772594752187",
            [f.Gradient[0], d.Gradient[0], c.Gradient[0], a.Gradient[0], b.Gradient[0]]);
    }

    private static void SanityCheck(ReplaySheet sheet)
    {
        var x = Parameter([], -4);
        using var tape = Record([x]);
        var z = 2 * x + 2 + x;
        var q = z.Relu() + z * x;
        var y = z.Square().Relu() + q + q * x;
        tape.Backward(y);
        sheet.Begin("the sanity check");
        sheet.Add("y ∂y/∂x", "-20 46", [y.Value, x.Gradient[0]]);
    }

    private static void Expression(ReplaySheet sheet)
    {
        var (a, b, c, f) = (Parameter([], 2), Parameter([], -3), Parameter([], 10), Parameter([], -2));
        using var tape = Record([a, b, c, f]);
        var e = a * b;
        var d = e + c;
        var loss = d * f;
        tape.Backward(loss);
        sheet.Begin("the lecture's expression L = (a·b + c)·f");
        sheet.Add(
            "L ∂L/∂f ∂L/∂d ∂L/∂e ∂L/∂c ∂L/∂b ∂L/∂a", "-8 4 -2 -2 -2 -4 6",
            [loss.Value, f.Gradient[0], d.Gradient[0], e.Gradient[0], c.Gradient[0], b.Gradient[0], a.Gradient[0]]);
    }

    private static void Neuron(ReplaySheet sheet)
    {
        var (x, w, b) = (Parameter([1, 2], 2, 0), Parameter([2, 1], -3, 1), Parameter([1], 6.8813735870195432));
        using var tape = Record([x, w, b]);
        var n = x.Linear(w, b);
        var o = n.Tanh();
        tape.Backward(o);
        sheet.Begin("the lecture's neuron");
        sheet.Add("n", "0.8813735870195432", n.Value);
        sheet.Add("∂o/∂x1 ∂o/∂w1 ∂o/∂x2 ∂o/∂w2", "-1.5 1.0 0.5 0", [x.Gradient[0], w.Gradient[0], x.Gradient[1], w.Gradient[1]]);
        var (up, down) = (n.Copy().Exp(), (-n.Copy()).Exp());
        sheet.Add(new(
            "o of the neuron", new("0.7071067811865477"), new("0.7071067811865476"), o.Value, "a tanh that rounds more than once, as (eⁿ − e⁻ⁿ)/(eⁿ + e⁻ⁿ) does",
            [((up - down) / (up + down)).Value]));
    }

    private static void UsedTwice(ReplaySheet sheet)
    {
        var a = Parameter([], 3);
        using var tape = Record([a]);
        var b = a + a;
        tape.Backward(b + b);
        sheet.Begin("a value that is used twice: b = a + a, c = b + b");
        sheet.Add("∂c/∂a", "4", a.Gradient[0]);
    }
}
