using Backprop.Explaining;
using Backprop.Tensors;
using Backprop.Tests.Training;
using static Backprop.Nn<float>;

namespace Backprop.Tests.Explaining;

public class TapeProfileTests
{
    /// <summary>A clock on which every look takes 100 ns more than the one before.</summary>
    private sealed class SteadyClock : TimeProvider
    {
        private long now;

        public override long TimestampFrequency => 10_000_000;

        public override long GetTimestamp() => now++;
    }

    private static (Tape<float> Tape, ParameterList<float> Parameters) Recorded(bool backward)
    {
        var model = SmallRuns.Mlp(12, 24);
        var data = SmallRuns.Waves([16, 12], 5);
        var tape = Record(model.Parameters, data.Inputs, data.Targets);
        var loss = SoftmaxCrossEntropy(model.Forward(data.Inputs), (Indices)data.Targets);
        if (backward) tape.Backward(loss);
        return (tape, model.Parameters);
    }

    [Fact]
    public void Every_step_has_its_time_bytes_and_multiply_adds()
    {
        using var tape = Recorded(backward: true).Tape;
        var profile = TapeProfile.Of(tape, 3, new SteadyClock());
        Assert.Equal(["Linear", "Tanh", "Linear", "Sigmoid", "Linear", "SoftmaxCrossEntropy"], profile.Steps.Select(step => step.Name));
        Assert.All(profile.Steps, step => Assert.Equal(TimeSpan.FromMicroseconds(0.1), step.Forward));
        Assert.All(profile.Steps, step => Assert.Equal(TimeSpan.FromMicroseconds(0.1), step.Backward));
        Assert.Equal(TimeSpan.FromMicroseconds(1.2), profile.Time);

        var first = profile.Steps[0];
        Assert.Equal(tape.NameOf(tape.Parameters[0]), first.Parameter);
        Assert.Equal(16 * 12 * 24, first.ForwardMultiplyAdds);
        // The data wants no gradient.
        Assert.Equal(16 * 12 * 24, first.BackwardMultiplyAdds);
        Assert.Equal(4 * (16 * 12 + 12 * 24 + 24 + 16 * 24), first.ForwardBytes);
        Assert.Equal(2 * 16 * 24 * 24, profile.Steps[2].BackwardMultiplyAdds);
        Assert.Equal(2 * 2 * 16 * 12 * 24 / 0.2e-6 / 1e9, first.GigaflopsPerSecond, 1e-9);
        Assert.Equal("", profile.Steps[1].Parameter);
        Assert.Equal(0, profile.Steps[1].GigaflopsPerSecond);
    }

    [Fact]
    public void A_tape_without_a_backward_pass_is_profiled_forward()
    {
        using var tape = Recorded(backward: false).Tape;
        var profile = TapeProfile.Of(tape, 1, new SteadyClock());
        Assert.All(profile.Steps, step => Assert.Equal((TimeSpan.Zero, 0, 0), (step.Backward, step.BackwardBytes, step.BackwardMultiplyAdds)));
    }

    [Fact]
    public void Values_and_gradients_are_those_of_a_training_step()
    {
        var (tape, parameters) = Recorded(backward: true);
        using var _ = tape;
        float[][] expected = [.. parameters.Select(parameter => parameter.Gradient.ToArray())];
        TapeProfile.Of(tape, 5);
        Assert.Equal(expected, parameters.Select(parameter => parameter.Gradient.ToArray()));
        Assert.True(tape.HasRunBackward);
        tape.Replay();
        tape.Backward(tape.Loss!);
        Assert.Equal(expected, parameters.Select(parameter => parameter.Gradient.ToArray()));
    }

    [Fact]
    public void A_gradient_that_was_added_up_is_written_anew()
    {
        var (tape, parameters) = Recorded(backward: true);
        using var _ = tape;
        float[] expected = parameters[0].Gradient.ToArray();
        tape.Replay();
        tape.Backward(tape.Loss!, accumulate: true);
        TapeProfile.Of(tape, 3);
        Assert.Equal(expected, parameters[0].Gradient.ToArray());
    }

    [Fact]
    public void The_table_has_a_line_for_each_step_and_the_total()
    {
        using var tape = Recorded(backward: true).Tape;
        tape.Threads = 2;
        string[] lines = TapeProfile.Of(tape, 3, new SteadyClock()).ToString().Split('\n');
        Assert.Equal(
        [
            "step                 of              output     forward  backward    time    share    KB  GFLOP/s",
            "Linear               linear1.weight  [16, 24]    0.1 µs    0.1 µs  0.2 µs   16.7 %   9.9     92.2",
            "Tanh                                 [16, 24]    0.1 µs    0.1 µs  0.2 µs   16.7 %   9.2",
            "Linear               linear2.weight  [16, 24]    0.1 µs    0.1 µs  0.2 µs   16.7 %  16.4    276.5",
            "Sigmoid                              [16, 24]    0.1 µs    0.1 µs  0.2 µs   16.7 %   9.2",
            "Linear               linear3.weight  [16, 5]     0.1 µs    0.1 µs  0.2 µs   16.7 %   7.1     57.6",
            "SoftmaxCrossEntropy                  []          0.1 µs    0.1 µs  0.2 µs   16.7 %   1.9",
            "total                                2 threads   0.6 µs    0.6 µs  1.2 µs  100.0 %  53.7     71.0",
        ], lines);
    }

    [Fact]
    public void The_update_has_its_time_and_bytes_and_leaves_nothing_behind()
    {
        var (tape, parameters) = Recorded(backward: true);
        using var _ = tape;
        var optimizer = Adam(parameters, 0.01);
        optimizer.Step();
        tape.Replay();
        tape.Backward(tape.Loss!);
        float loss = tape.Loss!.Value;
        var (state, expected) = (optimizer.State, parameters.Select(parameter => (parameter.Values.ToArray(), parameter.Gradient.ToArray())).ToArray());
        var profile = TapeProfile.Of(tape, 3, new SteadyClock(), optimizer);

        // Adam reads the gradient, reads and writes the weight and two remembered numbers.
        Assert.Equal(new ProfiledUpdate("adam", TimeSpan.FromMicroseconds(0.1), 4 * 7 * parameters.Elements), profile.Update);
        Assert.Equal(TimeSpan.FromMicroseconds(1.3), profile.Time);
        Assert.Equal(profile.Steps.Sum(step => step.Bytes) + profile.Update!.Bytes, profile.Bytes);
        Assert.Equal(expected, parameters.Select(parameter => (parameter.Values.ToArray(), parameter.Gradient.ToArray())));
        Assert.Equal(state.Steps, optimizer.State.Steps);
        Assert.Equal(state.Updates, optimizer.State.Updates);
        Assert.Equal(state.Memory["squaredMean"], optimizer.State.Memory["squaredMean"]);
        Assert.Null(tape.FindChanged());
        Assert.Equal(loss, tape.Loss.Value);
        Assert.Contains("update               adam ", profile.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_update_needs_gradients()
    {
        var (tape, parameters) = Recorded(backward: false);
        using var _ = tape;
        var exception = Assert.Throws<InvalidOperationException>(() => TapeProfile.Of(tape, optimizer: Sgd(parameters, 0.1)));
        Assert.StartsWith("TapeProfile: an optimizer came, and the tape has no gradients", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_run_is_no_profile()
    {
        using var tape = Recorded(backward: true).Tape;
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => TapeProfile.Of(tape, 0));
        Assert.StartsWith("TapeProfile: 0 runs came; it is 1 or more", exception.Message, StringComparison.Ordinal);
    }
}
