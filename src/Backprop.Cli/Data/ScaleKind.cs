namespace Backprop.Cli.Data;

/// <summary>How numbers are brought to a size that suits networks.</summary>
internal enum ScaleKind
{
    /// <summary>To mean 0 and deviation 1.</summary>
    Standard,

    /// <summary>Into 0 … 1.</summary>
    Min_Max,

    /// <summary>Not at all.</summary>
    None,
}
