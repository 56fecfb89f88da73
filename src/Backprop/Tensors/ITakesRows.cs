namespace Backprop.Tensors;

/// <summary>An operation whose output is rows of its first input, a table. A second input, if there is one, holds their numbers.</summary>
internal interface ITakesRows
{
    /// <summary>Which entry of the table an entry of the output is, both in row-major order.</summary>
    int Taken(int index);
}
