using System.CommandLine;
using System.CommandLine.Parsing;

namespace Backprop.Cli.Train;

/// <summary>The options of checkpoints: where, how often, how many, and going on from the last one.</summary>
internal sealed class CheckpointOptions : IOptionGroup
{
    public CheckpointOptions(Command command)
    {
        foreach (var option in (Option[])[Folder, Every, Keep, Resume]) command.Options.Add(option);
    }

    public Option<string?> Folder { get; } = new("--checkpoint")
    {
        HelpName = "FOLDER",
        Description = "Where to write down, again and again and when it is interrupted, all that training would go on from.",
    };

    public Option<CheckpointInterval?> Every { get; } = new("--every")
    {
        HelpName = "N|Nsteps",
        Description = "After how many epochs, or steps, a checkpoint is written. [default: 1]",
        CustomParser = Read,
    };

    public Option<int?> Keep { get; } = Value.Whole("--keep", "K", "How many of the last checkpoints are kept. [default: 3]", 1);

    public Option<bool> Resume { get; } = new("--resume")
    {
        Description = "Go on from the last checkpoint in FOLDER, with its options; the result is as if training had never stopped.",
    };

    /// <summary>The settings with what was given here, and with the names of all options that were given.</summary>
    /// <exception cref="InputException">An option stands without the folder that it belongs to.</exception>
    public TrainSettings Apply(ParseResult parsed, TrainSettings settings)
    {
        string[] given = [.. parsed.CommandResult.Children.OfType<OptionResult>().Where(option => !option.Implicit).Select(option => option.Option.Name)];
        if (parsed.GetValue(Folder) is null && given.FirstOrDefault(name => name == Every.Name || name == Keep.Name || name == Resume.Name) is { } alone)
            throw new InputException($"{alone} belongs to checkpoints; --checkpoint FOLDER is missing");
        return settings with
        {
            Checkpoint = parsed.GetValue(Folder),
            Every = parsed.GetValue(Every) ?? new CheckpointInterval(1, Optimizers.Period.Epoch),
            Keep = parsed.GetValue(Keep) ?? 3,
            Resume = parsed.GetValue(Resume),
            Given = given,
        };
    }

    private static CheckpointInterval? Read(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (CheckpointInterval.Parse(text) is { } interval) return interval;
        result.AddError($"--every: '{text}' came; a number of epochs or steps from 1 on is needed, as in 5 or 200steps");
        return null;
    }
}
