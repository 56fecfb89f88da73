using System.Numerics;
using Backprop.Layers;
using Backprop.Tensors;

namespace Backprop.Importing;

/// <summary>What layers need of a file of this library's: the same.</summary>
internal sealed class OwnNeeds<T> : LayerNeeds<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly HashSet<Parameter<T>> seen = [];

    /// <inheritdoc/>
    // A parameter that layers share stands in the file once.
    protected override IEnumerable<Need<T>> OfLayer(Layer<T> layer, string prefix, Flow flow) =>
        layer.OwnParameters().Where(own => seen.Add(own.Parameter)).Select(own => Same(own.Path, prefix + own.Path, own.Parameter));

    /// <inheritdoc/>
    protected override IEnumerable<Need<T>> OfCell(RecurrentCell<T> cell, string prefix) =>
        cell.OwnParameters().Where(own => seen.Add(own.Parameter)).Select(own => Same(own.Path, prefix + own.Path, own.Parameter));
}
