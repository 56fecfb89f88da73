using Backprop.Operations;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Golden;

public class GoldenLinearTests
{
    public static TheoryData<string> Cases => GoldenFile.Names("linear");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Outputs_and_gradients_are_PyTorchs(string name)
    {
        var golden = GoldenFile.Case("linear", name);
        var (x, w) = (golden.Inputs["x"].ToParameter("x"), golden.Inputs["w"].ToParameter("w"));
        var b = golden.Inputs.TryGetValue("b", out var bias) ? bias.ToParameter("b") : null;
        using var tape = Record(b is null ? [x, w] : [x, w, b]);
        var y = x.Linear(w, b);
        tape.Backward(y, golden.Inputs["dy"].ToTensor());
        golden.Matches("y", y);
        golden.MatchesGradient("x", x);
        golden.MatchesGradient("w", w);
        if (b is not null) golden.MatchesGradient("b", b);
    }
}
