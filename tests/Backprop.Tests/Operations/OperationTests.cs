using System.Numerics;
using Backprop.Checking;
using Backprop.Tensors;

namespace Backprop.Tests.Operations;

/// <summary>What holds for every operation, asked of every case.</summary>
public class OperationTests
{
    public static TheoryData<OperationCase> All => [.. OperationCase.All];

    [Fact]
    public void Every_operation_has_a_case()
    {
        var covered = new HashSet<Type>();
        foreach (var @case in OperationCase.All)
        {
            var inputs = @case.Doubles();
            using var tape = Tape<double>.Record([.. inputs]);
            @case.InDouble(inputs);
            foreach (var step in tape.Steps) covered.Add(step.GetType().GetGenericTypeDefinition());
        }
        var missing = typeof(Operation<>).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: false, IsGenericTypeDefinition: true } && IsOperation(type) && !covered.Contains(type))
            .Select(type => type.Name);
        Assert.Empty(missing);
    }

    [Theory, MemberData(nameof(All))]
    public void Gradient_agrees_with_finite_differences(OperationCase @case)
    {
        var inputs = @case.Doubles();
        using var tape = Tape<double>.Record([.. inputs]);
        var output = @case.InDouble(inputs);
        if (!tape.Steps[^1].PassesOn || output.Length == 0) return;
        var report = GradientCheck.Of(tape, output);
        Assert.True(report.Verdict == Verdict.Right, report.ToString());
        Assert.NotEmpty(report.Parameters);
    }

    [Theory, MemberData(nameof(All))]
    public void Terms_sum_to_what_backward_gave(OperationCase @case)
    {
        var inputs = @case.Doubles();
        using var tape = Tape<double>.Record([.. inputs]);
        var output = @case.InDouble(inputs);
        if (!tape.Steps[^1].PassesOn || output.Length == 0) return;
        tape.Backward(output, Wave(output.Shape));
        foreach (var tensor in tape.Steps.SelectMany(step => step.Inputs).Distinct().Where(tensor => tensor.HasGradient))
            for (int index = 0; index < tensor.Length; index++)
            {
                double sum = 0, size = 1e-300;
                foreach (var step in tape.BackwardSteps)
                    for (int input = 0; input < step.Inputs.Count; input++)
                        if (step.Inputs[input] == tensor)
                            foreach (var term in step.Terms(input, index))
                            {
                                sum += term.Value;
                                size += Math.Abs(term.Value);
                            }
                Assert.True(Math.Abs(sum - tensor.Gradient[index]) <= 1e-13 * size + 1e-300,
                    $"{@case} {tensor.Name}{tensor.Shape.Position(index)}: terms {sum:R}, gradient {tensor.Gradient[index]:R}");
            }
    }

    [Theory, MemberData(nameof(All))]
    public void Replay_gives_the_bits_of_a_fresh_recording(OperationCase @case)
    {
        var first = @case.Doubles();
        using var replayed = Tape<double>.Record([.. first]);
        var output = @case.InDouble(first);
        var before = output.Values.ToArray();
        foreach (var input in first)
            for (int i = 0; i < input.Length; i++) input.Set(i, input.Values[i] * 1.125);
        replayed.Replay();

        var second = @case.Doubles();
        foreach (var input in second)
            for (int i = 0; i < input.Length; i++) input.Set(i, input.Values[i] * 1.125);
        using var fresh = Tape<double>.Record([.. second]);
        var expected = @case.InDouble(second);
        Assert.Equal(Bits(expected.Values), Bits(output.Values));
        if (!fresh.Steps[^1].PassesOn || output.Length == 0) return;
        // Without the commit, which would move dropout on to another mask.
        replayed.BackwardWithoutCommit(output, Wave(output.Shape));
        fresh.Backward(expected, Wave(output.Shape));
        foreach (var (a, b) in first.Zip(second).Where(pair => pair.Second.HasGradient)) Assert.Equal(Bits(b.Gradient), Bits(a.Gradient));

        // And back again: nothing of the second run stays behind.
        foreach (var (changed, original) in first.Zip(@case.Doubles())) changed.Set(original.Values);
        replayed.Replay();
        Assert.Equal(Bits(before), Bits(output.Values));
    }

    [Theory, MemberData(nameof(All))]
    public void A_first_contribution_writes_every_entry(OperationCase @case)
    {
        var inputs = @case.Doubles();
        using var tape = Tape<double>.Record([.. inputs]);
        var output = @case.InDouble(inputs);
        if (!tape.Steps[^1].PassesOn || output.Length == 0) return;
        var wave = Wave(output.Shape);
        tape.BackwardWithoutCommit(output, wave);
        var tensors = tape.BackwardSteps.SelectMany(step => step.Inputs).Distinct().Where(tensor => tensor.HasGradient).ToArray();
        long[][] expected = [.. tensors.Select(tensor => Bits(tensor.Gradient))];
        foreach (var tensor in tensors) tensor.WritableGradient.Fill(double.NaN);
        tape.Replay();
        tape.BackwardWithoutCommit(output, wave);
        Assert.Equal(expected, tensors.Select(tensor => Bits(tensor.Gradient)));
    }

    [Theory, MemberData(nameof(All))]
    public void A_gradient_that_nobody_wants_is_not_computed(OperationCase @case)
    {
        var all = @case.Doubles();
        using var whole = Tape<double>.Record([.. all]);
        var expected = @case.InDouble(all);
        if (!whole.Steps[^1].PassesOn || expected.Length == 0) return;
        whole.BackwardWithoutCommit(expected, Wave(expected.Shape));
        for (int wanted = 0; wanted < all.Length; wanted++)
        {
            if (!all[wanted].HasGradient) continue;
            var some = @case.Doubles();
            for (int i = 0; i < some.Length; i++) some[i].Trainable = i == wanted;
            using var tape = Tape<double>.Record([.. some]);
            var output = @case.InDouble(some);
            // Memory for the others is not there: an operation that computes them all the same throws.
            tape.BackwardWithoutCommit(output, Wave(output.Shape));
            Assert.Equal(Bits(all[wanted].Gradient), Bits(some[wanted].Gradient));
            Assert.All(some.Where((_, i) => i != wanted), other => Assert.False(other.HoldsGradientMemory));
        }
    }

    [Theory, MemberData(nameof(All))]
    public void A_replayed_step_allocates_nothing(OperationCase @case)
    {
        var doubles = @case.Doubles();
        using var inDouble = Tape<double>.Record([.. doubles]);
        AssertAllocatesNothing(inDouble, @case.InDouble(doubles));
        var singles = @case.Singles();
        using var inSingle = Tape<float>.Record([.. singles]);
        AssertAllocatesNothing(inSingle, @case.InSingle(singles));
    }

    [Theory, MemberData(nameof(All))]
    public void Contributions_add_when_a_tensor_is_used_twice(OperationCase @case)
    {
        var inputs = @case.Doubles();
        using var tape = Tape<double>.Record([.. inputs]);
        var output = @case.InDouble(inputs);
        if (!tape.Steps[^1].PassesOn || output.Length == 0) return;
        // Without the commit, which would move dropout on to another mask.
        tape.BackwardWithoutCommit(output, Wave(output.Shape));
        var once = inputs.Select(input => input.HasGradient ? input.Gradient.ToArray() : []).ToArray();
        tape.Replay();
        tape.Backward(output, Wave(output.Shape), accumulate: true);
        for (int i = 0; i < inputs.Length; i++)
            for (int k = 0; k < once[i].Length; k++)
                Assert.Equal(2 * once[i][k], inputs[i].Gradient[k], 1e-12 * (1 + once[i].Max(Math.Abs)));
    }

    [Theory, MemberData(nameof(All))]
    public void Float_agrees_with_double(OperationCase @case)
    {
        var doubles = @case.Doubles();
        var singles = @case.Singles();
        using var inDouble = Tape<double>.Record([.. doubles]);
        using var inSingle = Tape<float>.Record([.. singles]);
        var expected = @case.InDouble(doubles);
        var actual = @case.InSingle(singles);
        Near(expected.Values, actual.Values);
        if (!inDouble.Steps[^1].PassesOn || expected.Length == 0) return;
        var wave = Wave(expected.Shape);
        inDouble.Backward(expected, wave);
        inSingle.Backward(actual, Nn<float>.Tensor(wave.Shape, wave.Values.ToArray().Select(v => (float)v).ToArray()));
        foreach (var (a, b) in doubles.Zip(singles).Where(pair => pair.First.HasGradient)) Near(a.Gradient, b.Gradient);
    }

    [Theory, MemberData(nameof(All))]
    public void A_fused_operation_equals_its_unfolding(OperationCase @case)
    {
        var inputs = @case.Doubles();
        using var tape = Tape<double>.Record([.. inputs]);
        var output = @case.InDouble(inputs);
        if (tape.Steps.Count != 1 || !tape.Steps[0].PassesOn) return;
        var twins = @case.Doubles();
        using var unfolded = Tape<double>.Record([.. twins]);
        var step = tape.Steps[0];
        var order = step.Inputs
            .Select(input => input is Parameter<double> parameter ? twins[Array.IndexOf(inputs, parameter)] : input).ToArray();
        if (step.Unfold(order) is not { } composition) return;
        Assert.True(unfolded.Steps.Count > 1, "an unfolding has several steps");
        var wave = Wave(output.Shape);
        tape.Backward(output, wave);
        unfolded.Backward(composition, wave);
        Close(output.Values, composition.Values);
        foreach (var (a, b) in inputs.Zip(twins)) Close(a.Gradient, b.Gradient);
    }

    [Theory, MemberData(nameof(All))]
    public void Formulas_can_be_read(OperationCase @case)
    {
        var inputs = @case.Doubles();
        using var tape = Tape<double>.Record([.. inputs]);
        @case.InDouble(inputs);
        foreach (var step in tape.Steps)
        {
            Assert.NotEmpty(step.Formula);
            Assert.NotEmpty(step.Name);
            for (int input = 0; input < step.Inputs.Count; input++)
                if (step.PassesOn) Assert.Contains("{dy}", step.GradientFormula(input), StringComparison.Ordinal);
            if (step.Output.Length > 0) Assert.NotEmpty(step.WithNumbers(step.Output.Length - 1, v => $"{v:G6}"));
        }
    }

    private static void AssertAllocatesNothing<T>(Tape<T> tape, Tensor<T> output) where T : unmanaged, IFloatingPointIeee754<T>
    {
        bool passes = tape.Steps[^1].PassesOn && output.Length > 0;
        var gradient = Nn<T>.Zeros(output.Shape);
        Assert.Equal(0, Allocated.Least(() =>
        {
            tape.Replay();
            if (passes) tape.Backward(output, gradient);
        }));
    }

    private static bool IsOperation(Type? type)
    {
        for (; type is not null; type = type.BaseType)
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Operation<>)) return true;
        return false;
    }

    private static Tensor<double> Wave(Shape shape) =>
        Nn<double>.Tensor(shape, Enumerable.Range(0, shape.Elements).Select(i => Math.Cos(2.3 * i + 0.7)).ToArray());

    private static long[] Bits(ReadOnlySpan<double> values) => values.ToArray().Select(BitConverter.DoubleToInt64Bits).ToArray();

    private static void Near(ReadOnlySpan<double> expected, ReadOnlySpan<float> actual)
    {
        double scale = 1e-5 * (1 + expected.ToArray().Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max());
        for (int i = 0; i < expected.Length; i++)
            if (double.IsFinite(expected[i])) Assert.Equal(expected[i], actual[i], scale);
    }

    private static void Close(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual)
    {
        double scale = 1e-13 * (1 + expected.ToArray().Select(Math.Abs).DefaultIfEmpty(0).Max());
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], scale);
    }
}
