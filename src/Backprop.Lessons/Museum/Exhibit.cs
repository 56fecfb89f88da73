using Backprop.Checking;

namespace Backprop.Lessons.Museum;

/// <summary>Where an exhibit stands.</summary>
public enum Room
{
    /// <summary>Dense networks.</summary>
    Ann,

    /// <summary>Networks of kernels.</summary>
    Cnn,

    /// <summary>Networks with a memory.</summary>
    Rnn,

    /// <summary>What happens around the gradient.</summary>
    Training,
}

/// <summary>A fault that people make with gradients: code that runs, what is measured on it, a question, and the answer.</summary>
/// <remarks>The code shown is the code that runs; the line that belongs there instead is taken from a second file, which runs too.</remarks>
public sealed class Exhibit
{
    private readonly Func<int, HandWritten> faulty, mended;

    internal Exhibit(Room room, string name, Func<int, HandWritten> faulty, Func<int, HandWritten> mended)
    {
        (Room, Name, this.faulty, this.mended) = (room, name, faulty, mended);
        Code = Source.Lines("Faulty", faulty(1).GetType().Name);
        Mending = Source.Difference(Code, Source.Lines("Mended", mended(1).GetType().Name));
    }

    /// <summary>Where it stands.</summary>
    public Room Room { get; }

    /// <summary>Its name on the command line: <c>tanh-slope-at-z</c>.</summary>
    public string Name { get; }

    /// <summary>What strikes the visitor first, in a line.</summary>
    public required string Title { get; init; }

    /// <summary>What the visitor is asked.</summary>
    public required string Question { get; init; }

    /// <summary>Why the line is wrong, and what follows from it.</summary>
    public required string Why { get; init; }

    /// <summary>Where the fault is met outside of the museum.</summary>
    public required string Seen { get; init; }

    /// <summary>The learning rate of the training that is measured.</summary>
    public required double Rate { get; init; }

    /// <summary>How many steps are trained, a power of 10.</summary>
    public required int Steps { get; init; }

    /// <summary>What the doctor finds wrong with the gradient; null where it is right and the fault lies elsewhere.</summary>
    public MistakeKind? Mistake { get; init; }

    /// <summary>The step whose gradient is examined, from 1.</summary>
    public int ExaminedStep { get; init; } = 1;

    /// <summary>The source that runs, line by line.</summary>
    public IReadOnlyList<string> Code { get; }

    /// <summary>What must change in it, in the order of the lines.</summary>
    public IReadOnlyList<ChangedLine> Mending { get; }

    internal IReadOnlyList<OwnSymptom> OwnSymptoms { get; init; } = [];

    /// <summary>Makes the exhibit's network, ready to be trained.</summary>
    /// <param name="withFault">Whether it trains by the code shown, or by the one with the right line.</param>
    /// <param name="seed">What the first weights are drawn from, where the exhibit draws them.</param>
    public HandWritten Create(bool withFault = true, int seed = 1) => (withFault ? faulty : mended)(seed);

    /// <summary>The gradient that a training step went down, as its update tells: (before − after) / rate.</summary>
    /// <param name="withFault">Whether the code shown makes the step, or the one with the right line.</param>
    /// <param name="seed">What the first weights are drawn from.</param>
    public ClaimedGradient Claim(bool withFault = true, int seed = 1)
    {
        var network = Create(withFault, seed);
        double[][] weights = [], gradient = [], before = [];
        for (int step = 1; step <= ExaminedStep; step++)
        {
            (before, weights) = (gradient, WeightsOf(network));
            network.Step(Rate);
            gradient = [.. weights.Zip(WeightsOf(network), (old, now) => old.Zip(now, (from, to) => (from - to) / Rate).ToArray())];
        }

        // Another network of the same weights goes on the tape: what the step left behind in its own has no say.
        var right = Create(withFault, seed);
        for (int i = 0; i < weights.Length; i++) right.Parameters[i].Set(weights[i]);
        return new(right, gradient, before);
    }

    private static double[][] WeightsOf(HandWritten network) => [.. network.Parameters.Select(parameter => parameter.Values.ToArray())];
}
