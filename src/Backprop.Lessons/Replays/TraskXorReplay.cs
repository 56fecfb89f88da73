namespace Backprop.Lessons.Replays;

/// <summary>Three layers learn XOR.</summary>
internal sealed class TraskXorReplay : ReplayLesson
{
    private const int Steps = 60_000;

    public override string Name => "trask-xor";

    public override string Summary => "3-4-1 sigmoid units learn XOR in 60,000 steps";

    public override Publication Publication => TraskNetwork.PartOne;

    protected override void Play(ReplaySheet sheet)
    {
        var run = TraskNetwork.TrainXor(sheet, 4, 1, Steps);
        sheet.Begin("the weights that the generator draws");
        sheet.AddAll(
            "w0",
            """
            -0.165955990594852   0.4406489868843162  -0.9997712503653102 -0.39533485473632046
            -0.7064882183657739 -0.8153228104624044  -0.6274795772446582 -0.3088785459139045
            -0.20646505153866013 0.07763346800671389 -0.1616109711934104  0.370439000793519
            """,
            [3, 4], run.Initial.AsSpan(0, 12));
        sheet.AddAll("w1", "-0.5910955005369651 0.7562348727818908 -0.9452248136041477 0.34093502035680445", [4, 1], run.Initial.AsSpan(12));
        sheet.Begin("mean error |y − ŷ|");
        string[] printed = ["0.496410031903", "0.00858452565325", "0.00578945986251", "0.00462917677677", "0.00395876528027", "0.00351012256786"];
        for (int i = 0; i < printed.Length; i++) sheet.Add(TraskNetwork.After(i), printed[i], run.Errors[i]);
        sheet.Begin("after 60,000 steps");
        sheet.AddAll("output", "0.00260572 0.99672209 0.99701711 0.00386759", [4, 1], run.Outputs);
    }
}
