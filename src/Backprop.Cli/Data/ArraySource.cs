using Backprop.Cli.Train;
using Backprop.Data;
using Backprop.Saving;
using Backprop.Tabular;
using Backprop.Tensors;

namespace Backprop.Cli.Data;

/// <summary>An .npz file with an array of samples and one of targets; later samples may be a single .npy file.</summary>
internal sealed class ArraySource : DataSource
{
    public override string Called => "a file of NumPy's arrays";

    public override IReadOnlyList<string> Options =>
        ["--task", "--scale", ArrayOptions.InputsName, ArrayOptions.TargetsName, ArrayOptions.LayoutName, PictureOptions.AugmentName];

    public override bool Takes(TrainSettings settings) => File.Exists(settings.Data) && IsNamedSo(settings.Data);

    /// <summary>Whether a file has the name of one.</summary>
    public static bool IsNamedSo(string file) => Path.GetExtension(file).ToLowerInvariant() is ".npz" or ".npy";

    public override TrainingData Read(TrainSettings settings, Random random, Terminal terminal)
    {
        bool? classes = settings.Task is { } task ? task == TaskKind.Classification : null;
        var form = new ArrayForm(settings.Inputs, settings.Targets, (ArrayLayout?)settings.Layout, classes);
        return ArrayData<float>.LayoutOf(settings.Data, form) is ArrayLayout.Pictures or ArrayLayout.ChannelsLast
            ? Pictures(ArrayData<float>.Read(settings.Data, form), settings, random, terminal)
            // Columns in double up to the end: large numbers that differ little would lose their differences in float.
            : Numbers(ArrayData<double>.Read(settings.Data, form), settings, random, terminal);
    }

    public override bool Trained(SavedModel<float> model) => model.Notes.ContainsKey(ArrayNote.Key);

    public override Samples ReadSamples(SampleWords words, SavedModel<float> model, Terminal terminal)
    {
        if (words.Header is not null) throw new InputException($"--header belongs to a table; the model {words.Model} was trained on NumPy's arrays");
        if (!File.Exists(words.Data) || !IsNamedSo(words.Data))
            throw new InputException($"{words.Data}: the model {words.Model} was trained on NumPy's arrays; an .npz or .npy file is needed");
        var form = model.Notes.TryGetValue(ArrayNote.Key, out string? note) ? ArrayNote.Read(note, words.Model) : new ArrayForm();
        return Later(words, model, form, "samples", terminal);
    }

    /// <summary>Later pictures for a model of pictures, whatever trained it.</summary>
    public static Samples LaterPictures(SampleWords words, SavedModel<float> model, Terminal terminal) => Later(words, model, new ArrayForm(), "pictures", terminal);

    private static Samples Later(SampleWords words, SavedModel<float> model, ArrayForm form, string called, Terminal terminal)
    {
        var (inputs, targets) = ArrayData<double>.ReadLater(words.Data, model.ClassNames, form);
        if (called == "samples" && inputs.Shape.Without(0) != model.Input)
            throw new DataException(words.Data, $"its samples are {inputs.Shape.Without(0)}; the model needs {model.Input}");
        string with = targets is null ? "" : model.ClassNames.Count > 0 ? " with their classes" : " with the right numbers";
        terminal.Note($"data: {Wording.Count(inputs.Shape[0], "sample")}{with}");
        return new Samples(
            PictureSamples.Inputs(inputs, words, model), Classes: targets is Indices classes ? classes.Values.ToArray() : null,
            Numbers: targets is Tensor<double> numbers ? [.. numbers.Values.ToArray()] : null);
    }

    private static TrainingData Pictures(ArrayData<float> arrays, TrainSettings settings, Random random, Terminal terminal)
    {
        Say(arrays, settings, terminal);
        var parted = PictureParts.Of(arrays.Train, arrays.Test, "with test in its name", settings, random, terminal);
        return arrays.HasFractions ? parted with { Notes = new Dictionary<string, string> { [PictureSamples.WhiteNote] = White(arrays.Train.Inputs) } } : parted;
    }

    /// <summary>What white is among the pixels, for pictures from files that the model may meet later: 1 or 255, or unknown where some are
    /// negative or above.</summary>
    private static string White(Tensor<float> pixels)
    {
        float least = 0, most = 0;
        foreach (float pixel in pixels.Values) (least, most) = (Math.Min(least, pixel), Math.Max(most, pixel));
        return least < 0 || most > 255 ? PictureSamples.UnknownWhite : most <= 1 ? "1" : "255";
    }

    private static TrainingData Numbers(ArrayData<double> arrays, TrainSettings settings, Random random, Terminal terminal)
    {
        if (settings.Augment is not null)
            throw new InputException($"{PictureOptions.AugmentName} changes pictures; the samples in {settings.Data} are {Words.Of((LayoutKind)arrays.Layout)}");
        Say(arrays, settings, terminal);
        var (train, test, places) = PictureParts.Parted(arrays.Train, arrays.Test, "with test in its name", "sample", settings, random, terminal);
        var scale = Scales.OfColumns(settings.Scale, train.Inputs);
        var targetScale = train.Targets is Tensor<double> numbers ? Scales.OfColumns(settings.Scale, numbers) : null;
        terminal.Note($"inputs: {train.SampleShape}, {Scales.OfColumns(settings.Scale)}");
        return new TrainingData(
            Standardized.Of(train, scale, targetScale), Standardized.Of(test, scale, targetScale),
            train.Targets is Indices ? TaskKind.Classification : TaskKind.Regression, arrays.Layout == ArrayLayout.Sequences ? DataForm.Series : DataForm.Table)
        {
            Independent = true,
            TestOrigins = new SampleOrigins(sample => $"sample {places[sample] + 1}"),
            InputTransforms = Scales.Listed(scale),
            TargetTransforms = Scales.Listed(targetScale),
            TargetScale = targetScale?.Sizes[0] ?? 1,
            Notes = new Dictionary<string, string> { [ArrayNote.Key] = ArrayNote.Write(arrays.Inputs, arrays.Targets, arrays.Layout) },
        };
    }

    private static void Say<T>(ArrayData<T> arrays, TrainSettings settings, Terminal terminal) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        string layout = arrays.Layout switch
        {
            ArrayLayout.Pictures => "pictures",
            ArrayLayout.ChannelsLast => "pictures, channels last turned to the front",
            ArrayLayout.Sequences => "sequences, time before columns",
            _ => "columns",
        };
        string otherwise = settings.Layout is null && arrays.Layout != ArrayLayout.Columns ? $"; {ArrayOptions.LayoutName} sequences or columns, if they are none" : "";
        terminal.Note($"samples: {arrays.Inputs}, {layout}{otherwise}");
        bool classes = arrays.Train.Targets is Indices;
        if (!classes && arrays.Train.Targets.Shape[1] != 1)
            throw new InputException($"{settings.Data}: {arrays.Targets} has {arrays.Train.Targets.Shape[1]} numbers for each sample; one number, or a class, is needed");
        string reason = settings.Task is not null ? "as --task says" : classes ? "for they are whole numbers or rows with a single 1 (--task regression takes the numbers)"
            : "for they are fractions";
        terminal.Note($"targets: {arrays.Targets}, {(classes ? $"{arrays.Train.ClassCount} classes" : "numbers to predict")}, {reason}");
        if (arrays.Unused.Count > 0) terminal.Note($"left out: {Wording.List(arrays.Unused)}");
    }
}
