namespace Backprop.Cli;

/// <summary>What the process returns to the shell.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Negative = 1;
    public const int BadInput = 2;
    public const int Diverged = 3;
    public const int Interrupted = 130;

    /// <summary>The codes as --help shows them.</summary>
    public const string Help = """
        Exit codes:
          0    done
          1    a negative verdict
          2    bad usage or bad input; nothing was written
          3    training stopped on a NaN or an infinity; no model was written
          130  interrupted; the message says what was written
        """;
}
