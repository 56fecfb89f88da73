namespace Backprop.Tabular;

/// <summary>What happens to a row with a missing value.</summary>
/// <remarks>
/// Missing is an empty cell; in a column of numbers also NA, N/A, NaN, null and ?, in capital or small letters. In a column of text such a word is
/// a value like any other.
/// A missing target is never made up: under <see cref="Fill"/>, too, its row is left out.
/// </remarks>
public enum MissingPolicy
{
    /// <summary>An error names the line and the column.</summary>
    Refuse,

    /// <summary>The row is left out.</summary>
    Drop,

    /// <summary>A number becomes the median of its column in the training part, a text the value "missing" of its own.</summary>
    Fill,
}
