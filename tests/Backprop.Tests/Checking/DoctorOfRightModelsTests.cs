using Backprop.Checking;
using Backprop.Tensors;
using Backprop.Tests.Layers;
using Backprop.Tests.Models;
using Backprop.Tests.Operations;

namespace Backprop.Tests.Checking;

/// <summary>No right model is ever called wrong.</summary>
public class DoctorOfRightModelsTests
{
    public static TheoryData<OperationCase> Operations => [.. OperationCase.All];

    public static TheoryData<LayerCase> AllLayers => [.. LayerCase.All];

    public static TheoryData<string> AllModels => ModelTests.Names;

    public static TheoryData<string> Lessons => SmallNetwork.Lessons;

    [Theory, MemberData(nameof(Operations))]
    public void Operations_are_right(OperationCase @case)
    {
        var inputs = @case.Doubles();
        using var tape = Tape<double>.Record([.. inputs]);
        var output = @case.InDouble(inputs);
        if (!tape.Steps[^1].PassesOn || output.Length == 0) return;
        AssertRight(Doctor.Examine(tape, output));
        Assert.All(tape.Steps, step => Assert.Empty(StepExamination.Hidden(step)));
    }

    [Theory, MemberData(nameof(AllLayers))]
    public void Layers_are_right(LayerCase @case)
    {
        var (layer, x) = (@case.Build(), @case.Batch());
        AssertRight(Doctor.Examine(() => layer.Forward(x), [x, .. layer.Parameters]));
    }

    [Theory, MemberData(nameof(AllModels))]
    public void Models_are_right(string name)
    {
        var (model, x) = ModelTests.Build(name);
        AssertRight(Doctor.Examine(() => model.Forward(x), [x, .. model.Parameters]));
    }

    [Theory, MemberData(nameof(Lessons))]
    public void Lessons_are_right(string name)
    {
        using var network = SmallNetwork.Of(name);
        AssertRight(Doctor.Examine(network.Tape, network.Loss));
    }

    [Theory]
    [InlineData("rnn")]
    [InlineData("lstm")]
    [InlineData("gru")]
    public void A_truncated_network_is_right_and_said_to_be_cut(string type)
    {
        using var network = SmallNetwork.Parse($$"""
            { "format": "backprop-network/1", "input": [5, 2], "layers": [ { "type": "{{type}}", "units": 2, "truncate": 2 }, { "type": "linear", "units": 1 } ],
              "loss": "mean_squared_error", "optimizer": { "type": "sgd", "learningRate": 0.1 },
              "data": { "inputs": [[[1, 0], [0, 1], [1, 1], [0.5, -1], [0.2, 0.3]]], "targets": [[1]] } }
            """);
        var diagnosis = Doctor.Examine(network.Tape, network.Loss);
        AssertRight(diagnosis);
        Assert.Contains(diagnosis.Remarks, remark => remark.StartsWith("The gradient is stopped on purpose", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("rnn")]
    [InlineData("lstm")]
    [InlineData("gru")]
    public void A_fused_truncated_network_is_right(string type)
    {
        var random = new Random(3);
        Backprop.Layers.Layer<double> layer = type switch
        {
            "rnn" => Nn<double>.Rnn(2, 3, random, truncate: 2),
            "lstm" => Nn<double>.Lstm(2, 3, random, truncate: 2),
            _ => Nn<double>.Gru(2, 3, random, truncate: 2),
        };
        var x = new Parameter<double>([2, 5, 2], [.. Enumerable.Range(0, 20).Select(i => Math.Sin(1.7 * i))], "x");
        var diagnosis = Doctor.Examine(() => layer.Forward(x), [x, .. layer.Parameters]);
        AssertRight(diagnosis);
        Assert.Contains("stops the gradient on purpose", diagnosis.ToString(), StringComparison.Ordinal);
    }

    private static void AssertRight(Diagnosis diagnosis)
    {
        Assert.True(diagnosis.Verdict != Verdict.Wrong, diagnosis.ToString());
        Assert.Empty(diagnosis.Findings);
    }
}
