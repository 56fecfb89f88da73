namespace Backprop.Cli.Evaluate;

/// <summary>Which samples of the data a model is judged by.</summary>
internal enum DataPart
{
    /// <summary>Those that training kept for the test.</summary>
    Test,

    /// <summary>Those that trained.</summary>
    Train,

    /// <summary>Every one.</summary>
    All,
}
