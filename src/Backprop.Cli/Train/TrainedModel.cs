using Backprop.Cli.Data;
using Backprop.Layers;
using Backprop.Saving;
using Backprop.Tabular;

namespace Backprop.Cli.Train;

/// <summary>A trained model with all that is needed to use it again.</summary>
internal static class TrainedModel
{
    public static SavedModel<float> Of(Sequential<float> model, TrainingData data) => new(model, data.Train.SampleShape)
    {
        Task = Words.Of(data.Task),
        Loss = data.Task == TaskKind.Classification ? "softmax_cross_entropy" : "mean_squared_error",
        ClassNames = data.Train.ClassNames,
        InputTransforms = data.InputTransforms,
        TargetTransforms = data.TargetTransforms,
        Notes = data.Notes,
    };
}
