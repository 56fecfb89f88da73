using Backprop.Cli.Train;
using Backprop.Data;
using Backprop.Pictures;
using Backprop.Saving;

namespace Backprop.Cli.Data;

/// <summary>A folder of PNG, JPEG or BMP files, in a sub-folder for each class.</summary>
internal sealed class PictureSource : DataSource
{
    public override string Called => "a folder of pictures by class";

    public override IReadOnlyList<string> Options => ["--scale", PictureOptions.SizeName, PictureOptions.ColourName, PictureOptions.AugmentName];

    public override bool Takes(TrainSettings settings) => PictureFolder.IsOne(settings.Data) && !IdxFolder.IsOne(settings.Data);

    public override TrainingData Read(TrainSettings settings, Random random, Terminal terminal)
    {
        var folder = PictureFolder.Open(settings.Data);
        var (train, test) = folder.Read<float>(new PictureForm(settings.Colour, settings.Size), terminal.Note);
        if (settings.Size is { } size) terminal.Note($"resized: to height {size.Height} and width {size.Width}; what has another ratio is stretched");
        return PictureParts.Of(train, test, folder.TestName, settings, random, terminal, [.. folder.Train.Concat(folder.Test).Select(file => file.Name)]);
    }

    /// <summary>A model of pictures does not care from which files they come: <see cref="IdxSource"/> answers for all.</summary>
    public override bool Trained(SavedModel<float> model) => false;

    public override Samples ReadSamples(SampleWords words, SavedModel<float> model, Terminal terminal) => PictureSamples.Read(words, model, terminal);
}
