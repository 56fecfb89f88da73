using Backprop.Data;
using Backprop.Saving;
using Backprop.Tabular;
using Backprop.Training;

namespace Backprop.Cli.Train;

/// <summary>What <c>--checkpoint</c> and <c>--resume</c> come to.</summary>
internal static class TrainCheckpoints
{
    /// <summary>Looks at the folder before any work is done. Gives the settings; those of a checkpoint where training goes on from it.</summary>
    /// <exception cref="InputException">The folder is not as the options need it, or an option contradicts the checkpoint.</exception>
    /// <exception cref="DataException">No checkpoint in it is whole.</exception>
    public static TrainSettings Look(TrainSettings settings)
    {
        if (settings.Checkpoint is not { } path) return settings;
        if (path.Length == 0) throw new InputException("--checkpoint: an empty name came; the name of a folder is needed");
        if (File.Exists(path)) throw new InputException($"{path}: a file of this name is there; --checkpoint needs the name of a folder");
        var folder = new CheckpointFolder(path);
        if (!settings.Resume)
            return folder.Files.Count == 0 ? settings
                : throw new InputException($"{path}: there are checkpoints of a training; --resume goes on from them, another folder begins anew");
        if (!Directory.Exists(path)) throw new InputException($"{path}: there is no such folder; leave --resume out to begin");
        return folder.Newest() is { } file ? SavedOptions.Apply(settings, CheckpointFolder.NotesOf(file), file) : settings;
    }

    /// <summary>Where and how often the trainer writes checkpoints; null for not at all.</summary>
    public static Checkpoints? Of(TrainSettings settings, Defaults defaults) => settings.Checkpoint is not { } folder ? null
        : new Checkpoints(folder, settings.Every.Count, settings.Every.Per, settings.Keep)
        {
            Notes = new Dictionary<string, string> { [SavedOptions.Key] = SavedOptions.Write(settings, defaults) },
        };

    /// <summary>Goes on from the newest checkpoint, if that was asked for, and says so.</summary>
    public static void Resume(Trainer<float> trainer, TrainSettings settings, Terminal terminal)
    {
        if (!settings.Resume) return;
        terminal.Note(trainer.Resume()
            ? $"resumed: {trainer.LastCheckpoint}, after {Wording.Count(trainer.Optimizer.Steps, "step")}, {Wording.Count(trainer.Epoch, "whole epoch")}"
            : $"resumed: {settings.Checkpoint} has no checkpoint yet, training begins at the beginning");
    }
}
