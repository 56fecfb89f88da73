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
    /// <summary>Makes a parameter with drawn values.</summary>
    /// <param name="name">Its name within its layer: "weight".</param>
    /// <param name="shape">The sizes of its axes.</param>
    /// <param name="inputs">How many numbers each output sums up: the fan-in.</param>
    /// <param name="outputs">How many outputs each input goes to: the fan-out.</param>
    /// <param name="random">The source of chance.</param>
    /// <exception cref="ShapeException">Values of this kind need another shape.</exception>
    public Parameter<T> Parameter(string name, Shape shape, int inputs, int outputs, Random random)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(random);
        var drawn = new double[shape.Elements];
        Draw(shape, inputs, outputs, random, drawn);
        var values = new T[drawn.Length];
        for (int i = 0; i < values.Length; i++) values[i] = T.CreateTruncating(drawn[i]);
        return new Parameter<T>(shape, values, name);
    }

    /// <summary>Draws the values of a weight.</summary>
    /// <param name="shape">The sizes of its axes.</param>
    /// <param name="inputs">How many numbers each output sums up.</param>
    /// <param name="outputs">How many outputs each input goes to.</param>
    /// <param name="random">The source of chance.</param>
    /// <param name="values">Takes the values, row-major; they are 0 at first.</param>
    protected abstract void Draw(Shape shape, int inputs, int outputs, Random random, Span<double> values);
}
