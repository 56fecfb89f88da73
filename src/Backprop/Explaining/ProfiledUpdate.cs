namespace Backprop.Explaining;

/// <summary>What one update of the weights costs.</summary>
/// <param name="Name">The kind of optimizer, as network files say it: <c>adam</c>.</param>
/// <param name="Time">The time of one update.</param>
/// <param name="Bytes">The bytes of all weights, gradients and remembered numbers that it reads and writes.</param>
public sealed record ProfiledUpdate(string Name, TimeSpan Time, long Bytes);
