using Backprop.Checking;
using Backprop.Layers;
using Backprop.Tensors;

namespace Backprop.Tests.Layers;

/// <summary>What holds for every layer, asked of every case.</summary>
public class LayerTests
{
    public static TheoryData<LayerCase> All => [.. LayerCase.All];

    [Fact]
    public void Every_layer_has_a_case()
    {
        var covered = LayerCase.All.Select(@case => @case.Build().GetType().GetGenericTypeDefinition()).ToHashSet();
        var missing = typeof(Layer<>).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: false, IsGenericTypeDefinition: true } && IsLayer(type) && !covered.Contains(type))
            .Select(type => type.Name);
        Assert.Empty(missing);
    }

    [Theory, MemberData(nameof(All))]
    public void Gradient_agrees_with_finite_differences(LayerCase @case)
    {
        var (layer, x) = (@case.Build(), @case.Batch());
        var report = GradientCheck.Of(() => layer.Forward(x), [x, .. layer.Parameters]);
        Assert.True(report.Verdict == Verdict.Right, report.ToString());
        Assert.Equal(1 + layer.Parameters.Count(parameter => parameter.Trainable), report.Parameters.Count);
    }

    [Theory, MemberData(nameof(All))]
    public void A_copy_computes_the_same_with_parameters_of_its_own(LayerCase @case)
    {
        var (layer, x) = (@case.Build(), @case.Batch());
        var before = layer.Forward(x).Values.ToArray();
        var snapshot = layer.Predictor();
        foreach (var parameter in layer.Parameters)
            for (int i = 0; i < parameter.Length; i++) parameter.Set(i, parameter.Values[i] + 0.5);
        Assert.Equal(before, snapshot.Predict(x).Values.ToArray());

        var copy = layer.Copy(original => new Parameter<double>(original.Shape, original.Values, original.Name));
        Assert.IsType(layer.GetType(), copy);
        Assert.Equal(layer.Name, copy.Name);
        Assert.Equal(layer.Settings.Select(setting => setting.Key), copy.Settings.Select(setting => setting.Key));
        Assert.Equal(layer.Settings.Select(setting => setting.Value), copy.Settings.Select(setting => setting.Value));
        Assert.Equal(layer.Parameters.Names, copy.Parameters.Names);
        Assert.Equal(layer.Forward(x).Values.ToArray(), copy.Forward(x).Values.ToArray());
        Assert.DoesNotContain(copy.Parameters, layer.Parameters.Contains);
    }

    [Theory, MemberData(nameof(All))]
    public void Describe_foretells_the_shape_and_the_products(LayerCase @case)
    {
        var (layer, x) = (@case.Build(), @case.Batch());
        using var tape = Tape<double>.Record(layer.Parameters, x);
        var output = layer.Forward(x);
        long products = tape.Steps.Sum(step => step.MultiplyAdds);
        tape.Dispose();
        var table = layer.Describe(@case.Input);
        Assert.Equal(output.Shape, table.Output);
        Assert.Equal(layer.Parameters.Elements, table.Parameters);
        Assert.Equal(products, table.MultiplyAdds);
    }

    [Theory, MemberData(nameof(All))]
    public void An_empty_batch_passes(LayerCase @case)
    {
        var (layer, empty) = (@case.Build(), @case.Input.With(0, 0));
        var output = layer.Forward(@case.Batch(empty));
        Assert.Equal(0, output.Shape[0]);
        Assert.Equal(layer.Describe(empty).Output, output.Shape);
    }

    [Theory, MemberData(nameof(All))]
    public void A_replay_gives_the_bits_of_a_fresh_recording(LayerCase @case)
    {
        var (layer, x) = (@case.Build(), @case.Batch());
        using var tape = Tape<double>.Record(layer.Parameters, x);
        var output = layer.Forward(x);
        tape.Replay(Nn<double>.Tensor(x.Shape, [.. x.Values.ToArray().Select(value => 1.125 * value)]));
        var copy = x.Copy();
        using var fresh = Tape<double>.Record(layer.Parameters, copy);
        Assert.Equal(layer.Forward(copy).Values.ToArray(), output.Values.ToArray());
    }

    [Theory, MemberData(nameof(All))]
    public void Settings_are_values_that_a_file_can_hold(LayerCase @case)
    {
        var layer = @case.Build();
        Assert.Matches("^[a-z][a-z0-9_]*$", layer.Type);
        Assert.All(layer.Settings, setting => Assert.True(setting.Value is int or double or bool or string or int[], setting.Key));
    }

    private static bool IsLayer(Type? type)
    {
        for (; type is not null; type = type.BaseType)
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Layer<>)) return true;
        return false;
    }
}
