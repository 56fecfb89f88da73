using static Backprop.Nn<double>;

namespace Backprop.Tests.Golden;

public class GoldenRnnTests
{
    public static TheoryData<string> Cases => GoldenFile.Names("rnn");

    [Theory]
    [MemberData(nameof(Cases))]
    public void States_and_gradients_through_time_are_PyTorchs(string name)
    {
        var golden = GoldenFile.Case("rnn", name);
        var (x, start) = (golden.Inputs["x"].ToParameter("x"), golden.Inputs["h0"].ToParameter("h0"));
        var cell = RnnCell(golden.Inputs["wx"].ToTensor(), golden.Inputs["wh"].ToTensor(), golden.Inputs["b"].ToTensor());
        int truncate = golden.Whole("truncate");
        var rnn = Rnn(cell, returnSequences: true, truncate: truncate == 0 ? null : truncate);
        using var tape = Record([x, start, .. rnn.Parameters]);
        var states = rnn.Forward(x, start).Output;
        golden.Matches("y", states);
        tape.Backward(states, golden.Inputs["dy"].ToTensor());
        golden.MatchesGradient("x", x);
        golden.MatchesGradient("h0", start);
        golden.MatchesGradient("wx", cell.InputWeight);
        golden.MatchesGradient("wh", cell.RecurrentWeight);
        golden.MatchesGradient("b", cell.Bias!);
    }
}
