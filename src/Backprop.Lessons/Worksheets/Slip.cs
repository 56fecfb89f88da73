namespace Backprop.Lessons.Worksheets;

/// <summary>What somebody may have done in place of the right calculation.</summary>
/// <param name="Sentence">What was done.</param>
/// <param name="Number">What comes out.</param>
/// <param name="Everywhere">Whether it can be done alike at every number of a line; else it is about one place alone.</param>
public sealed record Slip(string Sentence, double Number, bool Everywhere = true);
