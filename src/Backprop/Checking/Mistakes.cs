using Backprop.Tensors;

namespace Backprop.Checking;

/// <summary>The mistakes that can be made in one backward pass over a right tape.</summary>
public static class Mistakes
{
    /// <summary>Every mistake that applies to a tape and changes a number there, each with the gradients that come of it.</summary>
    /// <param name="tape">A right tape. Afterwards it is sealed and holds the gradients that it held before.</param>
    /// <param name="loss">A single number that the tape computed.</param>
    /// <param name="learningRate">With it, weights that are updated too early are among them.</param>
    /// <returns>The passes, worked out one after the other as they are asked for: the tape must not run between them.</returns>
    /// <remarks>Nothing is worked out by a second engine: a mistake is a change of what single steps contribute while the tape is walked back.</remarks>
    /// <exception cref="InvalidOperationException">The loss depends on no trainable parameter of the tape, or a parameter has changed since the forward run.</exception>
    public static IEnumerable<MistakenPass> Of(Tape<double> tape, Tensor<double> loss, double? learningRate = null)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(loss);
        return Passes(tape, loss, learningRate);
    }

    private static IEnumerable<MistakenPass> Passes(Tape<double> tape, Tensor<double> loss, double? learningRate)
    {
        using var walk = new MistakenWalk(tape, loss);
        var right = MistakenWalk.Differentiated(tape).ToDictionary(tensor => tensor, tensor => tensor.Gradient.ToArray());
        foreach (var mistake in Of(walk, learningRate))
        {
            var pass = walk.Pass(mistake);
            if (right.Any(entry => Nearness.Distance(pass.GradientOf(entry.Key), entry.Value) > Nearness.Explained)) yield return pass;
        }
    }

    /// <summary>All that apply, whether they change a number or not.</summary>
    internal static IEnumerable<Mistake> Of(MistakenWalk walk, double? learningRate = null)
    {
        var sites = new Sites(walk);
        var all = AnyStepMistakes.Of(sites).Concat(ActivationMistakes.Of(sites)).Concat(TimeMistakes.Of(sites)).Concat(PictureMistakes.Of(sites)).Concat(SoftmaxMistakes.Of(sites));
        return learningRate is { } rate && UpdateMistakes.TooEarly(sites, rate) is { } early ? all.Append(early) : all;
    }
}
