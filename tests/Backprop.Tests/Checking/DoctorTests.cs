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
