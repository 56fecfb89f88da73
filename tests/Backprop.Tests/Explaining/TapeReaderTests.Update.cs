using Backprop.Explaining;
using Backprop.Operations;
using Backprop.Optimizers;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Explaining;

// The update read aloud.
public partial class TapeReaderTests
{
    [Fact]
    public void An_update_that_rounds_away_is_still_the_step_that_was_taken()
    {
        var w = Parameter([1], 1e6);
        Assert.Equal("1e6 − 1e-18·1e6", NumbersOfUpdate(w, Sgd([w], learningRate: 1e-18, momentum: 0.5)));
        Assert.Equal("1e6 − 1e-15·1e6/(√1e12 + 1e-8)", NumbersOfUpdate(w, Adam([w], learningRate: 1e-15)));
        Assert.Equal(1e6, w.Values[0]);
    }

    private static string NumbersOfUpdate(Parameter<double> w, Optimizer<double> optimizer)
    {
        using var tape = Record([w]);
        tape.Backward((w * w).Scale(0.5).Sum());
        var reader = TapeReader<double>.Attach(tape);
        optimizer.Step();
        return Assert.Single(reader.Update(optimizer)).Numbers;
    }
}
