using System.Security.Cryptography;
using System.Text;
using Backprop.Cli.Data;
using Backprop.Cli.Networks;
using Backprop.Data;
using Backprop.Layers;
using Backprop.Lessons.Networks;
using Backprop.Saving;
using Backprop.Tabular;
using Backprop.Tensors;

namespace Backprop.Cli.Train;

/// <summary>A network that <c>--model</c> names: a network file, one that lies in the tool, or a saved model whose weights are trained on.</summary>
internal sealed class GivenNetwork
{
    private static readonly string[] InTool = [.. NetworkLessons.Names, .. NetworkLessons.Templates];

    private readonly Func<Random?, Plan> make;
    private readonly Plan first;

    private GivenNetwork(string word, string identity, Func<Random?, Plan> make)
    {
        (Word, Identity, this.make) = (word, identity, make);
        first = make(null);
        Optimizer = OptimizerChoice.Read(first.Optimizer, first.Model.Parameters, word);
    }

    /// <summary>The network with what its file says about training.</summary>
    /// <param name="Model">The layers.</param>
    /// <param name="Input">The shape of one sample.</param>
    /// <param name="Loss">The description of its loss, if it says one.</param>
    /// <param name="Optimizer">The description of its optimizer, if it says one.</param>
    /// <param name="Penalized">Adds its penalty to a loss.</param>
    /// <param name="Classes">The names of its classes, if it was trained on some.</param>
    /// <param name="Inputs">What its inputs stand for, if it was trained on columns.</param>
    internal sealed record Plan(
        Sequential<float> Model, Shape Input, string? Loss, string? Optimizer, Func<Tensor<float>, Tensor<float>> Penalized, IReadOnlyList<string> Classes,
        IReadOnlyList<string>? Inputs = null);

    /// <summary>What was said after <c>--model</c>.</summary>
    public string Word { get; }

    /// <summary>The SHA-256 of the file, by which another one is known.</summary>
    public string Identity { get; }

    /// <summary>Its optimizer; null where it says none.</summary>
    public OptimizerChoice? Optimizer { get; }

    /// <summary>Finds it; null where <c>--model</c> is a word for a network that fits itself to the data.</summary>
    /// <exception cref="InputException">There is none.</exception>
    /// <exception cref="DataException">It is not what it should be.</exception>
    public static GivenNetwork? Open(TrainSettings settings)
    {
        if (settings.Network is not { } word) return null;
        if (Directory.Exists(word)) throw new InputException($"--model {word}: this is a folder; a network file is needed");
        if (settings.Hidden is not null) throw new InputException($"--hidden: the layers of {word} are given; leave the option out, or take --model mlp");
        bool file = File.Exists(word);
        byte[] content = file ? File.ReadAllBytes(word) : InTool.Contains(word) ? Encoding.UTF8.GetBytes(NetworkLessons.Text(word)) : throw Unknown(word);
        string identity = Convert.ToHexStringLower(SHA256.HashData(content));
        if (settings.NetworkIdentity is { } before && before != identity)
            throw new InputException($"--model {word}: it is not the one that training was begun with; bring that one back, or begin anew in another folder");
        if (file && NetworkSource.IsModel(word)) return new GivenNetwork(word, identity, _ => OfModel(word));
        string text = Encoding.UTF8.GetString(content).TrimStart('\uFEFF');
        return new GivenNetwork(word, identity, random => OfFile(text, word, random));
    }

    /// <summary>The data in the shape that the network reads.</summary>
    /// <exception cref="InputException">Its input or its output does not suit the data.</exception>
    public TrainingData Suited(TrainingData data, TrainSettings settings)
    {
        if (data.Form == DataForm.Pictures && first.Input.Rank == 2 && data.Train.SampleShape == [1, .. first.Input.AsSpan()]) data = Network.AsRows(data);
        var sample = data.Train.SampleShape;
        var rows = first.Model.Describe([1, .. first.Input.AsSpan()]).Rows;
        if (sample != first.Input)
            throw new InputException(data.Form == DataForm.Table && first.Input.Rank == 1
                ? $"{Word}: {rows[0].Name} reads {Wording.Count(first.Input[0], "column")}; {settings.Data} gives {Wording.Count(sample[0], "input")}"
                : $"{Word}: its input is {first.Input}; a sample of {settings.Data} is {sample}");
        if (data.Form == DataForm.Text && first.Model.Layers[0] is Embedding<float> embedding && embedding.Weight.Shape[0] < data.Train.ClassCount)
            throw new InputException($"{Word}: {rows[0].Name} has {Wording.Count(embedding.Weight.Shape[0], "token")}; {settings.Data} has {data.Train.ClassCount}, each needs its vector");
        CheckTokens(data);
        CheckInputs(data, settings);
        CheckOutput(rows[^1].Output, rows.LastOrDefault(row => row.Parameters > 0)?.Name ?? rows[^1].Name, data, settings);
        if (data.Train.Targets is Indices && first.Classes.Count > 0 && !first.Classes.SequenceEqual(data.Train.ClassNames))
            throw new InputException(
                $"{Word}: it tells {Wording.List(first.Classes)} apart; the classes of {settings.Data} are {Wording.List(data.Train.ClassNames)}, the same in the same order are needed");
        return data;
    }

