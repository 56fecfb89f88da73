using Backprop.Layers;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Lessons.Replays;

/// <summary>One LSTM unit, two inputs, two time steps, half squared errors, one update: Aidan Gomez's numerical example. His gates stand in the order
/// a, i, f, o, with a for our g.</summary>
internal sealed class GomezReplay : ReplayLesson
{
    private const string Gates = "a i f o";

    private static readonly int[] HisOrder = [2, 0, 1, 3];

    public override string Name => "gomez";

    public override string Summary => "one LSTM unit, two time steps, and its update";

    public override Publication Publication { get; } = new(
        "Aidan Gomez", "Backpropogating an LSTM: A Numerical Example", 2016, "https://medium.com/@aidangomez/let-s-do-this-f9b699de31d9");

    public override string Remark => "The article shows its numbers as pictures; these come from a public re-implementation of it.";

    protected override void Play(ReplaySheet sheet)
    {
        // The columns of i, f, g, o.
        var cell = LstmCell(
            Tensor([2, 4], 0.95, 0.70, 0.45, 0.60, 0.80, 0.45, 0.25, 0.40), Tensor([1, 4], 0.80, 0.10, 0.15, 0.25), Tensor([4], 0.65, 0.15, 0.2, 0.1));
        var lstm = Lstm(cell, returnSequences: true);
        var (x, y) = (Parameter([1, 2, 2], 1, 2, 0.5, 3), Tensor([1, 2, 1], 0.5, 1.25));
        using var tape = Record([x, .. lstm.Parameters], y);
        var loss = HalfSquaredError(lstm.Forward(x), y);
        tape.Backward(loss);
        var kept = tape.Steps[0].Kept.ToDictionary(entry => entry.Name, entry => entry.Values!);
        Forward(sheet, kept);
        Backward(sheet, kept, x);
        Gradients(sheet, cell);
        Sgd(lstm.Parameters, learningRate: 0.1).Step();
        Update(sheet, cell);
    }

    private static void Forward(ReplaySheet sheet, Dictionary<string, Tensor<double>> kept)
    {
        sheet.Begin("forward, t = 0");
        sheet.Add(Gates, "0.81775 0.96083 0.85195 0.81757", InHisOrder(kept["gates"].Values[..4], 1));
        sheet.Add("state out", "0.78573 0.53631", [kept["c"].Values[1], kept["h"].Values[1]]);
        sheet.Begin("forward, t = 1");
        sheet.Add(Gates, "0.84980 0.98118 0.87030 0.84993", InHisOrder(kept["gates"].Values[4..], 1));
        sheet.Add("state out", "1.51763 0.77198", [kept["c"].Values[2], kept["h"].Values[2]]);
    }

    private static void Backward(ReplaySheet sheet, Dictionary<string, Tensor<double>> kept, Parameter<double> x)
    {
        double carried = kept["dh"][1, 0, 0] - (kept["h"][1, 0, 0] - 0.5);
        sheet.Begin("backward, t = 1");
        sheet.Add("δout δstate", "-0.47802 -0.07111", [kept["dh"][2, 0, 0], kept["dc"][2, 0, 0]]);
        sheet.Add("δa δi δf δo", "-0.01938 -0.00112 -0.00631 -0.05538", InHisOrder(kept["δ"].Values[4..], 1));
        sheet.Add("δx[0] δx[1] δout,t=0", "-0.04742 -0.03073 -0.01828", [.. x.Gradient[2..], carried]);
        sheet.Begin("backward, t = 0");
        sheet.Add("δout δstate", "0.01804 -0.05348", [kept["dh"][1, 0, 0], kept["dc"][1, 0, 0]]);
        sheet.Add("δa δi δf δo", "-0.01702 -0.00165 0 0.00176", InHisOrder(kept["δ"].Values[..4], 1));
    }

    private static void Gradients(ReplaySheet sheet, LstmCell<double> cell)
    {
        sheet.Begin("gradients of the weights");
        sheet.Add(
            Pairs("δW"), "-0.02672 -0.0922 -0.0022 -0.00664 -0.00315 -0.01892 -0.02592 -0.1626", InHisOrder(cell.InputWeight.Gradient, 2));
        sheet.Add(Each("δU"), "-0.0104 -0.0006 -0.00338 -0.0297", InHisOrder(cell.RecurrentWeight.Gradient, 1));
        sheet.Add(Each("δb"), "-0.03641 -0.00276 -0.00631 -0.05361", InHisOrder(cell.Bias!.Gradient, 1));
    }

    private static void Update(ReplaySheet sheet, LstmCell<double> cell)
    {
        sheet.Begin("after the update");
        sheet.Add(Pairs("W"), "0.45267 0.25922 0.95022 0.80066 0.70032 0.45189 0.60259 0.41626", InHisOrder(cell.InputWeight.Values, 2));
        sheet.Add(Each("U"), "0.15104 0.80006 0.10034 0.25297", InHisOrder(cell.RecurrentWeight.Values, 1));
        sheet.Add(Each("b"), "0.20364 0.65028 0.15063 0.10536", InHisOrder(cell.Bias!.Values, 1));
    }

    private static string Each(string symbol) => string.Join(' ', Gates.Split(' ').Select(gate => $"{symbol}{gate}"));

    private static string Pairs(string symbol) => string.Join(' ', Gates.Split(' ').SelectMany(gate => new[] { $"{symbol}{gate}[0]", $"{symbol}{gate}[1]" }));

    /// <summary>His rows are our columns.</summary>
    private static double[] InHisOrder(ReadOnlySpan<double> values, int rows)
    {
        double[] copy = values.ToArray();
        return [.. HisOrder.SelectMany(gate => Enumerable.Range(0, rows).Select(row => copy[row * 4 + gate]))];
    }
}
