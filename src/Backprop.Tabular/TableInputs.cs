namespace Backprop.Tabular;

/// <summary>The inputs of the rows of a table, and what had to be done to get them.</summary>
/// <param name="Values">The inputs, row after row.</param>
/// <param name="Filled">How many missing values were filled.</param>
/// <param name="Unknown">The texts that the training part did not hold, each once, with their columns: <c>ash in 'kind'</c>.</param>
public sealed record TableInputs(double[] Values, int Filled, IReadOnlyList<string> Unknown);
