using System.Globalization;
using Backprop.Cli.Data;
using Backprop.Saving;
using Backprop.Tabular;
using Backprop.Tensors;
using Backprop.Training;

namespace Backprop.Cli.Predict;

/// <summary><c>backprop predict</c> from the model to the result.</summary>
internal static class PredictRun
{
    private const int BatchSize = 256;

    public static int Execute(PredictSettings settings, Terminal terminal, CancellationToken cancellation)
    {
        if (settings.Save is { } file)
        {
            OutputFile.Check(file, settings.Force);
            OutputFile.Spare(settings.Words.Model, file, "--save");
            OutputFile.Spare(settings.Words.Data, file, "--save");
        }
        if (!File.Exists(settings.Words.Model)) throw new InputException($"{settings.Words.Model}: there is no such file");
        var model = SavedModel<float>.Load(settings.Words.Model);
        if (TextFacts.Of(model, settings.Words.Model) is not null)
            throw new InputException(
                $"{settings.Words.Model}: it was trained on a text, and writes one on: --prompt TEXT in the place of {settings.Words.Data}; " +
                "how well it expects the text of a file backprop evaluate says");
        var samples = DataSources.ReadSamples(settings.Words, model, terminal);
        var kept = KeptColumns.Of(samples, settings);
        var result = Named(Result(model, samples, Outputs(model, samples.Inputs, settings, cancellation), settings), samples.Names).With(kept, samples.FirstRow);
        if (model.ClassNames.Count > 0 && !model.GivesProbabilities)
            terminal.Note($"probabilities: none, for {model.Loss} gives scores; the numbers beside the classes only put them in order");
        if (result.Accuracy is { } accuracy) terminal.Note(string.Create(CultureInfo.InvariantCulture, $"accuracy: {accuracy:G6}"));
        if (result.Rmse is { } rmse) terminal.Note(string.Create(CultureInfo.InvariantCulture, $"RMSE: {rmse:G6}"));
        string text = settings.Json ? $"{Json.Of(result)}\n" : result.ToCsv();
        if (settings.Save is { } path)
        {
            OutputFile.Write(path, text);
            terminal.Note($"written: {path}");
        }
        else terminal.Output.Write(text);
        return ExitCode.Done;
    }

    /// <summary>What the model says about every sample, batch by batch.</summary>
    private static List<float[]> Outputs(SavedModel<float> model, Tensor<float> inputs, PredictSettings settings, CancellationToken cancellation)
    {
        var predictor = model.Model.Predictor();
        int classes = model.ClassNames.Count;
        var outputs = new List<float[]>();
        int count = inputs.Shape[0], size = count == 0 ? 0 : inputs.Length / count;
        for (int start = 0; start < count; start += BatchSize)
        {
            cancellation.ThrowIfCancellationRequested();
            int rows = Math.Min(BatchSize, count - start);
            var batch = predictor.Predict(Nn<float>.Tensor(inputs.Shape.With(0, rows), inputs.Values.Slice(start * size, rows * size)));
            bool fits = batch.Shape.Rank == 2 && (classes == 0 ? batch.Shape[1] == 1 : batch.Shape[1] == classes || (batch.Shape[1], classes) == (1, 2));
            if (!fits)
                throw new InputException(
                    $"{settings.Words.Model}: its network gives {batch.Shape.Without(0)} for a sample; [{Math.Max(1, classes)}] is needed, one number or one for each class");
            var answers = classes == 0 ? batch : model.Probabilities(batch);
            int width = answers.Shape[1];
            for (int row = 0; row < rows; row++) outputs.Add(answers.Values.Slice(row * width, width).ToArray());
        }
        return outputs;
    }

    private static PredictResult Result(SavedModel<float> model, Samples samples, List<float[]> outputs, PredictSettings settings)
    {
        for (int row = 0; row < outputs.Count; row++)
            if (!outputs[row].All(float.IsFinite))
                throw new InputException(
                    $"{settings.Words.Data}: the network's answer to sample {samples.RowOf(row)} is no finite number; is the sample far from those that trained?");
        if (model.ClassNames.Count > 0) return Classified(model, samples, outputs);
        double[] numbers = [.. outputs.Select(output => Number(model, output))];
        double? rmse = samples.Numbers is { } right ? Math.Sqrt(numbers.Zip(right, (said, number) => (said - number) * (said - number)).Average()) : null;
        return new PredictResult(TaskKind.Regression, numbers.Length, null, null, rmse, [.. numbers.Select((number, i) => new Prediction(samples.RowOf(i), number, null))]);
    }

    private static PredictResult Named(PredictResult result, IReadOnlyList<string>? names) => names is null ? result
        : result with { Predictions = [.. result.Predictions.Zip(names, (prediction, name) => prediction with { File = name })] };

    private static PredictResult Classified(SavedModel<float> model, Samples samples, List<float[]> outputs)
    {
        int[] places = [.. outputs.Select(output => ClassScore<float>.Highest(output))];
        double? accuracy = samples.Classes is { } right ? places.Zip(right, (said, place) => said == place ? 1.0 : 0).Average() : null;
        return new PredictResult(
            TaskKind.Classification, places.Length, model.ClassNames, accuracy, null,
            [.. outputs.Select((output, i) => new Prediction(samples.RowOf(i), model.ClassNames[places[i]], output))]);
    }

    /// <summary>Back through the target's transforms, from the last to the first.</summary>
    private static double Number(SavedModel<float> model, float[] output) =>
        model.TargetTransforms.Reverse().Aggregate(Nn<double>.Tensor([1, 1], output[0]), (values, transform) => transform.Invert(values)).Value;
}
