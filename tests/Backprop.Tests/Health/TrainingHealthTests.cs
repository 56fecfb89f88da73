using System.Text.Json;
using Backprop.Data;
using Backprop.Explaining;
using Backprop.Health;
using Backprop.Layers;
using Backprop.Operations;
using Backprop.Randomness;
using Backprop.Training;
using static Backprop.Nn<float>;
using static Backprop.Tests.Health.SmallTasks;

namespace Backprop.Tests.Health;

public sealed class TrainingHealthTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_training_that_is_watched_comes_to_the_same_bits()
    {
        float[][] Weights(bool watched)
        {
            var random = new SeededRandom(3);
            var model = Sequential(Lstm(1, 8, random), Linear(8, 6, random), Relu(), Dropout(0.2, random), Linear(6, 2, random));
            var trainer = new Trainer<float>(model, (y, t) => SoftmaxCrossEntropy(y, t), Adam(model.Parameters, 0.01))
            {
                BatchSize = 16,
                Health = watched ? new TrainingHealth<float>() : null,
            };
            foreach (var _ in trainer.Epochs(FirstNumber(100, 9, 1), 6, cancellation: Token)) { }
            Assert.Equal(watched, trainer.Health?.Last is not null);
            return [.. model.Parameters.Select(parameter => parameter.Values.ToArray())];
        }

        Assert.Equal(Weights(false), Weights(true));
    }

    [Fact]
    public void The_last_measurement_has_the_layers_in_order()
    {
        var random = new SeededRandom(3);
        var model = Sequential(Rnn(1, 8, random), Linear(8, 6, random), Relu(), Linear(6, 2, random));
        var trainer = Classes(model, Adam(model.Parameters, 0.01), 64);
        foreach (var _ in trainer.Epochs(FirstNumber(1024, 9, 1), 2, cancellation: Token)) { }
        var health = trainer.Health!.Last!;
        Assert.Equal(2, health.Epoch);
        Assert.Equal(["rnn1", "linear1", "linear2", "relu1"], health.Layers.Select(layer => layer.Layer));
        Assert.All(health.Layers.Take(3), layer => Assert.True(layer.GradientNorm > 0));
        Assert.InRange(health.Layers[3].DeadShare!.Value, 0, 0.99);
        Assert.InRange(health.Layers[0].SaturatedShare!.Value, 0, 0.5);
        Assert.Equal(("rnn1", 9, 8), (health.Recurrent[0].Layer, health.Recurrent[0].TimeSteps, health.Recurrent[0].Factors.Count));
        Assert.InRange(health.Movement, 0.001, 1);
        Assert.InRange(health.Skill!.Value, 0, 1);
    }

    [Fact]
    public void Warnings_are_read_as_they_were_written()
    {
        TrainingWarning[] warnings =
        [
            new(TrainingWarningKind.VanishingThroughTime, 3, "rnn1", 7, 1e-9, 1e-3, "It was \"seen\".", "So it is.", "Do that."),
            new(TrainingWarningKind.EqualUnits, 1, "", null, double.NaN, double.NaN, "a", "b", "c"),
        ];
        string text = TrainingWarningJson.Write(warnings);
        Assert.Equal(warnings, TrainingWarningJson.Read(text, "file"));
        using var json = JsonDocument.Parse(text);
        Assert.Equal("vanishingThroughTime", json.RootElement[0].GetProperty("kind").GetString());
        Assert.False(json.RootElement[1].TryGetProperty("layer", out _));
        var error = Assert.Throws<DataException>(() => TrainingWarningJson.Read("""[{"kind":"gloom","epoch":1}]""", "old.model"));
        Assert.Contains("gloom", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_said_before_a_resumption_is_remembered_and_not_said_again()
    {
        Trainer<float> Make()
        {
            var model = Mlp(2, [16], 2, new SeededRandom(1), () => Tanh());
            return new Trainer<float>(model, (y, t) => SoftmaxCrossEntropy(y, t), Adam(model.Parameters, 0.001))
            {
                Health = new TrainingHealth<float>(),
                Checkpoints = new Checkpoints(folder["warned"]),
            };
        }

        var data = Rings(256, 1, scale: 200);
        var first = Make();
        foreach (var _ in first.Epochs(data, 4, cancellation: Token)) { }
        Assert.NotEmpty(first.Health!.Warnings);
        var second = Make();
        Assert.True(second.Resume());
        Assert.Equal(first.Health.Warnings, second.Health!.Warnings);
        foreach (var epoch in second.Epochs(data, 3, cancellation: Token)) Assert.DoesNotContain(epoch.Warnings, warning => warning.Kind == TrainingWarningKind.LargeInputs);
    }

    [Fact]
    public void Every_kind_of_warning_is_explained_in_its_page_and_allowed_in_a_log()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "health.md")), schema = File.ReadAllText(Path.Combine(Repository.Root, "docs", "log.schema.json"));
        foreach (var kind in Enum.GetValues<TrainingWarningKind>())
        {
            string word = JsonNamingPolicy.CamelCase.ConvertName($"{kind}");
            Assert.Contains($"| `{word}` |", page, StringComparison.Ordinal);
            Assert.Contains($"\"{word}\"", schema, StringComparison.Ordinal);
        }
    }

    public static TheoryData<string, bool, bool> Networks => new()
    {
        { "rnn", false, false }, { "rnn", true, false }, { "lstm", false, false }, { "lstm", true, false }, { "gru", false, false }, { "gru", true, false },
        { "lstm", true, true }, { "gru", false, true },
    };

    /// <summary>The fused network's way back is that of its time steps one by one, as <c>ThroughTime</c> reads it there.</summary>
    [Theory]
    [MemberData(nameof(Networks))]
    public void The_way_back_through_time_is_that_of_the_time_steps_one_by_one(string kind, bool sequences, bool truncated)
    {
        var random = new SeededRandom(4);
        int? truncate = truncated ? 3 : null;
        RecurrentLayer<double> layer = kind switch
        {
            "rnn" => Nn<double>.Rnn(2, 4, random, sequences, truncate),
            "lstm" => Nn<double>.Lstm(2, 4, random, sequences, truncate),
            _ => Nn<double>.Gru(2, 4, random, sequences, truncate),
        };
        var model = Nn<double>.Sequential(layer);
        var x = Nn<double>.Tensor([3, 7, 2], [.. Enumerable.Range(0, 42).Select(i => double.Sin(i))]);
        var weights = Nn<double>.Tensor(sequences ? [3, 7, 4] : [3, 4], [.. Enumerable.Range(0, sequences ? 84 : 12).Select(i => double.Cos(3 * i))]);

        double[] fused;
        using (var tape = Nn<double>.Record(model.Parameters, x))
        {
            tape.Backward(model.Forward(x).Multiply(weights).Sum());
            var (arriving, leaving) = tape.Steps.OfType<SequenceOp<double>>().Single().WayBack();
            fused = [.. arriving.Zip(leaving, (to, from) => Math.Sqrt(to / from))];
        }
        var unrolled = model.Unroll(of => of.Truncate);
        var read = ThroughTime<double>.Of(unrolled.Parameters, [x], _ => unrolled.Forward(x).Multiply(weights).Sum()).Networks[0];
        Assert.Equal(truncate - 1 ?? 6, fused.Length);
        double overall = 1;
        foreach (double factor in fused) overall *= factor;
        if (!truncated) Assert.Equal(read.Flow.Overall, overall, 1e-10 * overall);
        var carriers = read.Cells.Count > 0 ? read.Cells : read.States;
        // What arrives and what stays, from the norm that was measured to the next.
        if (!sequences)
            for (int hop = 0; hop < fused.Length; hop++)
                Assert.Equal(carriers[^(hop + 2)].TotalNorm / carriers[^(hop + 1)].TotalNorm, fused[hop], 1e-10);
    }
}
