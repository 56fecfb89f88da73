namespace Backprop.Tabular;

/// <summary>What a network learns to say about a row.</summary>
public enum TaskKind
{
    /// <summary>To which of several classes it belongs.</summary>
    Classification,

    /// <summary>A number.</summary>
    Regression,
}