    /// <summary>Builds it. What its file leaves out of the weights is drawn by its seed; by the training's own source of chance where it says none.</summary>
    public Plan Build(Random random) => make(random);

    /// <summary>Tokens are read by embeddings, and numbers by none.</summary>
    private void CheckTokens(TrainingData data)
    {
        var embedding = first.Model.Layers[0] as EmbeddedColumns<float>;
        int[] reads = [.. embedding?.Columns ?? []], holds = [.. data.Embedded.Select(column => column.Place)];
        if (!reads.SequenceEqual(holds))
            throw new InputException(
                $"{Word}: its embedded_columns read tokens in {Places(reads)}; --embed puts some into {Places(holds)} of the inputs, counted from 0: the same are needed");
        for (int i = 0; i < holds.Length; i++)
            if (embedding!.Embeddings[i].Weight.Shape[0] < data.Embedded[i].Vocabulary)
                throw new InputException(
                    $"{Word}: {first.Model.LayerNames[0]}.{embedding.LayerNames[i]} has vectors for {Wording.Count(embedding.Embeddings[i].Weight.Shape[0], "token")}; " +
                    $"'{data.Embedded[i].Name}' needs {data.Embedded[i].Vocabulary}, one for each value and the first for any other");

        static string Places(int[] places) => places.Length == 0 ? "no column" : $"{(places.Length == 1 ? "column" : "the columns")} {string.Join(", ", places)}";
    }

    /// <summary>Weights that were learnt for one column mean nothing for another one.</summary>
    private void CheckInputs(TrainingData data, TrainSettings settings)
    {
        if (first.Inputs is not { } known || NotedInputs.Of(data.Notes, settings.Data) is not { } given) return;
        for (int i = 0; i < Math.Max(known.Count, given.Count); i++)
        {
            string mine = known.ElementAtOrDefault(i) ?? "nothing", yours = given.ElementAtOrDefault(i) ?? "nothing";
            if (mine != yours)
                throw new InputException($"{Word}: it reads {mine} where {settings.Data} has {yours}; the same columns with the same texts in the same order are needed");
        }
    }

    private void CheckOutput(Shape output, string layer, TrainingData data, TrainSettings settings)
    {
        int given = output[^1];
        var places = output.Without(output.Rank - 1);
        if (data.Train.Targets is Indices classes)
        {
            if (places != classes.Shape.With(0, 1))
                throw new InputException($"{Word}: it gives {output.Without(0)} for a sample; {settings.Data} has classes {classes.Shape.Without(0)}, each needs its numbers");
            int count = data.Train.ClassCount;
            if (given != count && (given, count) != (1, 2))
                throw new InputException(
                    $"{Word}: {layer} gives {Wording.Count(given, "number")}; {settings.Data} has {Wording.Count(count, "class", "classes")}, each needs one{(count == 2 ? ", or both a single one" : "")}");
        }
        else if (output != data.Train.Targets.Shape.With(0, 1))
        {
            throw new InputException($"{Word}: it gives {output.Without(0)} for a sample; {data.Train.Targets.Shape.Without(0)} is needed, what is to be predicted");
        }
    }

    private static Plan OfFile(string text, string file, Random? random)
    {
        var plan = NetworkPlan<float>.Parse(text, file, random);
        return new Plan(plan.Model, plan.Input, plan.Loss, plan.Optimizer, plan.Penalized, []);
    }

    private static Plan OfModel(string file)
    {
        var saved = SavedModel<float>.Load(file);
        return new Plan(
            saved.Model as Sequential<float> ?? new Sequential<float>(saved.Model), saved.Input, saved.Loss.Length > 0 ? $"\"{saved.Loss}\"" : null, null, loss => loss,
            saved.ClassNames, NotedInputs.Of(saved.Notes, file));
    }

    private static InputException Unknown(string word)
    {
        string[] known = [.. Enum.GetValues<ModelKind>().Select(Words.Of).Union(InTool)];
        return new InputException($"--model {word}: there is no such file or network; " +
            Suggestion.Or(word, known, $"a network file or one of {string.Join(", ", known)} is needed"));
    }
}
