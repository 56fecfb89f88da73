using Backprop.Explaining;
using Backprop.Layers;
using Backprop.Operations;
using Backprop.Optimizers;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Explaining;

public class StepFormTests
{
    private readonly Tensor<double> x = Tensor([1, 2], 0.05, 0.10);
    private readonly Tensor<double> y = Tensor([1, 2], 0.01, 0.99);
    private readonly Sequential<double> mazur = Sequential(
        Linear(Tensor([2, 2], 0.15, 0.25, 0.20, 0.30), Tensor([2], 0.35, 0.35), "hidden"), Sigmoid(),
        Linear(Tensor([2, 2], 0.40, 0.50, 0.45, 0.55), Tensor([2], 0.60, 0.60), "output"), Sigmoid());

    private StepForm<double> Form(Optimizer<double> optimizer, IReadOnlyDictionary<string, IReadOnlyList<string>>? labels = null)
    {
        var tape = Record(mazur.Parameters, x, y);
        return StepForm<double>.Of(tape, HalfSquaredError(mazur.Forward(x), y), optimizer, labels);
    }

    private static FormEntry<double> Entry(StepForm<double> form, string name) => form.Entries.Single(entry => entry.Name == name && entry.Line.Kind != FormKind.New);

    [Fact]
    public void All_numbers_stand_in_the_order_of_calculation()
    {
        var form = Form(Sgd(mazur.Parameters, 0.5));
        Assert.Equal(
            ["z1", "a1", "z2", "ŷ", "L", "∂L/∂ŷ", "δ2", "∂L/∂W2", "∂L/∂b2", "∂L/∂a1", "δ1", "∂L/∂W1", "∂L/∂b1", "W1", "b1", "W2", "b2"],
            form.Lines.Select(line => line.Symbol));
        Assert.Equal([Phase.Forward, Phase.Loss, Phase.Backward, Phase.Update], form.Lines.Select(line => line.Phase).Distinct());
        Assert.Equal(Enumerable.Range(0, form.Entries.Count), form.Entries.Select(entry => entry.Order));
        Assert.Equal(0.298371109, Entry(form, "L").Value, 1e-9);
        Assert.Equal(0.35891648, form.Entries.Single(entry => entry.Line.Kind == FormKind.New && entry.Name == "W2[0,0]").Value, 1e-8);
    }

    [Fact]
    public void The_textbooks_names_stand_for_entries()
    {
        var form = Form(Adam(mazur.Parameters), new Dictionary<string, IReadOnlyList<string>> { ["hidden.weight"] = ["w1", "w3", "w2", "w4"] });
        string[] names = [.. form.Entries.Where(entry => entry.Line.Path == "hidden.weight" && entry.Index == 1).Select(entry => entry.Name)];
        Assert.Equal(["∂L/∂w3", "m of w3", "v of w3", "m̂ of w3", "v̂ of w3", "η·m̂/(√v̂ + ε) of w3", "w3"], names);
    }

    [Fact]
    public void No_step_is_taken()
    {
        var optimizer = Adam(mazur.Parameters);
        double[] before = [.. mazur.Parameters.SelectMany(parameter => parameter.Values.ToArray())];
        var form = Form(optimizer);
        form.Rework(new Dictionary<FormEntry<double>, double> { [Entry(form, "z1[0,0]")] = 3 });
        Assert.Equal(before, mazur.Parameters.SelectMany(parameter => parameter.Values.ToArray()));
        Assert.Equal(0, optimizer.Steps);
        Assert.All(optimizer.State.Memory.Values.SelectMany(values => values), values => Assert.DoesNotContain(values, value => value != 0));
    }

    [Fact]
    public void With_nothing_given_the_same_bits_come_out_again()
    {
        var random = new Random(5);
        var model = Sequential(Linear(3, 6, random), BatchNorm1d(6), Tanh(), Dropout(0.5, 7), Linear(6, 2, random));
        var inputs = Tensor([4, 3], [.. Enumerable.Range(0, 12).Select(i => Math.Sin(i))]);
        var tape = Record(model.Parameters, inputs);
        var form = StepForm<double>.Of(tape, model.Forward(inputs).Square().Sum(), Sgd(model.Parameters, 0.1, 0.9));
        for (int i = 0; i < 2; i++)
            Assert.Equal(form.Entries.Select(entry => entry.Value), form.Rework(new Dictionary<FormEntry<double>, double>()));
    }

