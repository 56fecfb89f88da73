using Backprop.Lessons.Networks;
using Backprop.Saving;

namespace Backprop.Lessons.Tests;

public sealed class NetworkLessonsTests
{
    public static TheoryData<string> Names => [.. NetworkLessons.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_network_learns(string name)
    {
        var network = NetworkFile<double>.Parse(NetworkLessons.Text(name), name);
        var losses = new List<double>();
        foreach (var batch in network.Batches().Take(51))
        {
            using var tape = Nn<double>.Record(network.Model.Parameters, batch.Inputs, batch.Targets);
            var (loss, _) = network.LossOf(network.Model.Forward(batch.Inputs), batch.Targets);
            tape.Backward(loss);
            losses.Add(loss.Value);
            network.Optimizer.Step();
        }
        Assert.True(losses[^1] < losses[0], $"{losses[0]} became {losses[^1]}");
    }

    public static TheoryData<string> Templates => [.. NetworkLessons.Templates];

    [Theory]
    [MemberData(nameof(Templates))]
    public void A_template_waits_for_data(string name)
    {
        var plan = NetworkPlan<float>.Parse(NetworkLessons.Text(name), name);
        Assert.Equal(name, plan.Name);
        Assert.StartsWith($"{name}: $.", Assert.Throws<Backprop.Data.DataException>(() => NetworkFile<float>.Parse(NetworkLessons.Text(name), name)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_name_is_refused_with_those_that_there_are()
    {
        var error = Assert.Throws<ArgumentException>(() => NetworkLessons.Text("anm"));
        Assert.Equal("There is no network 'anm'; there are ann, cnn, rnn, lstm, mazur, pooling, table, pictures, series.", error.Message);
    }
}
