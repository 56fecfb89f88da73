namespace Backprop.Tabular;

/// <summary>A row as it stands in the file.</summary>
/// <param name="Line">The line at which it starts, from 1.</param>
/// <param name="Cells">Its cells, without quotes and the spaces around them.</param>
internal sealed record Record(int Line, string[] Cells);
