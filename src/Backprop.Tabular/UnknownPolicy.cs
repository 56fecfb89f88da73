namespace Backprop.Tabular;

/// <summary>What happens to a text that its column did not hold in the training part.</summary>
public enum UnknownPolicy
{
    /// <summary>An error names the line and the column.</summary>
    Refuse,

    /// <summary>It is none of the known values: all their inputs are 0, and so is the vector of an embedded column.</summary>
    Ignore,
}
