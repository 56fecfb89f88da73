using System.Numerics;
using Backprop.Layers;

namespace Backprop.Importing;

/// <summary>What layers need of a state dict of PyTorch's.</summary>
internal sealed class PyTorchNeeds<T> : LayerNeeds<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    protected override IEnumerable<Need<T>> OfLayer(Layer<T> layer, string prefix, Flow flow)
    {
        foreach (var (name, parameter) in layer.OwnParameters())
        {
            string path = prefix + name;
            yield return (layer, name) switch
            {
                (Linear<T>, "weight") => Transposed("weight", path, parameter),
                (BatchNorm<T> or LayerNorm<T>, "scale") => Same("weight", path, parameter) with { Usual = 1 },
                (BatchNorm<T> or LayerNorm<T>, "shift") => Same("bias", path, parameter) with { Usual = 0 },
                (_, "runningMean") => Same("running_mean", path, parameter),
                (_, "runningVariance") => Same("running_var", path, parameter),
                // One slope is a list of one there.
                (PRelu<T>, _) => Same("weight", path, parameter) with { Shape = [parameter.Length] },
                _ => Same(name, path, parameter),
            };
        }
    }

    /// <inheritdoc/>
    protected override IEnumerable<Need<T>> OfCell(RecurrentCell<T> cell, string prefix)
    {
        yield return Transposed("weight_ih", $"{prefix}inputWeight", cell.InputWeight);
        yield return Transposed("weight_hh", $"{prefix}recurrentWeight", cell.RecurrentWeight);
        if (cell.Bias is not { } bias) yield break;
        if (cell is GruCell<T> { RecurrentBias: { } second })
        {
            yield return Same("bias_ih", $"{prefix}bias", bias);
            yield return Same("bias_hh", $"{prefix}recurrentBias", second);
        }
        else
        {
            // What is added anyway needs one bias only.
            yield return Same("bias_ih", $"{prefix}bias", bias);
            yield return Same("bias_hh", $"{prefix}bias", bias) with { How = "added" };
        }
    }
}
