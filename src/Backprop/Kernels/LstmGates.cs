using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Kernels;

/// <summary>c_t = f·c_(t−1) + i·g, h_t = o·tanh(c_t), of one row.</summary>
/// <param name="gates">i, f, g and o, one behind the other.</param>
/// <param name="units">H.</param>
/// <param name="before">c_(t−1).</param>
/// <param name="cell">Takes c_t.</param>
/// <param name="state">Takes h_t.</param>
internal readonly unsafe struct LstmStates<T>(T* gates, int units, T* before, T* cell, T* state) : IGates<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<V>(nuint at) where V : struct, ILanes<V, T>
    {
        V i = V.Load(ref *gates, at), f = V.Load(ref gates[units], at), g = V.Load(ref gates[2 * units], at), o = V.Load(ref gates[3 * units], at);
        V c = f * V.Load(ref *before, at) + i * g;
        c.Store(ref *cell, at);
        (o * VectorMath.Tanh(c)).Store(ref *state, at);
    }
}

/// <summary>δ of the four gates of one row, and dc_(t−1).</summary>
/// <param name="gates">i, f, g and o, one behind the other.</param>
/// <param name="units">H.</param>
/// <param name="before">c_(t−1).</param>
/// <param name="cell">c_t.</param>
/// <param name="dh">The whole gradient of h_t.</param>
/// <param name="dc">What reaches c_t from behind; takes its whole gradient.</param>
/// <param name="dcBefore">Takes what reaches c_(t−1) from here.</param>
/// <param name="delta">Takes δ of i, f, g and o.</param>
internal readonly unsafe struct LstmDeltas<T>(T* gates, int units, T* before, T* cell, T* dh, T* dc, T* dcBefore, T* delta) : IGates<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<V>(nuint at) where V : struct, ILanes<V, T>
    {
        V i = V.Load(ref *gates, at), f = V.Load(ref gates[units], at), g = V.Load(ref gates[2 * units], at), o = V.Load(ref gates[3 * units], at);
        V one = V.All(1), tanh = VectorMath.Tanh(V.Load(ref *cell, at)), fromState = V.Load(ref *dh, at);
        V whole = V.Fma(fromState * o, one - tanh * tanh, V.Load(ref *dc, at));   // dc_t = dh_t·o·(1 − tanh²c_t) + dc_(t+1)·f_(t+1)
        whole.Store(ref *dc, at);
        (whole * f).Store(ref *dcBefore, at);
        (whole * g * (i * (one - i))).Store(ref *delta, at);
        (whole * V.Load(ref *before, at) * (f * (one - f))).Store(ref delta[units], at);
        (whole * i * (one - g * g)).Store(ref delta[2 * units], at);
        (fromState * tanh * (o * (one - o))).Store(ref delta[3 * units], at);
    }
}
