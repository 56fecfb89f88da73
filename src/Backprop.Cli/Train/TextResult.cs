using System.Globalization;
using System.Text.Json.Serialization;
using Backprop.Cli.Data;
using Backprop.Cli.Writing;
using Backprop.Randomness;
using Backprop.Tensors;
using Backprop.Training;

namespace Backprop.Cli.Train;

/// <summary>What training on a text came to, beside the figures of every training.</summary>
/// <param name="Unit">characters or words.</param>
/// <param name="Vocabulary">How many of them are told apart, the unknown one included.</param>
/// <param name="Length">How many of them a window has.</param>
/// <param name="TestTokens">How many of them were predicted in the test part.</param>
/// <param name="Perplexity">e to the mean surprise at a token of the test part, −log of its probability: among how many equally likely ones the network
/// is undecided, on average. It is that of the test loss, unless smoothing or a penalty was asked for.</param>
/// <param name="Bits">That surprise in bits.</param>
/// <param name="Prompt">What the sample goes on from.</param>
/// <param name="Written">A sample of what the network writes.</param>
internal sealed record TextResult(string Unit, int Vocabulary, int Length, int TestTokens, double Perplexity, double Bits, string Prompt, string Written)
{
    /// <summary>Keeps to what is likely, which reads better than the plain draw.</summary>
    public const double SampleTemperature = 0.8;

    /// <summary>What the sample was drawn with.</summary>
    public double Temperature { get; } = SampleTemperature;

    /// <summary>The vocabulary in words.</summary>
    [JsonIgnore]
    public string Task => FormattableString.Invariant($"the next of {Vocabulary:N0} {Unit}");

    /// <summary>How sure the network is.</summary>
    [JsonIgnore]
    public string Surprise => string.Create(CultureInfo.InvariantCulture, $"{Perplexity:G6}, {Bits:G6} bits per {Unit[..^1]}");

    /// <summary>The sample as text, under a line that says what it is.</summary>
    [JsonIgnore]
    public string Sample => FormattableString.Invariant($"\nwritten by it, at temperature {Temperature}:\n\n{(Prompt + Written).Trim('\n')}\n");

    /// <summary>Puts the figures together, and lets the network write.</summary>
    public static TextResult Of(TextFacts facts, Trainer<float> trainer, TrainingData data, int seed)
    {
        // Evaluates alone: its optimizer, the one that trained, takes no step.
        double surprise = new Trainer<float>(trainer.Model, (Tensor<float> y, Indices t) => Nn<float>.SoftmaxCrossEntropy(y, t), trainer.Optimizer)
        {
            BatchSize = trainer.BatchSize,
        }.Evaluate(data.Test).Loss;
        string prompt = Writer.Beginning(facts.Vocabulary);
        var writer = new Continuation<float>(trainer.Model, facts.Vocabulary, facts.Length) { Temperature = SampleTemperature };
        return new TextResult(
            facts.Unit, facts.Vocabulary.Count, facts.Length, data.Test.Inputs.Length, Math.Exp(surprise), surprise / Math.Log(2), prompt,
            string.Concat(writer.Write(prompt, Writer.UsualLength(facts.Vocabulary.Unit), new SeededRandom(seed))));
    }
}
