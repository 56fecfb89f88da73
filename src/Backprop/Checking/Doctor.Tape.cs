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
        var held = Held(tape);
        var report = GradientCheck.Of(tape, output, random, held);
        if (report.Parameters.Count == 0) return new(report, [], []);
        var remarks = new List<string>();
        if (held.Count > 0) remarks.Add("The gradient is stopped on purpose, at what is detached: the differences hold that constant too.");
        using (var walk = new MistakenWalk(tape, output))
        {
            var sites = new Sites(walk);
            remarks.AddRange(Observations.Of(sites));
            if (report.Verdict == Verdict.Wrong) return Wrong(report, sites, new StepExamination(sites, random), remarks);
            foreach (var step in sites.Steps)
                remarks.AddRange(StepExamination.Hidden(step).Select(cause => $"{cause.Sentence} Here it does not show."));
        }
        return new(report, [], remarks);
    }

    /// <summary>Looks for the steps that are wrong by themselves.</summary>
    private static Diagnosis Wrong(GradientReport report, Sites sites, StepExamination examination, List<string> remarks)
    {
        var findings = sites.Steps.Reverse().Select(examination.Of).OfType<Finding>().ToList();
        if (findings.Count > 0) return new(report, findings, remarks);
        if (examination.Stopping.Count == 0)
            return new(report, [new("", "No operation is wrong by itself; perhaps one reads a tensor that is not among its inputs.", [])], remarks);
        string reason = $"{string.Join(", ", examination.Stopping.Distinct())} stops the gradient on purpose, which differences do not know of";
        return new(report.Doubted(reason), [], remarks);
    }

    /// <summary>What a tape holds constant, as it stands.</summary>
    internal static IReadOnlyCollection<Pin<double>> Held(Tape<double> tape) =>
    [
        .. from step in tape.Steps
           where step.HoldsConstant
           from i in Enumerable.Range(0, step.Output.Length)
           select new Pin<double>(step.Output, i, step.Output.Values[i]),
    ];
}
