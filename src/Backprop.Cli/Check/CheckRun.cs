using Backprop.Checking;
using Backprop.Cli.Networks;
using Backprop.Saving;

namespace Backprop.Cli.Check;

/// <summary><c>backprop check</c> from the network to the verdict.</summary>
internal static class CheckRun
{
    public static int Execute(NetworkWords words, bool asJson, Terminal terminal)
    {
        var opened = NetworkSource.Open(words, terminal);
        // Differences need double, also of a network that trains in float.
        var network = opened.Build<double>();
        if (!network.Model.Parameters.Any(parameter => parameter.Trainable))
            throw new InputException($"{opened.File}: nothing in this network is trained, so there is no gradient to check");
        Diagnosis diagnosis;
        try
        {
            diagnosis = Examine(network);
        }
        catch (ArgumentException error)
        {
            throw new InputException($"{opened.File}: {ArgumentText.Of(error)}");
        }
        terminal.Output.Write(asJson ? CheckJson.Of(network, diagnosis) : CheckText.Of(diagnosis));
        return diagnosis.Verdict == Verdict.Wrong ? ExitCode.Negative : ExitCode.Done;
    }

    /// <summary>The gradients of the first step.</summary>
    private static Diagnosis Examine(NetworkFile<double> network)
    {
        var batch = network.Batches().First();
        using var tape = Nn<double>.Record(network.Model.Parameters, batch.Inputs, batch.Targets);
        var (loss, _) = network.LossOf(network.Model.Forward(batch.Inputs), batch.Targets);
        return Doctor.Examine(tape, loss);
    }
}
