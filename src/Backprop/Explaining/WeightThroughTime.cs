using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Explaining;

/// <summary>The gradient of a recurrent network's parameter, by time steps, and beside it what shorter ways back give instead.</summary>
/// <param name="Path">The path of the parameter: <c>rnn1.recurrentWeight</c>.</param>
/// <param name="Symbol">What it is called: <c>Wh</c>.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Gradient">The whole gradient, row-major.</param>
/// <param name="Shares">What each time step adds to it, t = 1 … T. With <paramref name="Outside"/> they sum to the whole.</param>
/// <param name="Outside">What reaches the parameter past this network: a penalty, or another network on the same weights; null for nothing.</param>
/// <param name="LastTimeStepOnly">What is left where only the last time step counts, and what comes from outside.</param>
/// <param name="Truncated">What is left where the gradient is cut after some time steps; null where nobody asked.</param>
/// <typeparam name="T">float or double.</typeparam>
public sealed record WeightThroughTime<T>(
    string Path, string Symbol, Shape Shape, IReadOnlyList<T> Gradient, IReadOnlyList<TimeShare<T>> Shares, TimeShare<T>? Outside,
    ComparedGradient<T> LastTimeStepOnly, ComparedGradient<T>? Truncated) where T : unmanaged, IFloatingPointIeee754<T>;

/// <summary>What one time step adds to a gradient.</summary>
/// <param name="Time">t, from 1; null for what comes from outside the network.</param>
/// <param name="Values">The part, row-major: the sum of the terms of the operations of this time step.</param>
/// <param name="Norm">Its Euclidean norm.</param>
/// <param name="Share">Its projection on the whole gradient g, part·g / g·g: the shares sum to 1, a negative one pulls the other way.
/// NaN where the whole is 0.</param>
/// <typeparam name="T">float or double.</typeparam>
public sealed record TimeShare<T>(int? Time, IReadOnlyList<T> Values, double Norm, double Share) where T : unmanaged, IFloatingPointIeee754<T>;
