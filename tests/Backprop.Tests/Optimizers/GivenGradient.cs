using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Tests.Optimizers;

/// <summary>Gives a parameter a gradient without a network.</summary>
internal static class GivenGradient
{
    extension<T>(Parameter<T> parameter) where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Give(params ReadOnlySpan<T> gradient)
        {
            parameter.HoldGradient();
            gradient.CopyTo(parameter.WritableGradient);
            parameter.HasGradient = true;
        }
    }
}
