namespace Backprop.Tabular;

/// <summary>Whether the first row of a table names its columns, and why.</summary>
/// <remarks>The rule: it does when it has a text in a column whose other cells are numbers; missing values are neither.</remarks>
/// <param name="HasHeader">Whether it does.</param>
/// <param name="Reason">Why, in words that can follow "because".</param>
public sealed record HeaderDecision(bool HasHeader, string Reason);
