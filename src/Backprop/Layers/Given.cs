using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Layers;

/// <summary>Numbers given to a layer instead of drawn ones.</summary>
internal static class Given
{
    extension<T>(Tensor<T> tensor) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>The parameter itself, so that two layers can share it; of any other tensor a copy.</summary>
        public Parameter<T> AsParameter(string name) => tensor as Parameter<T> ?? new Parameter<T>(tensor.Shape, tensor.Values, name);
    }
}
