using System.Numerics;

namespace Backprop.Data;

/// <summary>Data that needs no file.</summary>
public static partial class Generated
{
    /// <summary>Exclusive or: four points that no single straight line separates.</summary>
    /// <remarks>Shapes: inputs [4, 2], targets [4, 1] with 0, 1, 1, 0.</remarks>
    public static DataSet<T> Xor<T>() where T : unmanaged, IFloatingPointIeee754<T>
    {
        T o = T.Zero, l = T.One;
        return new DataSet<T>(Nn<T>.Tensor([4, 2], o, o, o, l, l, o, l, l), Nn<T>.Tensor([4, 1], o, l, l, o));
    }

    private static void NoiseWithin(string what, double noise) =>
        Within(what, noise >= 0 && double.IsFinite(noise), nameof(noise), noise, "it is a deviation, 0 or more, 0.1 suits most uses");

    private static void Within(string what, bool allowed, string name, double came, string needed)
    {
        if (!allowed) throw new ArgumentOutOfRangeException(name, FormattableString.Invariant($"{what}: {name} {came} came; {needed}."));
    }
}
