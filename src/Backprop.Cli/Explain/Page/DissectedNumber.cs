using System.Numerics;
using Backprop.Explaining;

namespace Backprop.Cli.Explain.Page;

/// <summary>A number of a step that a page can take apart.</summary>
/// <param name="Value">The number itself, before the update.</param>
/// <param name="Anatomy">The terms of its gradient.</param>
internal sealed record DissectedNumber<T>(T Value, GradientAnatomy<T> Anatomy) where T : unmanaged, IFloatingPointIeee754<T>;
