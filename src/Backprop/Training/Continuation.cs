using System.Globalization;
using System.Numerics;
using Backprop.Data;
using Backprop.Layers;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Training;

/// <summary>Writes a text on: what a model expects after the tokens so far, and tokens drawn from that.</summary>
/// <remarks>
/// The model reads tokens [1, t] and gives the logits [1, t, V] of the token after each, as one trained on <see cref="TextWindows"/> does. Before every
/// token it reads the last <see cref="Window"/> tokens anew, so that it never meets a longer text than those that trained it, and any network will do.
/// It reads a snapshot: training may go on meanwhile.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Continuation<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Predictor<T> predictor;

    /// <summary>Takes a snapshot of a model.</summary>
    /// <param name="model">From tokens to logits at every time step.</param>
    /// <param name="vocabulary">What the tokens are.</param>
    /// <param name="window">The most tokens that the model reads at once, 1 or more: the length of the windows that trained it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The window is below 1.</exception>
    public Continuation(Layer<T> model, Vocabulary vocabulary, int window)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        (predictor, Vocabulary, Window) = (model.Predictor(), vocabulary, window);
    }

    /// <summary>What the tokens are.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>The most tokens that the model reads at once.</summary>
    public int Window { get; }

    /// <summary>What the logits are divided by before the draw, 0 or more: 1 draws as the model expects, less keeps to the likely, 0 always takes the
    /// likeliest, more is more daring.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double Temperature
    {
        get;
        init => field = value >= 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(
            nameof(value), string.Create(CultureInfo.InvariantCulture, $"Continuation: the temperature {value} came; it is 0 or more, 1 draws as the model expects."));
    } = 1;

    /// <summary>How likely each token of the vocabulary is to come next, without regard to the temperature.</summary>
    /// <param name="tokens">The tokens so far, at least one; of more than <see cref="Window"/> the last ones count.</param>
    /// <returns>[V], summing to 1.</returns>
    /// <exception cref="ArgumentException">There is no token.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is none of the vocabulary.</exception>
    /// <exception cref="ShapeException">The model does not give logits for each token of the vocabulary at every time step.</exception>
    /// <exception cref="NotFiniteNumberException">A logit is NaN or an infinity.</exception>
    public Tensor<T> Next(ReadOnlySpan<int> tokens) => Nn<T>.Tensor([Vocabulary.Count], Logits(tokens)).Softmax();

    /// <summary>Draws token after token. The text grows as it is enumerated, and the loop may be left at any time.</summary>
    /// <param name="prompt">The text so far, at least one token; what the vocabulary does not have is read as unknown.</param>
    /// <param name="count">How many tokens to write, 0 or more.</param>
    /// <param name="random">Draws; at temperature 0 it is not asked.</param>
    /// <returns>What each token adds to the text: for words with the space before it. The unknown token is never written.</returns>
    /// <exception cref="ArgumentException">The prompt has no token, or the vocabulary nothing to write.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    /// <exception cref="ShapeException">The model does not give logits for each token of the vocabulary at every time step.</exception>
    /// <exception cref="NotFiniteNumberException">A logit is NaN or an infinity.</exception>
    public IEnumerable<string> Write(string prompt, int count, Random random)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var tokens = new List<int>(Vocabulary.Encode(prompt));
        if (tokens.Count == 0)
            throw new ArgumentException("Continuation: the prompt is empty; give the text's beginning, one token or more.", nameof(prompt));
        if (Vocabulary.Count == 1) throw new ArgumentException($"Continuation: the vocabulary has no token but {Vocabulary.Unknown}.", nameof(count));
        return Enumerate();

        IEnumerable<string> Enumerate()
        {
            for (int i = 0; i < count; i++)
            {
                int token = Draw(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(tokens), random);
                yield return Vocabulary.Piece(tokens[^1], token);
                tokens.Add(token);
            }
        }
    }

    private int Draw(ReadOnlySpan<int> tokens, Random random)
    {
        var logits = Logits(tokens);
        // Token 0 stands for many; its share goes to the others.
        logits[0] = T.NegativeInfinity;
        if (Temperature == 0) return ClassScore<T>.Highest(logits);
        // In double, and by the distance from the highest, so that a temperature near 0 divides nothing into an infinity but what cannot be.
        double highest = double.CreateChecked(logits[ClassScore<T>.Highest(logits)]);
        var scaled = new double[logits.Length];
        for (int i = 0; i < scaled.Length; i++) scaled[i] = (double.CreateChecked(logits[i]) - highest) / Temperature;
        var shares = Nn<double>.Tensor([scaled.Length], scaled).Softmax().Values;
        double left = random.NextDouble();
        int drawn = 1;
        while (drawn < shares.Length - 1 && (left -= shares[drawn]) >= 0) drawn++;
        return drawn;
    }

    private T[] Logits(ReadOnlySpan<int> tokens)
    {
        if (tokens.Length == 0) throw new ArgumentException("Continuation: no token came; a model says what follows one or more.", nameof(tokens));
        var read = tokens[Math.Max(0, tokens.Length - Window)..];
        // As numbers in a tensor, so that a network of any kind can say what it needs instead.
        var input = new T[read.Length];
        for (int i = 0; i < input.Length; i++) input[i] = T.CreateChecked(read[i]);
        var output = predictor.Predict(Nn<T>.Tensor([1, input.Length], input));
        if (output.Shape != [1, input.Length, Vocabulary.Count])
            throw new ShapeException(
                "Continuation",
                $"the model gives {output.Shape} for tokens [1, {input.Length}]; [1, {input.Length}, {Vocabulary.Count}] is needed, a logit for each token of the vocabulary",
                output.Shape);
        var logits = output.Values[^Vocabulary.Count..].ToArray();
        foreach (T logit in logits)
            if (!T.IsFinite(logit))
                throw new NotFiniteNumberException(FormattableString.Invariant(
                    $"Continuation: the model answers {logit} after {tokens.Length} tokens; its training went wrong, or its weights are damaged."));
        return logits;
    }
}
