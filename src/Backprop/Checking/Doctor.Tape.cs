using Backprop.Randomness;
using Backprop.Tensors;

namespace Backprop.Checking;

// A tape of operations that may themselves be wrong.
public static partial class Doctor
{
    /// <summary>Records a function and examines its gradients by finite differences, and where they are wrong, each operation by itself.</summary>
    /// <param name="function">Computes an output of any shape, with operations of the library or of your own.</param>
    /// <param name="parameters">The tensors whose gradients are examined.</param>
    /// <param name="random">Draws output gradients and samples; the same numbers every time if left out.</param>
    /// <exception cref="InvalidOperationException">The output depends on none of the parameters.</exception>
    public static Diagnosis Examine(Func<Tensor<double>> function, ParameterList<double> parameters, Random? random = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        using var tape = Tape<double>.Record(parameters);
        return Examine(tape, function(), random);
    }

    /// <summary>Examines the gradients of a tape by finite differences, and where they are wrong, each operation by itself.</summary>
    /// <param name="tape">A tape that is open or sealed; afterwards it is sealed, holds its own values again and no gradients.</param>
    /// <param name="output">A tensor that the tape computed: the loss, or an output of any shape.</param>
    /// <param name="random">Draws output gradients and samples; the same numbers every time if left out.</param>
    /// <remarks>What a Detach holds constant is held constant by the differences too: a gradient that is stopped on purpose is no mistake, and a remark says
    /// that it is.</remarks>
    /// <exception cref="InvalidOperationException">The output depends on no trainable parameter of the tape.</exception>
    public static Diagnosis Examine(Tape<double> tape, Tensor<double> output, Random? random = null)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(output);
        random ??= new SeededRandom(1);
        tape.Replay();
        var held = tape.Steps.Where(step => step.HoldsConstant).SelectMany(Held).ToArray();
        var report = GradientCheck.Of(tape, output, random, held);
        return new(report, [], []);

        static IEnumerable<Pin<double>> Held(Operation<double> step) =>
            Enumerable.Range(0, step.Output.Length).Select(i => new Pin<double>(step.Output, i, step.Output.Values[i]));
    }
}
