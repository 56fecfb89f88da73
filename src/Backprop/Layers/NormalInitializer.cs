using System.Numerics;
using Backprop.Randomness;
using Backprop.Tensors;

namespace Backprop.Layers
{
    /// <summary>Draws Gaussian numbers of mean 0 whose variance may follow from the sizes of the layer.</summary>
    internal sealed class NormalInitializer<T>(Func<int, int, double> deviation) : Initializer<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        protected override void Draw(Shape shape, int inputs, int outputs, Random random, Span<double> values)
        {
            double scale = deviation(inputs, outputs);
            foreach (ref double value in values) value = scale * random.NextGaussian();
        }
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <summary>Draws Gaussian numbers of mean 0 and a given standard deviation, whatever the sizes.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The deviation is negative or not finite.</exception>
        public static Layers.Initializer<T> Normal(double deviation = 1) => double.IsFinite(deviation) && deviation >= 0
            ? new Layers.NormalInitializer<T>((_, _) => deviation)
            : throw new ArgumentOutOfRangeException(
                null, FormattableString.Invariant($"Normal: the deviation is {deviation}, a finite number of 0 or more is needed."));

        /// <summary>Draws Gaussian numbers of variance 2 / (inputs + outputs).</summary>
        /// <remarks>Source: Glorot, Bengio, Understanding the difficulty of training deep feedforward neural networks (2010).</remarks>
        public static Layers.Initializer<T> GlorotNormal() =>
            new Layers.NormalInitializer<T>((inputs, outputs) => Math.Sqrt(2 / ((double)inputs + outputs)));

        /// <summary>Draws Gaussian numbers of variance 2 / inputs.</summary>
        /// <remarks>Source: He, Zhang, Ren, Sun, Delving Deep into Rectifiers (2015).</remarks>
        public static Layers.Initializer<T> HeNormal() => new Layers.NormalInitializer<T>((inputs, _) => Math.Sqrt(2 / (double)inputs));

        /// <summary>Draws Gaussian numbers of variance 1 / inputs.</summary>
        /// <remarks>Source: LeCun, Bottou, Orr, Müller, Efficient BackProp (1998).</remarks>
        public static Layers.Initializer<T> LeCunNormal() => new Layers.NormalInitializer<T>((inputs, _) => Math.Sqrt(1 / (double)inputs));
    }
}
