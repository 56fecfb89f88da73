using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Explaining;

/// <summary>One number of a term.</summary>
/// <param name="Symbol">What it is called: <c>x[0,1]</c>, <c>δ1[0,0]</c>, <c>1 − a1²</c>, <c>w5</c>.</param>
/// <param name="Value">The number.</param>
/// <param name="Entry">Where it stands on the tape; null for a number that stands nowhere, such as a derivative.</param>
/// <param name="IsGradient">Whether it is an entry of a gradient: the one that comes in from the operation's output.</param>
/// <param name="Path">The path of the entry, by which a reader takes the gradient apart in its turn; empty for a number that stands nowhere.</param>
/// <typeparam name="T">float or double.</typeparam>
public sealed record AnatomyFactor<T>(string Symbol, T Value, TapeEntry<T>? Entry, bool IsGradient, string Path)
    where T : unmanaged, IFloatingPointIeee754<T>;

/// <summary>One part of the sum that a gradient is: local factors times the gradient that comes in.</summary>
/// <param name="Consumer">The operation that reads the number and sends this back; null for what no operation of this tape sent.</param>
/// <param name="From">Where it comes from: the entry of the operation's output, <c>z1[0,1]</c>.</param>
/// <param name="Sample">The sample of the batch that it comes from, from 0; null where it comes from none alone.</param>
/// <param name="Time">The time step of a recurrent network that it comes from, from 1; null where it comes from none.</param>
/// <param name="Factors">The factors, the incoming gradient last.</param>
/// <param name="Value">Their product.</param>
/// <param name="Reason">Why it is 0, <c>ReLU closed, z1 = −0.2</c>; empty for a term that is not.</param>
/// <typeparam name="T">float or double.</typeparam>
public sealed record AnatomyTerm<T>(
    Operation<T>? Consumer, string From, int? Sample, int? Time, IReadOnlyList<AnatomyFactor<T>> Factors, T Value, string Reason)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The gradient that comes in; null where none does.</summary>
    public AnatomyFactor<T>? Incoming => Factors is [.., { IsGradient: true } last] ? last : null;
}
