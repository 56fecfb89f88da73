using Backprop.Health;
using Backprop.Operations;
using Backprop.Randomness;
using Backprop.Tensors;
using Backprop.Training;
using static Backprop.Nn<float>;
using static Backprop.Tests.Health.SmallTasks;

namespace Backprop.Tests.Health;

/// <summary>Every failure made on purpose is named.</summary>
public class PlantedFailureTests
{
    [Fact]
    public void Many_sigmoids_make_the_gradient_vanish()
    {
        var model = Mlp(2, [.. Enumerable.Repeat(16, 9)], 2, new SeededRandom(1), () => Sigmoid());
        var found = Found(Classes(model, Sgd(model.Parameters, 0.1)), Rings(256, 1), 20);
        var warning = The(TrainingWarningKind.VanishingGradient, found);
        Assert.Equal("linear1", warning.Layer);
        Assert.True(warning.Value < 1e-5, $"{warning}");
        Assert.StartsWith("of the gradient at linear10 only ", warning.Finding, StringComparison.Ordinal);
        Assert.Contains(warning.Title, The(TrainingWarningKind.LossNotFalling, found).Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void Large_weights_make_the_gradient_explode()
    {
        var model = Mlp(2, [.. Enumerable.Repeat(32, 7)], 2, new SeededRandom(1), () => Relu(), Normal(1));
        var warning = The(TrainingWarningKind.ExplodingGradient, Found(Classes(model, Sgd(model.Parameters, 1e-12)), Rings(256, 1), 4));
        Assert.Equal("linear1", warning.Layer);
        Assert.InRange(warning.Value, 1e4, 1e6);
    }

    [Fact]
    public void Small_recurrent_weights_make_the_gradient_vanish_through_time()
    {
        var random = new SeededRandom(1);
        var model = Sequential(Rnn(1, 8, random, recurrentWeight: Normal(0.1)), Linear(8, 2, random));
        var warning = The(TrainingWarningKind.VanishingThroughTime, Found(Classes(model, Adam(model.Parameters, 0.001)), FirstNumber(256, 30, 1), 20));
        Assert.Equal("rnn1", warning.Layer);
        Assert.InRange(warning.TimeStep!.Value, 20, 29);
        Assert.True(warning.Value < 1e-9, $"{warning}");
    }

    [Fact]
    public void Large_recurrent_weights_make_the_gradient_explode_through_time()
    {
        var random = new SeededRandom(1);
        var model = Sequential(Rnn(1, 8, random, recurrentWeight: Identity(1.6), activation: RnnActivation.Relu), Linear(8, 2, random));
        var warning = The(TrainingWarningKind.ExplodingThroughTime, Found(Classes(model, Sgd(model.Parameters, 1e-12)), FirstNumber(256, 30, 1), 4));
        Assert.Equal("rnn1", warning.Layer);
        Assert.InRange(warning.TimeStep!.Value, 5, 20);
        Assert.InRange(warning.Value, 1e4, 1e7);
    }

    [Fact]
    public void Units_that_are_always_0_are_dead()
    {
        var model = Mlp(2, [16], 2, new SeededRandom(1), () => Relu());
        model.Parameters["linear1.bias"].Set(Enumerable.Repeat(-50f, 16).ToArray());
        var warning = The(TrainingWarningKind.DeadUnits, Found(Classes(model, Adam(model.Parameters, 0.01)), Rings(256, 1), 6));
        Assert.Equal(("relu1", 1.0), (warning.Layer, warning.Value));
        Assert.Equal("100 % of the 16 rectified units are 0 for every one of the samples looked at.", warning.Finding);
    }

    [Fact]
    public void Dead_filters_are_counted_by_channel()
    {
        var random = new SeededRandom(1);
        var model = Sequential(Conv2d(1, 8, 3, random), Relu(), Flatten(), Linear(8 * 14 * 14, 10, random));
        model.Parameters["conv2d1.bias"].Set(Enumerable.Range(0, 8).Select(i => i < 7 ? -50f : 0).ToArray());
        var warning = The(TrainingWarningKind.DeadUnits, Found(Classes(model, Adam(model.Parameters, 0.001)), Data.Digits(256), 4));
        Assert.Equal(("relu1", 7.0 / 8), (warning.Layer, warning.Value));
    }

    [Fact]
    public void Raw_inputs_are_large_and_saturate_units()
    {
        var model = Mlp(2, [16], 2, new SeededRandom(1), () => Tanh());
        var found = Found(Classes(model, Adam(model.Parameters, 0.001)), Rings(256, 1, scale: 200), 4);
        Assert.Equal("linear1", The(TrainingWarningKind.LargeInputs, found).Layer);
        var warning = The(TrainingWarningKind.SaturatedUnits, found);
        Assert.Equal("tanh1", warning.Layer);
        Assert.InRange(warning.Value, 0.9, 1);
    }

    [Fact]
    public void Constant_weights_leave_all_units_equal()
    {
        var model = Mlp(2, [8, 8], 2, new SeededRandom(1), () => Tanh(), Constant(0.3));
        var found = Found(Classes(model, Adam(model.Parameters, 0.01)), Rings(256, 1), 3);
        Assert.Equal(["linear1", "linear2"], found.Where(warning => warning.Kind == TrainingWarningKind.EqualUnits).Select(warning => warning.Layer));
    }

    [Fact]
    public void Equal_cells_are_found_gate_by_gate()
    {
        var random = new SeededRandom(1);
        var model = Sequential(Lstm(1, 8, random, inputWeight: Constant(0.1), recurrentWeight: Constant(0.1)), Linear(8, 2, random, Constant(0.1)));
        Assert.Equal("lstm1", The(TrainingWarningKind.EqualUnits, Found(Classes(model, Adam(model.Parameters, 0.01)), FirstNumber(64, 5, 1), 5)).Layer);
    }

    [Fact]
    public void Last_weights_of_0_are_no_equal_units()
    {
        var random = new SeededRandom(1);
        var model = Sequential(Linear(2, 8, random), Tanh(), Linear(8, 2, random, Constant(0)));
        Assert.DoesNotContain(Found(Classes(model, Adam(model.Parameters, 0.01)), Rings(256, 1), 4), warning => warning.Kind == TrainingWarningKind.EqualUnits);
    }

    [Fact]
    public void A_tiny_learning_rate_is_why_the_loss_does_not_fall()
    {
        var model = Mlp(2, [16], 2, new SeededRandom(1), () => Relu());
        var warning = The(TrainingWarningKind.LossNotFalling, Found(Classes(model, Sgd(model.Parameters, 1e-7)), Rings(256, 1), 20));
        Assert.Contains("too little to get anywhere", warning.Cause, StringComparison.Ordinal);
        Assert.Contains("ten times as large", warning.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_learning_rate_that_is_too_large_makes_the_loss_rise()
    {
        var model = Sequential(Linear(3, 1, new SeededRandom(1)));
        var warning = The(TrainingWarningKind.LossRising, Found(Numbers(model, Sgd(model.Parameters, 1.1)), Plane(256, 1), 8));
        Assert.True(warning.Value > 10 * warning.Limit, $"{warning}");
    }

    [Fact]
    public void Labels_drawn_by_chance_are_learnt_by_heart()
    {
        var random = new SeededRandom(7);
        Backprop.Data.DataSet<float> Drawn(int seed) => new(
            Rings(60, seed).Inputs, Indices([60], [.. Enumerable.Range(0, 60).Select(_ => random.Next(2))]), ["a", "b"]);
        var model = Mlp(2, [64, 64], 2, new SeededRandom(1), () => Relu());
        var warning = The(TrainingWarningKind.Overfitting, Found(Classes(model, Adam(model.Parameters, 0.01), 16), Drawn(1), 150, Drawn(2)));
        Assert.True(warning.Value > warning.Limit, $"{warning}");
    }

    [Fact]
    public void Inputs_that_tell_nothing_lead_to_one_class()
    {
        var data = Rings(256, 1);
        var blind = new Backprop.Data.DataSet<float>(Zeros([256, 2]), Indices([256], [.. Enumerable.Range(0, 256).Select(i => i % 3 == 0 ? 0 : 1)]), data.ClassNames);
        var model = Mlp(2, [16], 2, new SeededRandom(1), () => Relu());
        var found = Found(Classes(model, Adam(model.Parameters, 0.01)), blind, 20);
        Assert.StartsWith("every sample is said to be of class 1", The(TrainingWarningKind.ConstantPrediction, found).Finding, StringComparison.Ordinal);
    }

    [Fact]
    public void Raw_targets_are_large()
    {
        var model = Mlp(3, [16], 1, new SeededRandom(1), () => Tanh());
        var warning = The(TrainingWarningKind.LargeTargets, Found(Numbers(model, Adam(model.Parameters, 0.001)), Plane(256, 1, 10000), 3));
        Assert.InRange(warning.Value, 1e4, 1e5);
    }

    public static TheoryData<string, string, string> Endings => new()
    {
        { "log", "Log", "The logarithm of 0 is −∞." },
        { "exp", "Exp", "eˣ overflows above 88.7." },
        { "divide", "Divide", "It divides by 0." },
        { "root", "Sqrt", "The slope of the root is infinite at 0." },
        { "grown", "Square", "The numbers have grown so large" },
    };

    [Theory]
    [MemberData(nameof(Endings))]
    public void A_number_that_is_not_finite_comes_with_its_operation_ranges_and_cause(string way, string step, string cause)
    {
        var random = new SeededRandom(1);
        var model = Sequential(Linear(3, 1, random));
        var zero = Zeros([1]);
        var trainer = new Trainer<float>(model, (Tensor<float> y, Tensor<float> _) => (way switch
        {
            "log" => y.Relu().Log(),
            "exp" => y.Scale(100).Exp(),
            "divide" => y.Divide(zero),
            "root" => y.Scale(0).Sqrt(),
            _ => y.Scale(1e20).Square(),
        }).Mean(), Sgd(model.Parameters, 0.01))
        {
            BatchSize = 32,
            Health = new TrainingHealth<float>(),
        };
        var error = Assert.Throws<DivergedException>(() => Found(trainer, Plane(64, 1), 3));
        Assert.Equal(step, error.Step);
        Assert.Contains(" with values from ", error.Warning.Finding, StringComparison.Ordinal);
        Assert.StartsWith(cause, error.Warning.Cause, StringComparison.Ordinal);
        Assert.NotEqual("", error.Warning.Remedy);
        Assert.Equal(error.Warning, trainer.Health!.Warnings[^1]);
    }

    private static TrainingWarning The(TrainingWarningKind kind, IReadOnlyList<TrainingWarning> found)
    {
        Assert.True(found.Count(warning => warning.Kind == kind) == 1, $"{kind} is missing or doubled in:\n{string.Join('\n', found)}");
        return found.Single(warning => warning.Kind == kind);
    }

    private static class Data
    {
        public static Backprop.Data.DataSet<float> Digits(int count) => Backprop.Data.Generated.Digits<float>(count, new SeededRandom(1));
    }
}
