using System.CommandLine;
using Backprop.Cli.Data;

namespace Backprop.Cli.Train;

/// <summary><c>backprop train DATA</c>: its words and options.</summary>
internal static class TrainCommand
{
    public static Command Create(Terminal terminal)
    {
        var data = new Argument<string>("DATA") { Description = "A CSV or TSV file, a text (.txt), or a folder with IDX files under MNIST's names, gzip or plain." };
        var model = Value.Choice<ModelKind>(
            "--model", "The network: fully connected; LeNet-5; a recurrent one, which reads a picture row by row. [default: mlp; lstm for a text]");
        var hidden = Value.Sizes(
            "--hidden", "SIZES", "Hidden units, layer by layer. [default: mlp 32,16 for a table, 128 for pictures; rnn, lstm, gru 128, for a text 256]");
        var epochs = Value.Whole("--epochs", "N", "Passes over the training part. [default: 100 for a table, 10 for pictures; fewer the longer a text]", 1);
        var batch = Value.Whole("--batch", "N", "Samples per step. [default: 32; 64 for pictures]", 1);
        var rate = Value.Number(
            "--learning-rate", "RATE", "Step size. [default: adam 0.01 for a table, 0.001 for pictures, 0.003 for a text; sgd 0.05]",
            number => double.IsFinite(number) && number > 0, "a number above 0");
        var optimizer = Value.Choice<OptimizerKind>("--optimizer", "What changes the weights. [default: adam]");
        var seed = Value.Whole(
            "--seed", "N", "Draws the weights, the hold-out and the order; the same seed gives the same result. [default: 1]", 0);
        var holdout = Value.Number(
            "--holdout", "SHARE", "The share of samples kept for the test, drawn by seed, each class by its share; of a text its end. [default: 0.2; 0.1 of a text]",
            share => share is > 0 and < 1, "a number above 0 and below 1");
        var threads = Value.Whole(
            "--threads", "N", "Threads that training may use; the result is the same to the last bit for every number. [default: the number of cores]", 1);
        var patience = Value.Whole(
            "--patience", "N",
            "Stop when the loss has not become better for N epochs, and take the best weights. A fifth of the training part is kept to judge by.", 1);
        var profile = new Option<bool>("--profile") { Description = "Show where the time of a training step goes, step by step." };
        var save = new Option<string?>("--save") { HelpName = "FILE", Description = "Where to save the trained model." };
        var force = new Option<bool>("--force") { Description = "Replace an existing FILE." };

        UsageErrors.RefuseOptions(data);
        var command = new Command("train", "Train a network on a table, on pictures or on a text.") { data };
        var reading = new DataOptions(command);
        var texts = new TextOptions(command);
        foreach (var option in (Option[])[model, hidden, epochs, batch, rate, optimizer, seed, holdout, patience, threads, profile, save, force]) command.Options.Add(option);
        var checkpoints = new CheckpointOptions(command);
        var output = new OutputOptions(command, "a list of figures");
        command.SetAction((parsed, cancellation) => CommandLine.Guard(terminal, () => TrainRun.Execute(
            checkpoints.Apply(parsed, texts.Apply(parsed, reading.Apply(parsed, new TrainSettings
            {
                Data = parsed.GetRequiredValue(data),
                Model = parsed.GetValue(model),
                // Left out, an option of several values has none.
                Hidden = parsed.GetValue(hidden) is { Length: > 0 } sizes ? sizes : null,
                Epochs = parsed.GetValue(epochs),
                Batch = parsed.GetValue(batch),
                LearningRate = parsed.GetValue(rate),
                Optimizer = parsed.GetValue(optimizer) ?? OptimizerKind.Adam,
                Seed = parsed.GetValue(seed) ?? 1,
                Holdout = parsed.GetValue(holdout),
                Patience = parsed.GetValue(patience),
                Threads = parsed.GetValue(threads) ?? Environment.ProcessorCount,
                Profile = parsed.GetValue(profile),
                Save = parsed.GetValue(save),
                Force = parsed.GetValue(force),
                Json = output.WantsJson(parsed),
            }))),
            terminal, cancellation)));
        return command;
    }
}
