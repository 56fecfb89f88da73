using System.CommandLine;
using Backprop.Cli.Data;

namespace Backprop.Cli.Train;

/// <summary><c>backprop train DATA</c>: its words and options.</summary>
internal static class TrainCommand
{
    public static Command Create(Terminal terminal)
    {
        var data = new Argument<string?>("DATA")
        {
            Description = "A CSV or TSV file, a text (.txt), a folder of pictures (PNG, JPEG, BMP) with a sub-folder for each class, or one with IDX files under "
                + $"MNIST's names, NumPy's arrays (.npz); or what the program draws: {string.Join(", ", GeneratedKind.Names)}. [default: {GeneratedKind.Usual}]",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var model = new Option<string?>("--model")
        {
            HelpName = $"{string.Join('|', Enum.GetValues<ModelKind>().Select(Words.Of))}|FILE",
            Description = "The network: fully connected; LeNet-5; a recurrent one, which reads a picture row by row; or a network file, or a saved model whose weights are trained on. [default: mlp; lstm for a text]",
        };
        var loss = new Option<string?>("--loss")
        {
            HelpName = "LOSS",
            Description = "What is made small: softmax_cross_entropy, huber:0.5 or another loss of network files. [default: the file's; else softmax_cross_entropy, or mean_squared_error for numbers]",
        };
        loss.Validators.Add(result =>
        {
            try
            {
                LossChoice.Parse(result.Tokens[0].Value);
            }
            catch (InputException error)
            {
                result.AddError(error.Message);
            }
        });
        var classWeights = new Option<string?>("--class-weights")
        {
            HelpName = "WEIGHTS",
            Description = "How much each class counts: balanced, or NAME=WEIGHT with commas between them.",
        };
        var hidden = Value.Sizes(
            "--hidden", "SIZES", "Hidden units, layer by layer. [default: mlp 32,16, for pictures 128; rnn, lstm, gru 128, for a time series 8, for a text 256]");
        var epochs = Value.Whole("--epochs", "N", "Passes over the training part. [default: 100, for pictures 10; fewer the longer a time series or a text]", 1);
        var batch = Value.Whole("--batch", "N", "Samples per step. [default: 32; 64 for pictures]", 1);
        var seed = Value.Whole(
            "--seed", "N", "Draws the weights, the hold-out and the order; the same seed gives the same result. [default: 1]", 0);
        var holdout = Value.Number(
            "--holdout", "SHARE", "The share of samples kept for the test, drawn by seed, each class by its share; of a time series or a text its end. [default: 0.2; 0.1 of a text]",
            share => share is > 0 and < 1, "a number above 0 and below 1");
        var threads = Value.Whole(
            "--threads", "N", "Threads that training may use; the result is the same to the last bit for every number. [default: the number of cores]", 1);
        var patience = Value.Whole(
            "--patience", "N",
            "Stop when the loss has not become better for N epochs, and take the best weights. A fifth of the training part is kept to judge by.", 1);
        var profile = new Option<bool>("--profile") { Description = "Show where the time of a training step goes, step by step." };
        var save = new Option<string?>("--save") { HelpName = "FILE", Description = "Where to save the trained model." };
        var log = new Option<string?>("--log")
        {
            HelpName = "FILE",
            Description = "Where to write how training goes, one JSON object in each line. With --resume it goes on where the checkpoint was written.",
        };
        var force = new Option<bool>("--force") { Description = "Replace an existing FILE." };

        UsageErrors.RefuseOptions(data);
        var command = new Command("train", "Train a network on a table, a time series, pictures, a text, or data that the program draws.") { data };
        IOptionGroup[] reading =
        [
            new DataOptions(command), new SeriesOptions(command), new TextOptions(command), new PictureOptions(command), new ArrayOptions(command),
            new GeneratedOptions(command),
        ];
        foreach (var option in (Option[])[model, hidden, loss, classWeights, epochs, batch, patience, holdout, seed, threads]) command.Options.Add(option);
        IOptionGroup[] groups = [.. reading, new OptimizerOptions(command), new CheckpointOptions(command)];
        foreach (var option in (Option[])[save, log, force, profile]) command.Options.Add(option);
        var output = new OutputOptions(command, "a list of figures");
        command.SetAction((parsed, cancellation) => CommandLine.Guard(terminal, () =>
        {
            var settings = WithModel(
                new TrainSettings
                {
                    Data = parsed.GetValue(data) ?? GeneratedKind.Usual,
                    // Left out, an option of several values has none.
                    Hidden = parsed.GetValue(hidden) is { Length: > 0 } sizes ? sizes : null,
                    Epochs = parsed.GetValue(epochs),
                    Batch = parsed.GetValue(batch),
                    Loss = parsed.GetValue(loss),
                    ClassWeights = parsed.GetValue(classWeights),
                    Seed = parsed.GetValue(seed) ?? 1,
                    Holdout = parsed.GetValue(holdout),
                    Patience = parsed.GetValue(patience),
                    Threads = parsed.GetValue(threads) ?? Environment.ProcessorCount,
                    Profile = parsed.GetValue(profile),
                    Save = parsed.GetValue(save),
                    Log = parsed.GetValue(log),
                    Force = parsed.GetValue(force),
                    Json = output.WantsJson(parsed),
                },
                parsed.GetValue(model));
            return TrainRun.Execute(groups.Aggregate(settings, (whole, group) => group.Apply(parsed, whole)), terminal, cancellation);
        }));
        return command;
    }

    /// <summary>The settings with what stood behind <c>--model</c>: the word of a network that fits itself to the data, or else where one is to be found.</summary>
    public static TrainSettings WithModel(TrainSettings settings, string? word)
    {
        foreach (var kind in Enum.GetValues<ModelKind>())
            if (Words.Of(kind) == word) return settings with { Model = kind };
        return settings with { Network = word };
    }
}
