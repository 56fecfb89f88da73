using Backprop.Data;
using Backprop.Tensors;
using Backprop.Training;

namespace Backprop.Cli;

/// <summary>Which exit code and which line an error comes to.</summary>
internal static class Failure
{
    public static int Report(Exception error, Terminal terminal)
    {
        switch (error)
        {
            case OperationCanceledException:
                terminal.Error("interrupted; nothing was written");
                return ExitCode.Interrupted;
            case InterruptedException:
                terminal.Error(error.Message);
                return ExitCode.Interrupted;
            // What no tensor can hold is asked for by a number that is too large, as in --samples or --hidden.
            case InputException or DataException or ShapeException or IOException or UnauthorizedAccessException:
                terminal.Error(error.Message);
                return ExitCode.BadInput;
            case DivergedException or NotFiniteNumberException:
                terminal.Error(error.Message);
                return ExitCode.Diverged;
            default:
                terminal.Error($"an error that should not be ({error.GetType().Name}): {error.Message}");
                return ExitCode.BadInput;
        }
    }
}
