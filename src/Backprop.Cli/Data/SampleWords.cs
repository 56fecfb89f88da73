namespace Backprop.Cli.Data;

/// <summary>Which samples a model is to meet.</summary>
/// <param name="Model">The model file.</param>
/// <param name="Data">The samples: a table, an IDX file, or a folder with some.</param>
/// <param name="Header">Whether the first row of a table names the columns; null as in training.</param>
internal sealed record SampleWords(string Model, string Data, bool? Header = null);
