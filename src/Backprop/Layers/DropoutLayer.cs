using System.Numerics;
using Backprop.Operations;

namespace Backprop.Layers;

/// <summary>What the layers of dropout share: a rate, and masks that follow from a seed and the training step.</summary>
/// <typeparam name="T">float or double.</typeparam>
public abstract class DropoutLayer<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private protected DropoutLayer(double rate, int seed, string name) : base(name) =>
        (Rate, Masks) = (DropoutMasks.CheckRate(rate), new DropoutMasks(seed));

    /// <summary>The part that is left out.</summary>
    public double Rate { get; }

    /// <summary>Where the masks come from; its step is all that a resumed training needs.</summary>
    public DropoutMasks Masks { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Key, object Value)> Settings => [("rate", Rate), ("seed", Masks.Seed)];

    /// <inheritdoc/>
    protected internal override IEnumerable<(string Path, DropoutMasks Masks)> OwnMasks() => [("", Masks)];

    private protected static int Draw(Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return random.Next();
    }
}
