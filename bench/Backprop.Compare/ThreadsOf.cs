using Backprop.Tensors;

namespace Backprop.Compare;

/// <summary>The one place that knows how a tape is told its number of threads.</summary>
internal static class ThreadsOf
{
    /// <summary>Asks for a number of threads and gives the number that is really used: a tape has one so far.</summary>
    public static int Use(Tape<float> tape, int threads) => tape is null || threads < 1 ? throw new ArgumentOutOfRangeException(nameof(threads)) : 1;
}
