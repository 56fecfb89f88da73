namespace Backprop.Cli.Explain.Drawing;

/// <summary>One layer of a network that reads a sequence: a box at every time step.</summary>
/// <param name="Titles">What is written before the row.</param>
/// <param name="Lines">The lines of the box at a time step counted from 0, each with the path of its number or none, and what a pointer reads
/// over it.</param>
/// <param name="Below">What is written beside the arrows that come from the row below; empty for the input.</param>
/// <param name="Carried">What goes on from each time step to the next, from above to below, and what comes to the first: nothing, h, or c
/// and h.</param>
internal sealed record SequenceRow(
    IReadOnlyList<string> Titles, Func<int, (IReadOnlyList<(string Text, string Path)> Lines, string Title)> Lines, string Below,
    IReadOnlyList<(string Label, string Start)> Carried);
