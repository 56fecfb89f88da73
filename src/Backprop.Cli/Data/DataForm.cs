namespace Backprop.Cli.Data;

/// <summary>What the axes of a sample mean, which decides the networks that suit it.</summary>
internal enum DataForm
{
    /// <summary>[D], columns in no order.</summary>
    Table,

    /// <summary>[C, H, W].</summary>
    Pictures,

    /// <summary>[T, D], columns at one time after the other.</summary>
    Series,

    /// <summary>[T], the numbers of tokens; the target has the next token of each.</summary>
    Text,
}
