using Backprop.Data;
using Backprop.Randomness;

namespace Backprop.Saving;

/// <summary>The state of a generator as text, whichever of the library's it is.</summary>
internal static class RandomStates
{
    /// <summary>The state; empty where there is no generator.</summary>
    /// <exception cref="NotSupportedException">The generator keeps its state to itself.</exception>
    public static string Of(Random? random) => random switch
    {
        null => "",
        SeededRandom seeded => seeded.State.ToString(),
        NumPyRandom numPy => numPy.State.ToString(),
        _ => throw new NotSupportedException(
            $"Checkpoint: the state of a {random.GetType().Name} cannot be read, so that its numbers would not go on; take a SeededRandom or a NumPyRandom."),
    };

    /// <summary>What brings a generator into a state, once everything else is found to fit.</summary>
    /// <exception cref="DataException">It is the state of another kind of generator.</exception>
    public static Action Restoring(Random? random, string text, string file)
    {
        try
        {
            switch (random)
            {
                case null when text.Length == 0: return () => { };
                case SeededRandom seeded when text.Length > 0:
                    var state = SeededRandomState.Parse(text);
                    return () => seeded.State = state;
                case NumPyRandom numPy when text.Length > 0:
                    var full = NumPyRandomState.Parse(text);
                    return () => numPy.State = full;
            }
        }
        catch (FormatException error)
        {
            throw new DataException(file, $"its random state is that of another generator; {error.Message}", cause: error);
        }
        throw new DataException(
            file, $"{(text.Length > 0 ? $"it has the state of a generator ({text.Split(' ')[0]})" : "it has no random state")}, and this training draws from " +
            $"{random?.GetType().Name ?? "none"}; go on with the same");
    }
}
