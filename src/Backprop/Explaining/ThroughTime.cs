using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Explaining;

/// <summary>What flows back through the time steps of the recurrent networks on a tape: ∂L/∂h_t in its two parts, each time step's share in every
/// weight's gradient, and what shorter ways back would give instead.</summary>
/// <remarks>
/// It reads a tape on which the time steps stand one by one (<c>unrolled</c>, as in network files; <c>Layer.Unroll</c> makes such a layer of another).
/// The parts are sums of the terms of the tape's own operations, and a truncated gradient is that of a second recording with the cut.
/// Source: Werbos, Backpropagation Through Time (1990); Williams, Peng, An Efficient Gradient-Based Algorithm for On-Line Training of Recurrent Network
/// Trajectories (1990), for truncation.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class ThroughTime<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private ThroughTime(IReadOnlyList<NetworkThroughTime<T>> networks, int? truncate) => (Networks, Truncate) = (networks, truncate);

    /// <summary>The recurrent networks, in the order in which the forward pass meets them.</summary>
    public IReadOnlyList<NetworkThroughTime<T>> Networks { get; }

    /// <summary>After how many time steps the truncated gradients are cut; null where there are none.</summary>
    public int? Truncate { get; }

    /// <summary>Records a training step whole and cut, and reads both.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="inputs">What the step reads: data and targets.</param>
    /// <param name="loss">Computes the loss with gradients over so many time steps, over all if null:
    /// <c>k => loss(model.Unroll(_ => k).Forward(x), y)</c>.</param>
    /// <param name="truncate">After how many time steps the truncated gradients are cut, 1 or more; half of the longest sequence, rounded up, if left out.</param>
    /// <remarks>Nothing is committed (dropout's masks stay), and the parameters have no gradients afterwards: call it before the step's own recording.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The truncation is below 1.</exception>
    /// <exception cref="InvalidOperationException">The loss depends on no trainable parameter, or a parameter or an input is on an open tape.</exception>
    public static ThroughTime<T> Of(ParameterList<T> parameters, IReadOnlyList<IInput> inputs, Func<int?, Tensor<T>> loss, int? truncate = null)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(loss);
        if (truncate < 1) throw new ArgumentOutOfRangeException(nameof(truncate), $"ThroughTime: truncate is {truncate}, 1 or more is needed.");
        var whole = Run(null, Read);
        if (whole.Networks.Count > 0)
        {
            int reach = truncate ?? (whole.Networks.Max(network => network.TimeSteps) + 1) / 2;
            var truncated = Run(reach, tape => tape.Parameters.Names.ToDictionary(name => name, name => GradientOf(tape.Parameters[name])));
            whole = new([.. whole.Networks.Select(network => network.With(truncated))], reach);
        }
        foreach (var parameter in parameters) parameter.HasGradient = false;
        return whole;

        TResult Run<TResult>(int? reach, Func<Tape<T>, TResult> read)
        {
            using var tape = Tape<T>.Record(parameters, [.. inputs]);
            var output = loss(reach);
            tape.BackwardWithoutCommit(output, Nn<T>.Filled(output.Shape, T.One));
            return read(tape);
        }
    }

    /// <summary>Reads a tape after its backward pass and before the update. It has no truncated gradients.</summary>
    /// <param name="tape">The tape. One whose networks are not taken apart into time steps has nothing to read.</param>
    /// <exception cref="InvalidOperationException">Backward has not run, has added to earlier gradients, or the parameters or their gradients have changed
    /// since.</exception>
    public static ThroughTime<T> Read(Tape<T> tape)
    {
        ArgumentNullException.ThrowIfNull(tape);
        if (!tape.HasRunBackward) throw new InvalidOperationException("ThroughTime: no Backward has run on this tape since its last forward run.");
        if (tape.FindChanged() is { } changed)
            throw new InvalidOperationException($"ThroughTime: the values of {tape.Describe(changed)} have changed since the forward run. Read before Step.");
        if (tape.FindForeignGradient() is { } foreign)
            throw new InvalidOperationException($"ThroughTime: another tape has written the gradient of {tape.Describe(foreign)}. Read right after Backward.");
        if (tape.Parameters.FirstOrDefault(tape.HasAccumulated) is { } added)
            throw new InvalidOperationException($"ThroughTime: the gradient of {tape.Describe(added)} holds earlier ones too; the shares would not sum to it.");
        var reading = new ThroughTimeReading<T>(tape);
        return new([.. tape.Steps.Select(step => step.Recurrence).OfType<Recurrence<T>>().Distinct().Select(reading.Of)], null);
    }

    private static T[] GradientOf(Parameter<T> parameter) => parameter.HasGradient ? parameter.Gradient.ToArray() : new T[parameter.Length];
}
