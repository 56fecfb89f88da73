using System.Numerics;
using Backprop.Saving;

namespace Backprop.Cli.Networks;

/// <summary>A network that was found, to be built in float or double, as often as it is needed.</summary>
internal abstract class OpenedNetwork
{
    /// <summary>What it is called in messages.</summary>
    public required string File { get; init; }

    /// <summary>Whether its numbers are float.</summary>
    public required bool IsSinglePrecision { get; init; }

    /// <summary>A SHA-256, in hexadecimal digits, that tells it with its data from every other.</summary>
    public required string Identity { get; init; }

    /// <summary>Builds it: a new one each time.</summary>
    /// <exception cref="Backprop.Data.DataException">What the file says does not fit.</exception>
    public abstract NetworkFile<T> Build<T>() where T : unmanaged, IFloatingPointIeee754<T>;
}
