namespace Backprop.Losses;

/// <summary>How the losses of single elements (or samples) become one number.</summary>
public enum Reduction
{
    /// <summary>Their sum divided by their number, so that the loss does not grow with the batch.</summary>
    Mean,

    /// <summary>Their sum.</summary>
    Sum,
}
