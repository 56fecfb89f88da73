using Backprop.Cli.Train;
using Backprop.Data;
using Backprop.Saving;

namespace Backprop.Cli.Data;

/// <summary>A folder of IDX files; later pictures may be a single IDX file, too.</summary>
internal sealed class IdxSource : DataSource
{
    public override string Called => "a folder of pictures, whose labels are the classes";

    public override IReadOnlyList<string> Options => ["--scale", PictureOptions.AugmentName];

    public override bool Takes(TrainSettings settings) => Directory.Exists(settings.Data);

    public override TrainingData Read(TrainSettings settings, Random random, Terminal terminal)
    {
        if (!Directory.EnumerateFiles(settings.Data).Any(file => Path.GetFileName(file).Contains("idx", StringComparison.Ordinal))) throw Neither(settings.Data);
        var (train, test) = IdxFolder.Read<float>(settings.Data);
        return PictureParts.Of(train, test, "t10k-…", settings, random, terminal);
    }

    /// <summary>A model of pictures needs no note about them: their shape is that of its input.</summary>
    public override bool Trained(SavedModel<float> model) => model.Input.Rank >= 2;

    public override Samples ReadSamples(SampleWords words, SavedModel<float> model, Terminal terminal) => PictureSamples.Read(words, model, terminal);

    /// <summary>What is said of a folder that holds no pictures in any form.</summary>
    public static InputException Neither(string folder) => new(
        $"{folder}: there are no pictures in it; PNG, JPEG or BMP files in a sub-folder for each class are needed, as in cat/1.png, "
        + "or IDX files under MNIST's names, as in train-images-idx3-ubyte");
}
