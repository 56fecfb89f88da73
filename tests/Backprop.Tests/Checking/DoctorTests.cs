using Backprop.Checking;

namespace Backprop.Tests.Checking;

/// <summary>Gradients that come from elsewhere, and what the doctor says of them.</summary>
public class DoctorTests
{
    public static TheoryData<string> Lessons => SmallNetwork.Lessons;

    [Theory, MemberData(nameof(Lessons))]
    public void Right_gradients_are_right(string lesson)
    {
        using var network = SmallNetwork.Of(lesson);
        var diagnosis = Doctor.Examine(network.Tape, network.Loss, network.Gradients());
        Assert.Equal(Verdict.Right, diagnosis.Verdict);
        Assert.Empty(diagnosis.Findings);
    }

    [Theory, MemberData(nameof(Lessons))]
    public void Every_mistake_is_named_by_the_gradients_that_it_gives(string lesson)
    {
        using var network = SmallNetwork.Of(lesson);
        var right = network.Gradients();
        var kinds = new HashSet<MistakeKind>();
        foreach (var pass in Mistakes.Of(network.Tape, network.Loss, learningRate: 0.5).ToArray())
        {
            var claimed = network.Tape.Parameters.Where(parameter => right.ContainsKey(network.Tape.NameOf(parameter)))
                .ToDictionary(network.Tape.NameOf, parameter => pass.GradientOf(parameter).ToArray());
            var diagnosis = Doctor.Examine(network.Tape, network.Loss, claimed);
            if (diagnosis.Verdict != Verdict.Wrong) continue;   // It changes what no parameter shows.
            Assert.True(diagnosis.Causes.Any(cause => cause.Kind == pass.Mistake.Kind), $"{pass.Mistake}\n{diagnosis}");
            kinds.Add(pass.Mistake.Kind);
        }
        Assert.True(kinds.Count > 5, string.Join(" ", kinds));
    }

    [Theory, MemberData(nameof(Lessons))]
    public void Gradients_that_were_not_cleared_are_named_where_those_of_the_step_before_are_known(string lesson)
    {
        using var network = SmallNetwork.Of(lesson);
        var right = network.Gradients();
        var before = right.ToDictionary(entry => entry.Key, entry => entry.Value.Select((gradient, i) => gradient + 0.1 * Math.Sin(i + 1)).ToArray());
        var claimed = right.ToDictionary(entry => entry.Key, entry => entry.Value.Zip(before[entry.Key], (a, b) => a + b).ToArray());
        Assert.Equal(MistakeKind.NotCleared, Assert.Single(Doctor.Examine(network.Tape, network.Loss, claimed, before).Causes).Kind);
        Assert.DoesNotContain(MistakeKind.NotCleared, Doctor.Examine(network.Tape, network.Loss, claimed).Causes.Select(cause => cause.Kind));
        var other = before.ToDictionary(entry => entry.Key, entry => entry.Value.Select(gradient => 2 * gradient).ToArray());
        Assert.Empty(Doctor.Examine(network.Tape, network.Loss, claimed, other).Causes);
        Assert.Equal(Verdict.Right, Doctor.Examine(network.Tape, network.Loss, right, before).Verdict);
    }

    [Theory]
    [InlineData("cnn-all", MistakeKind.PaddingForgotten, MistakeKind.KernelTurned, MistakeKind.GradientToAll, MistakeKind.WrongWinner, MistakeKind.SoftmaxTwice)]
    public void Mistakes_with_pictures_and_classes_are_named(string name, params MistakeKind[] kinds)
    {
        using var network = SmallNetwork.Parse(Classes, name);
        var found = new HashSet<MistakeKind>();
        foreach (var pass in Mistakes.Of(network.Tape, network.Loss).Where(pass => kinds.Contains(pass.Mistake.Kind)).ToArray())
        {
            var claimed = network.Tape.Parameters.ToDictionary(network.Tape.NameOf, parameter => pass.GradientOf(parameter).ToArray());
            var diagnosis = Doctor.Examine(network.Tape, network.Loss, claimed);
            if (diagnosis.Verdict == Verdict.Wrong && diagnosis.Causes.Any(cause => cause.Kind == pass.Mistake.Kind)) found.Add(pass.Mistake.Kind);
            else Assert.Fail($"{pass.Mistake}: {diagnosis}");
        }
        Assert.Equal(kinds.Order(), found.Order());
    }

    private const string Classes = """
        { "format": "backprop-network/1", "seed": 5, "input": [1, 5, 5],
          "layers": [ { "type": "conv2d", "filters": 2, "kernel": 3, "padding": 1 }, { "type": "tanh" }, { "type": "conv2d", "filters": 2, "kernel": 3, "padding": 1 },
            { "type": "max_pool2d", "kernel": 2 }, { "type": "flatten" }, { "type": "linear", "units": 3 } ],
          "loss": "softmax_cross_entropy", "optimizer": { "type": "sgd", "learningRate": 0.1 },
          "data": { "inputs": [[[[1,2,1,0,3],[0,1,0,2,1],[2,1,2,0.5,0],[1,0,3,1,2],[0.3,1,0,2,1]]],[[[0,1,2,3,1],[2,0,1,1,0],[1,1,0.7,2,1],[0,2,1,0,1],[1,1.5,1,0,2]]]], "targets": [1, 2] } }
        """;

    [Theory, MemberData(nameof(Lessons))]
    public void The_tape_is_left_as_it_was(string lesson)
    {
        using var network = SmallNetwork.Of(lesson);
        var right = network.Gradients();
        _ = Mistakes.Of(network.Tape, network.Loss).Count();
        Doctor.Examine(network.Tape, network.Loss, right.ToDictionary(entry => entry.Key, entry => entry.Value.Select(value => -value).ToArray()));
        foreach (var (path, gradient) in right) Assert.Equal(gradient, network.Tape.Parameters[path].Gradient.ToArray());
        Assert.True(network.Tape.HasRunBackward);
    }
}
