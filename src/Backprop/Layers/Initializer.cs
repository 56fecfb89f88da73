using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Layers;

/// <summary>Draws the first values of a weight.</summary>
/// <remarks>
/// Values are drawn in double, row by row in row-major order, one draw per element, and then rounded; so the float and the double network of
/// one seed begin alike, and a published lesson that draws in this order can be replayed.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public abstract class Initializer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Draws the values of a weight.</summary>
    /// <param name="shape">The sizes of the weight's axes.</param>
    /// <param name="inputs">How many numbers each output sums up: the fan-in.</param>
    /// <param name="outputs">How many outputs each input goes to: the fan-out.</param>
    /// <param name="random">The source of chance.</param>
    /// <param name="values">Takes the values, row-major.</param>
    public abstract void Draw(Shape shape, int inputs, int outputs, Random random, Span<double> values);

    /// <summary>Makes a parameter with drawn values.</summary>
    internal Parameter<T> Parameter(string name, Shape shape, int inputs, int outputs, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var drawn = new double[shape.Length];
        Draw(shape, inputs, outputs, random, drawn);
        var values = new T[drawn.Length];
        for (int i = 0; i < values.Length; i++) values[i] = T.CreateTruncating(drawn[i]);
        return new Parameter<T>(shape, values, name);
    }
}
