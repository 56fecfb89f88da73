using Backprop.Optimizers;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Optimizers;

public class QuantitiesTests
{
    public static TheoryData<string, Func<ParameterList<double>, Optimizer<double>>, string> Optimizers => new()
    {
        { "plain", list => Sgd(list, 0.1), "" },
        { "momentum", list => Sgd(list, 0.1, 0.9), "v" },
        { "adam", list => Adam(list), "m v m̂ v̂ η·m̂/(√v̂ + ε)" },
        { "adagrad", list => Adagrad(list), "s" },
        { "rmsprop", list => RmsProp(list), "s" },
        { "rmsprop with momentum", list => RmsProp(list, momentum: 0.9), "s v" },
        { "adadelta", list => Adadelta(list), "s u" },
    };

    [Theory]
    [MemberData(nameof(Optimizers), DisableDiscoveryEnumeration = true)]
    public void Quantities_have_the_letters_of_the_formula_and_the_remembered_numbers(
        string name, Func<ParameterList<double>, Optimizer<double>> make, string letters)
    {
        var w = Parameter([3], 1, -2, 3);
        var optimizer = make([w]);
        using var tape = Record([w]);
        tape.Backward(WeightPenalty(1, w));
        optimizer.Step();
        var quantities = optimizer.Quantities(0);
        Assert.Equal(letters, string.Join(' ', quantities.Select(quantity => quantity.Symbol)));
        foreach (var quantity in quantities)
        {
            Assert.Contains(quantity.Symbol, optimizer.Formula, StringComparison.Ordinal);
            Assert.Equal(3, quantity.Values.Count);
            if (optimizer.State.Memory.TryGetValue(quantity.Name, out var remembered)) Assert.Equal(remembered[0], quantity.Values);
            else Assert.Contains("\u0302", quantity.Symbol, StringComparison.Ordinal);
        }
        Assert.NotEmpty(name);
    }

    [Fact]
    public void The_corrected_means_of_adam_are_free_of_their_start_at_zero()
    {
        var w = Parameter([1], 2);
        var optimizer = Adam([w], 0.01, 0.8, 0.9);
        using var tape = Record([w]);
        var loss = WeightPenalty(1, w);
        tape.Backward(loss);
        optimizer.Step();
        Assert.Equal(2, optimizer.Quantities(0)[2].Values[0], 1e-12);
        Assert.Equal(4, optimizer.Quantities(0)[3].Values[0], 1e-12);
        tape.Replay();
        tape.Backward(loss);
        double second = w.Gradient[0];
        double before = w.Values[0];
        optimizer.Step();
        Assert.Equal(before - w.Values[0], optimizer.Quantities(0)[4].Values[0], 1e-15);
        Assert.Equal((0.8 * 0.4 + 0.2 * second) / (1 - 0.64), optimizer.Quantities(0)[2].Values[0], 1e-12);
    }
}
