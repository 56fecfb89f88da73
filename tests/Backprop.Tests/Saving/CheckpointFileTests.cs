using Backprop.Data;
using Backprop.Layers;
using Backprop.Optimizers;
using Backprop.Randomness;
using Backprop.Saving;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Saving;

/// <summary>The file alone, for loops of one's own.</summary>
public sealed class CheckpointFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static (Sequential<double> Model, Optimizer<double> Optimizer, SeededRandom Random) Make(int units = 3)
    {
        var random = new SeededRandom(4);
        var model = Sequential(Linear(2, units, random), Tanh(), Dropout(0.4, random), Linear(units, 1, random));
        return (model, Adam(model.Parameters, 0.05), random);
    }

    private static Checkpoint<double> Of((Sequential<double> Model, Optimizer<double> Optimizer, SeededRandom Random) run) =>
        new(run.Model, run.Optimizer) { Random = run.Random, Input = [2] };

    /// <summary>Steps on points that are drawn.</summary>
    private static void Train((Sequential<double> Model, Optimizer<double> Optimizer, SeededRandom Random) run, int steps)
    {
        for (int i = 0; i < steps; i++)
        {
            var x = Tensor([1, 2], run.Random.NextGaussian(), run.Random.NextDouble());
            using var tape = Record(run.Model.Parameters, x);
            tape.Backward(MeanSquaredError(run.Model.Forward(x), Tensor([1, 1], 0.5)));
            run.Optimizer.Step();
        }
    }

    [Fact]
    public void A_loop_of_one_s_own_goes_on_bit_for_bit()
    {
        var whole = Make();
        Train(whole, 5);
        Of(whole).Save(folder["checkpoint"]);
        Train(whole, 5);

        var resumed = Make();
        Of(resumed).Restore(folder["checkpoint"]);
        Train(resumed, 5);
        Assert.Equal(Fingerprint.Of(whole.Model.Parameters), Fingerprint.Of(resumed.Model.Parameters));
        Assert.Equal((whole.Random.State, whole.Optimizer.Steps), (resumed.Random.State, resumed.Optimizer.Steps));
    }

    [Fact]
    public void Frozen_parameters_and_a_learning_rate_set_by_hand_come_back()
    {
        var run = Make();
        run.Model.Parameters[1].Trainable = false;
        Train(run, 2);
        run.Optimizer.LearningRate = 0.01;
        Of(run).Save(folder["checkpoint"]);
        var back = Make();
        Of(back).Restore(folder["checkpoint"]);
        Assert.Equal([true, false, true, true], back.Model.Parameters.Select(parameter => parameter.Trainable));
        Assert.Equal((0.01, 0.05), (back.Optimizer.LearningRate, back.Optimizer.InitialLearningRate));
    }

    [Fact]
    public void Notes_are_read_without_the_training()
    {
        var run = Make();
        new Checkpoint<double>(run.Model, run.Optimizer) { Notes = new Dictionary<string, string> { ["by"] = "me é" } }.Save(folder["checkpoint"]);
        Assert.Equal("me é", Assert.Single(CheckpointFolder.NotesOf(folder["checkpoint"])).Value);
        var error = Assert.Throws<ArgumentException>(
            () => new Checkpoint<double>(run.Model, run.Optimizer) { Notes = new Dictionary<string, string> { ["masks"] = "" } }.Save(folder["other"]));
        Assert.Contains("the note 'masks' has one of the format's own keys", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_network_another_file_and_a_cut_file_are_refused()
    {
        var run = Make();
        Train(run, 1);
        string file = folder["checkpoint"];
        Of(run).Save(file);
        Assert.Equal($"{file}: it is of another network; go on with the one that it was saved with", Refusal(Of(Make(4)), file));
        var single = new Checkpoint<float>(Nn<float>.Sequential(Nn<float>.Linear(2, 3, new SeededRandom(1))), Nn<float>.Adam([], 0.05));
        Assert.Equal($"{file}: it is of another network; go on with the one that it was saved with", Refusal(single.Restore, file));

        new SavedModel<double>(run.Model, [2]).Save(folder["model"]);
        Assert.Equal($"{folder["model"]}: its format is 'backprop-model/1', backprop-checkpoint/1 is needed", Refusal(Of(Make()), folder["model"]));
        string other = Assert.Throws<DataException>(() => SavedModel<double>.Load(file)).Message;
        Assert.Equal($"{file}: its format is 'backprop-checkpoint/1', backprop-model/1 is needed", other);

        byte[] whole = File.ReadAllBytes(file);
        foreach (int length in new[] { 0, 5, 8, 100, whole.Length / 2, whole.Length - 1 })
        {
            File.WriteAllBytes(file, whole[..length]);
            Assert.StartsWith($"{file}: it", Refusal(Of(Make()), file), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_single_bit_that_is_altered_is_found()
    {
        var run = Make();
        Train(run, 1);
        string file = folder["checkpoint"];
        Of(run).Save(file);
        byte[] whole = File.ReadAllBytes(file);
        for (int at = 0; at < whole.Length; at += 7)
        {
            byte[] altered = [.. whole];
            altered[at] ^= 4;
            File.WriteAllBytes(file, altered);
            Assert.NotEmpty(Refusal(Of(Make()), file));
        }
    }

    [Fact]
    public void Equal_states_give_equal_files()
    {
        foreach (string name in new[] { "a", "b" })
        {
            var run = Make();
            Train(run, 3);
            Of(run).Save(folder[name]);
        }
        Assert.Equal(File.ReadAllBytes(folder["a"]), File.ReadAllBytes(folder["b"]));
    }

    private static string Refusal(Checkpoint<double> checkpoint, string file) => Refusal(checkpoint.Restore, file);

    private static string Refusal(Action<string> restore, string file) => Assert.Throws<DataException>(() => restore(file)).Message;
}
