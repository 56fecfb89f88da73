using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Kernels;

/// <summary>n = tanh(n's weighted sum of x + r·q), h_t = (1 − z)·n + z·h_(t−1), of one row.</summary>
/// <param name="gates">r and z, and n's weighted sum of x, one behind the other; takes n.</param>
/// <param name="units">H.</param>
/// <param name="sum">n's weighted sum of h_(t−1).</param>
/// <param name="q">Takes that sum.</param>
/// <param name="before">h_(t−1).</param>
/// <param name="state">Takes h_t.</param>
internal readonly unsafe struct GruStates<T>(T* gates, int units, T* sum, T* q, T* before, T* state) : IGates<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<V>(nuint at) where V : struct, ILanes<V, T>
    {
        V z = V.Load(ref gates[units], at), recurrent = V.Load(ref *sum, at);
        V n = VectorMath.Tanh(V.Load(ref gates[2 * units], at) + V.Load(ref *gates, at) * recurrent);
        recurrent.Store(ref *q, at);
        n.Store(ref gates[2 * units], at);
        ((V.All(1) - z) * n + z * V.Load(ref *before, at)).Store(ref *state, at);
    }
}

/// <summary>δ of the gates of one row as x and as h_(t−1) see it, and what reaches h_(t−1) past the gates.</summary>
/// <param name="gates">r, z and n, one behind the other.</param>
/// <param name="units">H.</param>
/// <param name="q">n's weighted sum of h_(t−1).</param>
/// <param name="before">h_(t−1).</param>
/// <param name="dh">The whole gradient of h_t.</param>
/// <param name="dhBefore">Takes what reaches h_(t−1) past the gates.</param>
/// <param name="delta">Takes δ of r, z and n.</param>
/// <param name="recurrentDelta">Takes δ of r, z and q.</param>
internal readonly unsafe struct GruDeltas<T>(T* gates, int units, T* q, T* before, T* dh, T* dhBefore, T* delta, T* recurrentDelta) : IGates<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<V>(nuint at) where V : struct, ILanes<V, T>
    {
        V r = V.Load(ref *gates, at), z = V.Load(ref gates[units], at), n = V.Load(ref gates[2 * units], at);
        V one = V.All(1), whole = V.Load(ref *dh, at);
        V deltaN = whole * (one - z) * (one - n * n);
        V deltaR = deltaN * V.Load(ref *q, at) * (r * (one - r));
        V deltaZ = whole * (V.Load(ref *before, at) - n) * (z * (one - z));
        (whole * z).Store(ref *dhBefore, at);
        deltaR.Store(ref *delta, at);
        deltaR.Store(ref *recurrentDelta, at);
        deltaZ.Store(ref delta[units], at);
        deltaZ.Store(ref recurrentDelta[units], at);
        deltaN.Store(ref delta[2 * units], at);
        (deltaN * r).Store(ref recurrentDelta[2 * units], at);
    }
}
