using System.Numerics;
using Backprop.Explaining;

namespace Backprop.Cli.Explain;

/// <summary>A gradient taken apart, and what its weight became.</summary>
/// <param name="Anatomy">Its terms.</param>
/// <param name="Update">The update of the entry; null where the gradient is that of no weight that is trained.</param>
internal sealed record ExplainedWhy<T>(GradientAnatomy<T> Anatomy, EntryUpdate<T>? Update) where T : unmanaged, IFloatingPointIeee754<T>;

/// <summary>The update of one weight.</summary>
/// <param name="Name">The weight: <c>W1[0,1]</c>, or the textbook's name.</param>
/// <param name="Numbers">The right-hand side with the numbers put in.</param>
/// <param name="Before">The old weight.</param>
/// <param name="After">The new one.</param>
internal sealed record EntryUpdate<T>(string Name, string Numbers, T Before, T After) where T : unmanaged, IFloatingPointIeee754<T>;