    [Fact]
    public void What_follows_from_a_given_value_reaches_the_new_weights()
    {
        var form = Form(Sgd(mazur.Parameters, 0.5));
        double z = 0.9, a = 1 / (1 + Math.Exp(-z)), other = Entry(form, "a1[0,0]").Value;
        double[] sums = [other * 0.4 + a * 0.45 + 0.6, other * 0.5 + a * 0.55 + 0.6];
        double[] outputs = [.. sums.Select(sum => 1 / (1 + Math.Exp(-sum)))], targets = [0.01, 0.99];
        double[] deltas = [.. outputs.Zip(targets, (output, target) => (output - target) * output * (1 - output))];
        double delta = (deltas[0] * 0.45 + deltas[1] * 0.55) * a * (1 - a);
        var numbers = form.Rework(new Dictionary<FormEntry<double>, double> { [Entry(form, "z1[0,1]")] = z });
        Assert.Equal(z, numbers[Entry(form, "z1[0,1]").Order]);
        Assert.Equal(0.5 * outputs.Zip(targets, (output, target) => (target - output) * (target - output)).Sum(), numbers[Entry(form, "L").Order], 1e-12);
        Assert.Equal(0.30 - 0.5 * 0.10 * delta, numbers[form.Entries.Single(entry => entry.Line.Kind == FormKind.New && entry.Name == "W1[1,1]").Order], 1e-12);
    }

    [Fact]
    public void A_given_gradient_goes_through_the_optimizer()
    {
        var form = Form(Adam(mazur.Parameters, 0.01));
        var numbers = form.Rework(new Dictionary<FormEntry<double>, double> { [Entry(form, "∂L/∂W1[0,0]")] = -3 });
        double Number(FormKind kind, string name) => numbers[form.Entries.Single(entry => entry.Line.Kind == kind && entry.Name == name).Order];
        Assert.Equal(-0.3, Number(FormKind.Quantity, "m of W1[0,0]"), 1e-12);
        Assert.Equal(0.009, Number(FormKind.Quantity, "v of W1[0,0]"), 1e-12);
        Assert.Equal(0.15 + 0.01, Number(FormKind.New, "W1[0,0]"), 1e-9);
    }

    public static TheoryData<string> Networks => ["dense", "pictures", "sequence", "fused", "normalised"];

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_number_depends_on_nothing_but_what_it_needs(string name)
    {
        var random = new Random(11);
        var (model, shape) = name switch
        {
            "dense" => (Sequential(Linear(3, 3, random), Relu(), Linear(3, 2, random), Softmax()), new Shape(2, 3)),
            "pictures" => (Sequential(Conv2d(1, 2, 2, random), MaxPool2d(2), Flatten(), Linear(2, 1, random)), new Shape(1, 1, 3, 3)),
            "sequence" => (Sequential(Rnn(2, 2, random, unrolled: true)), new Shape(1, 2, 2)),
            "fused" => (Sequential(Rnn(2, 2, random)), new Shape(1, 2, 2)),
            _ => (Sequential(Linear(2, 2, random), LayerNorm([2]), Tanh()), new Shape(2, 2)),
        };
        var inputs = Tensor(shape, [.. Enumerable.Range(0, shape.Elements).Select(i => Math.Sin(i + 1))]);
        var tape = Record(model.Parameters, inputs);
        var form = StepForm<double>.Of(tape, model.Forward(inputs).Square().Sum(), Sgd(model.Parameters, 0.1, 0.9));
        var all = form.Entries.Where(entry => entry.Line.Kind is FormKind.Value or FormKind.Gradient).ToArray();
        int needs = 0;
        foreach (var entry in form.Entries.Where(entry => entry.Line.Kind != FormKind.Quantity))
        {
            var needed = form.NeedsOf(entry);
            needs += needed.Count;
            foreach (var other in all.TakeWhile(other => other.Order < entry.Order).Except(needed))
            {
                var given = all.Where(each => each.Order < entry.Order).ToDictionary(each => each, each => each.Value);
                given[other] += 1e-3;
                Assert.True(form.Rework(given)[entry.Order] == form.Rework(all.Where(each => each.Order < entry.Order).ToDictionary(each => each, each => each.Value))[entry.Order],
                    $"{name}: {entry.Name} depends on {other.Name}, which it is not said to need");
            }
        }
        Assert.True(needs > form.Entries.Count / 2);
    }
}
