using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Layers
{
    /// <summary>Draws uniformly between two bounds, which may follow from the sizes of the layer.</summary>
    internal sealed class UniformInitializer<T>(Func<int, int, (double Low, double High)> bounds) : Initializer<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>Bounds −r … r whose square is <paramref name="square"/>(inputs, outputs).</summary>
        public static UniformInitializer<T> Symmetric(Func<int, int, double> square) => new((inputs, outputs) =>
        {
            double bound = Math.Sqrt(square(inputs, outputs));
            return (-bound, bound);
        });

        protected override void Draw(Shape shape, int inputs, int outputs, Random random, Span<double> values)
        {
            var (low, high) = bounds(inputs, outputs);
            foreach (ref double value in values) value = low + (high - low) * random.NextDouble();
        }
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <summary>Draws uniformly from <paramref name="low"/> up to, not including, <paramref name="high"/>, whatever the sizes.</summary>
        /// <exception cref="ArgumentException">The bounds are not finite, or the lower is above the higher.</exception>
        public static Layers.Initializer<T> Uniform(double low, double high) => double.IsFinite(high - low) && low <= high
            ? new Layers.UniformInitializer<T>((_, _) => (low, high))
            : throw new ArgumentException(FormattableString.Invariant($"Uniform: {low} … {high} came, two finite bounds are needed, the lower first."));

        /// <summary>Draws uniformly from ±√(6 / (inputs + outputs)): keeps the sizes of values and gradients through tanh and sigmoid layers.</summary>
        /// <remarks>Source: Glorot, Bengio, Understanding the difficulty of training deep feedforward neural networks (2010).</remarks>
        public static Layers.Initializer<T> GlorotUniform() =>
            Layers.UniformInitializer<T>.Symmetric((inputs, outputs) => 6 / ((double)inputs + outputs));

        /// <summary>Draws uniformly from ±√(6 / inputs): keeps the sizes of values through ReLU layers.</summary>
        /// <remarks>Source: He, Zhang, Ren, Sun, Delving Deep into Rectifiers (2015).</remarks>
        public static Layers.Initializer<T> HeUniform() => Layers.UniformInitializer<T>.Symmetric((inputs, _) => 6 / (double)inputs);

        /// <summary>Draws uniformly from ±√(3 / inputs): weighted sums of unit variance out of inputs of unit variance.</summary>
        /// <remarks>Source: LeCun, Bottou, Orr, Müller, Efficient BackProp (1998).</remarks>
        public static Layers.Initializer<T> LeCunUniform() => Layers.UniformInitializer<T>.Symmetric((inputs, _) => 3 / (double)inputs);
    }
}
