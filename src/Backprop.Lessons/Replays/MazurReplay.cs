using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Lessons.Replays;

/// <summary>Matt Mazur's example: one training step in numbers, and ten thousand more.</summary>
internal sealed class MazurReplay : ReplayLesson
{
    private const int Rounds = 10_000;
    private const string TooEarly = "the output weights were updated before the hidden deltas were computed by them";

    public override string Name => "mazur";

    public override string Summary => "2-2-2 sigmoid units: every number of one step, and 10,000 steps";

    public override Publication Publication { get; } = new(
        "Matt Mazur", "A Step by Step Backpropagation Example", 2015, "https://mattmazur.com/2015/03/17/a-step-by-step-backpropagation-example/");

    protected override void Play(ReplaySheet sheet)
    {
        var network = new MazurNetwork();
        using (var tape = Record([network.Hidden, network.Output], network.X, network.Y))
        {
            var pass = network.Forward();
            tape.Backward(pass.Loss);
            Forward(sheet, network, pass);
            Backward(sheet, network, pass);
            Roundings(sheet, tape, pass);
        }
        double loss = network.Train(1).Loss;
        Update(sheet, network);
        AfterTraining(sheet, loss);
    }

    private static void Forward(ReplaySheet sheet, MazurNetwork network, MazurPass pass)
    {
        sheet.Begin("forward pass");
        sheet.Add("net_h1", "0.3775", pass.Net1.Values[0]);
        sheet.Add("out_h1 out_h2", "0.593269992 0.596884378", pass.Out1.Values);
        sheet.Add("net_o1", "1.105905967", pass.Net2.Values[0]);
        sheet.Add("out_o1 out_o2", "0.75136507 0.772928465", pass.Out2.Values);
        sheet.Add("E_o1 E_o2", "0.274811083 0.023560026", (0.5 * (pass.Out2 - network.Y).Square()).Values);
        sheet.Add("E_total", "0.298371109", pass.Loss.Value);
    }

    private static void Backward(ReplaySheet sheet, MazurNetwork network, MazurPass pass)
    {
        sheet.Begin("backward pass, output layer");
        sheet.Add("∂E/∂out_o1", "0.74136507", pass.Out2.Gradient[0]);
        sheet.Add("∂out_o1/∂net_o1", "0.186815602", Slope(pass.Out2));
        sheet.Add("δ_o1", "0.138498562", pass.Net2.Gradient[0]);
        sheet.Add("∂E/∂w5", "0.082167041", network.Output.Gradient[0]);
        sheet.Begin("backward pass, hidden layer");
        sheet.Add("∂E_o1/∂out_h1", "0.055399425", Through(pass, 0));
        sheet.Add("∂E/∂out_h1", "0.036350306", pass.Out1.Gradient[0]);
        sheet.Add("∂out_h1/∂net_h1", "0.241300709", Slope(pass.Out1));
        sheet.Add("∂E/∂w1", "0.000438568", network.Hidden.Gradient[0]);
    }

    /// <summary>Two figures whose last digit is not the nearest.</summary>
    private static void Roundings(ReplaySheet sheet, Tape<double> tape, MazurPass pass)
    {
        double delta = pass.Net2.Gradient[1], through = Through(pass, 1);
        sheet.Add(new("δ_o2", new("-0.038098236"), new("-0.038098237"), delta, "the digits after the ninth are cut off, not rounded", [Decimals.Cut(delta, 9)]));
        tape.Replay([new Pin<double>(pass.Net2, 1, -0.038098237, OnGradient: true)]);
        tape.Backward(pass.Loss);
        sheet.Add(new(
            "∂E_o2/∂out_h1", new("-0.019049119"), new("-0.019049118"), through, "computed from a δ_o2 that was rounded to nine decimals, and rounded again",
            [Through(pass, 1)]));
    }

    private static void Update(ReplaySheet sheet, MazurNetwork network)
    {
        sheet.Begin("after the update");
        ReadOnlySpan<double> w = network.Hidden.Values, v = network.Output.Values;
        sheet.Add("w5 w6 w7 w8", "0.35891648 0.408666186 0.511301270 0.561370121", [v[0], v[2], v[1], v[3]]);
        sheet.Add("w1 w2 w3 w4", "0.149780716 0.19956143 0.24975114 0.29950229", [w[0], w[2], w[1], w[3]]);
    }

    private static void AfterTraining(ReplaySheet sheet, double afterOne)
    {
        var (loss, outputs) = new MazurNetwork().Train(Rounds);
        var (wrongLoss, wrongOutputs) = new MazurNetwork().TrainInTheWrongOrder(Rounds);
        sheet.Add(new(
            "E after 1 step", new("0.291027924"), new("0.291027774"), afterOne, TooEarly, [new MazurNetwork().TrainInTheWrongOrder(1).Loss]));
        sheet.Add(new("E after 10,000, older copies", new("0.000035085"), new("0.000035102"), loss, TooEarly, [wrongLoss]));
        sheet.Add(new(
            "E after 10,000, newer copies", new("0.0000351085"), new("0.0000351019"), loss, "this is E after 9,999 steps",
            [new MazurNetwork().Train(Rounds - 1).Loss]));
        sheet.Add(new("out_o1 after 10,000", new("0.015912196"), new("0.015913620"), outputs[0], TooEarly, [wrongOutputs[0]]));
        sheet.Add(new("out_o2 after 10,000", new("0.984065734"), new("0.984064274"), outputs[1], TooEarly, [wrongOutputs[1]]));
    }

    /// <summary>The slope of the first sigmoid unit of a layer, as the tape has it.</summary>
    private static double Slope(Tensor<double> layer) => layer.Source!.Terms(0, 0).Single().Factors[^1].Value;

    /// <summary>What the first hidden unit gets by way of an output unit: one of the products whose sum is its gradient.</summary>
    private static double Through(MazurPass pass, int unit) => pass.Product.Source!.Terms(0, 0).ElementAt(unit).Value;
}
