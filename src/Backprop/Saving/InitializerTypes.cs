using System.Numerics;
using Backprop.Layers;

namespace Backprop.Saving;

/// <summary>Initialisers from their descriptions: <c>{"type": "uniform", "low": −1, "high": 1}</c>.</summary>
internal static class InitializerTypes
{
    public static Initializer<T> Build<T>(JsonFields fields) where T : unmanaged, IFloatingPointIeee754<T>
    {
        string type = fields.Text("type");
        try
        {
            var initializer = type switch
            {
                "glorot_uniform" => Nn<T>.GlorotUniform(),
                "glorot_normal" => Nn<T>.GlorotNormal(),
                "he_uniform" => Nn<T>.HeUniform(),
                "he_normal" => Nn<T>.HeNormal(),
                "lecun_uniform" => Nn<T>.LeCunUniform(),
                "lecun_normal" => Nn<T>.LeCunNormal(),
                "uniform" => Nn<T>.Uniform(fields.Number("low"), fields.Number("high")),
                "normal" => Nn<T>.Normal(fields.Number("deviation", 1)),
                "orthogonal" => Nn<T>.Orthogonal(fields.Number("scale", 1)),
                "identity" => Nn<T>.Identity(fields.Number("scale", 1)),
                "constant" => Nn<T>.Constant(fields.Number("value")),
                _ => throw fields.Wrong("type", "glorot_uniform, glorot_normal, he_uniform, he_normal, lecun_uniform, lecun_normal, uniform, " +
                    "normal, orthogonal, identity or constant"),
            };
            fields.Finish();
            return initializer;
        }
        catch (ArgumentException error)
        {
            throw fields.Error(ArgumentText.Of(error), error);
        }
    }
}
