namespace Backprop.Data;

/// <summary>What the axes of an array of samples mean.</summary>
public enum ArrayLayout
{
    /// <summary>[N, D]: columns in no order; further axes are laid side by side.</summary>
    Columns,

    /// <summary>[N, H, W], pictures of one channel, or [N, C, H, W].</summary>
    Pictures,

    /// <summary>[N, H, W, C]: pictures whose channels come last; they are turned to [N, C, H, W].</summary>
    ChannelsLast,

    /// <summary>[N, T, D]: columns at one time after the other.</summary>
    Sequences,
}

/// <summary>Which arrays of a NumPy file are samples and targets, and what they mean; null where the usual rules decide.</summary>
/// <param name="Inputs">The name of the array of samples.</param>
/// <param name="Targets">The name of the array of targets.</param>
/// <param name="Layout">What the axes of the samples mean.</param>
/// <param name="Classes">Whether the targets are classes; if not, they are numbers.</param>
public sealed record ArrayForm(string? Inputs = null, string? Targets = null, ArrayLayout? Layout = null, bool? Classes = null);
