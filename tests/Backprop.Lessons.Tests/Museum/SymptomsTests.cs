using Backprop.Checking;
using Backprop.Lessons.Museum;

namespace Backprop.Lessons.Tests.Museum;

public sealed class SymptomsTests
{
    private static Symptom Measured(string exhibit, string what) =>
        Assert.Single(Symptoms.Of(Catalogue.Find(exhibit)!), symptom => symptom.What.Contains(what, StringComparison.Ordinal));

    [Fact]
    public void The_seed_s_ann_has_half_the_gradient_and_never_predicts_what_it_promised()
    {
        Assert.Equal(0.5, Measured("half-gradient", "largest relative error").WithFault, 1e-9);
        Assert.Equal(1, Measured("half-gradient", "cosine").WithFault, 1e-12);
        Assert.Equal(0.677, Measured("half-gradient", "lowest").WithFault, 5e-4);
        Assert.Equal(0.735, Measured("half-gradient", "highest").WithFault, 5e-4);
    }

    [Fact]
    public void The_seed_s_cnn_gets_worse_in_every_first_step()
    {
        Assert.Equal(-1, Measured("gradient-ascent", "cosine").WithFault, 1e-12);
        Assert.Equal(new Symptom("first steps that made the loss larger, 1,000 seeds", 1, 0, IsShare: true), Measured("gradient-ascent", "first steps"));
    }

    [Fact]
    public void The_seed_s_rnn_learns_with_wrong_signs()
    {
        var signs = Measured("wrong-hidden-state", "∂L/∂Wh, mean of 200 seeds: entries of the wrong sign");
        Assert.InRange(signs.WithFault, 0.22, 0.27);
        Assert.Equal(0, signs.Mended);
        Assert.InRange(Measured("wrong-hidden-state", "∂L/∂Wh, mean of 200 seeds: cosine").WithFault, 0.63, 0.70);
        Assert.Equal(0.624, Measured("wrong-hidden-state", "highest").WithFault, 5e-4);
        Assert.InRange(Measured("wrong-hidden-state", "loss after 1,000 steps").WithFault, 0, 0.001);
    }

    [Fact]
    public void Gradients_that_are_not_cleared_are_right_at_the_first_step_only()
    {
        var exhibit = Catalogue.Find("gradients-not-cleared")!;
        Assert.Equal(2, exhibit.ExaminedStep);
        Assert.Equal(Verdict.Wrong, exhibit.Claim().Examine().Verdict);
        var after = Symptoms.Of(exhibit).Where(symptom => symptom.What is "loss before training" or "loss after 1 step");
        Assert.All(after, loss => Assert.Equal(loss.Mended, loss.WithFault));
    }

    [Fact]
    public void Weights_that_are_all_zero_have_a_right_gradient_and_stay_one_unit()
    {
        Assert.Equal(Verdict.Right, Catalogue.Find("all-weights-zero")!.Claim().Examine().Verdict);
        Assert.Equal(new Symptom("hidden units that differ after training, of 3", 1, 3), Measured("all-weights-zero", "hidden units"));
        Assert.Equal(0.25, Measured("all-weights-zero", "loss after 1,000 steps").WithFault, 1e-12);
    }

    [Fact]
    public void Softmax_applied_twice_keeps_its_own_loss_above_that_of_a_perfect_answer()
    {
        // −log(e / (e + 2)): a share of 1 for the right class of three.
        Assert.InRange(Measured("softmax-twice", "as the code itself computes it").WithFault, 0.551444, 0.56);
    }

    [Fact]
    public void A_slope_at_the_wrong_place_ends_in_NaN() => Assert.Equal(double.NaN, Measured("tanh-slope-at-z", "loss after 1,000 steps").WithFault);
}
