using System.Numerics;
using Backprop.Data;
using Backprop.Explaining;
using Backprop.Layers;
using Backprop.Saving;

namespace Backprop.Lessons.Networks;

/// <summary>What flows back through time in a training step of a network file.</summary>
public static class StepThroughTime
{
    /// <summary>Reads it. Call it before the step's own recording: afterwards the parameters have no gradients.</summary>
    /// <param name="network">The network.</param>
    /// <param name="batch">What the step reads.</param>
    /// <param name="truncate">After how many time steps the gradient is cut that stands beside the whole one, 1 or more; as the file says if left out, or half
    /// of the longest sequence.</param>
    /// <remarks>The whole gradient is that of a recording without any cut, also where the file has one.</remarks>
    public static ThroughTime<T> Of<T>(NetworkFile<T> network, Batch<T> batch, int? truncate = null) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(batch);
        return ThroughTime<T>.Of(
            network.Model.Parameters, [batch.Inputs, batch.Targets],
            k => network.LossOf(network.Model.Unroll(_ => k).Forward(batch.Inputs), batch.Targets).Loss, truncate ?? TruncationOf(network.Model));
    }

    /// <summary>After how many time steps a model cuts its gradients, the least where its recurrent networks differ; null where none does.</summary>
    public static int? TruncationOf<T>(Layer<T> model) where T : unmanaged, IFloatingPointIeee754<T> => RecurrentOf(model).Min(layer => layer.Truncate);

    /// <summary>The recurrent networks of a model, in the order of its layers.</summary>
    public static IReadOnlyList<RecurrentLayer<T>> RecurrentOf<T>(Layer<T> model) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        var found = new List<RecurrentLayer<T>>();
        model.Unroll(layer =>
        {
            found.Add(layer);
            return layer.Truncate;
        });
        return found;
    }
}
