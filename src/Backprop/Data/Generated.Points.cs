using System.Globalization;
using System.Numerics;
using Backprop.Kernels;
using Backprop.Randomness;
using Backprop.Tensors;

namespace Backprop.Data;

// Points of a plane, in classes.
public static partial class Generated
{
    private static readonly string[] MoonNames = ["upper", "lower"], CircleNames = ["outer", "inner"];

    /// <summary>Two half circles that reach into each other.</summary>
    /// <param name="count">The number of points, 1 or more; both classes come equally often, to within one, in an order drawn by chance.</param>
    /// <param name="random">Draws everything; the same state gives the same bits.</param>
    /// <param name="noise">The deviation of the Gaussian noise that is added to both coordinates, 0 or more.</param>
    /// <remarks>
    /// <para>Shapes: inputs [count, 2], targets [count], named upper and lower.</para>
    /// <para>Upper: (cos πt, sin πt); lower: (1 − cos πt, ½ − sin πt); t is drawn from 0 … 1.</para>
    /// <para>Source: as make_moons of Pedregosa et al., Scikit-learn: Machine Learning in Python (2011).</para>
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public static DataSet<T> Moons<T>(int count, Random random, double noise = 0.1) where T : unmanaged, IFloatingPointIeee754<T> =>
        Points<T>("Moons", count, random, noise, MoonNames, kind =>
        {
            var (x, y) = Cosine.Direction(random.NextDouble());
            return kind == 0 ? (x, y) : (1 - x, 0.5 - y);
        });

    /// <summary>Two circles, one within the other.</summary>
    /// <inheritdoc cref="Moons"/>
    /// <remarks>
    /// <para>Shapes: inputs [count, 2], targets [count], named outer and inner.</para>
    /// <para>r·(cos 2πt, sin 2πt) with the radius r = 1 outside and ½ inside; t is drawn from 0 … 1.</para>
    /// <para>Source: as make_circles of Pedregosa et al., Scikit-learn: Machine Learning in Python (2011).</para>
    /// </remarks>
    public static DataSet<T> Circles<T>(int count, Random random, double noise = 0.1) where T : unmanaged, IFloatingPointIeee754<T> =>
        Points<T>("Circles", count, random, noise, CircleNames, kind => OnCircle(2 * random.NextDouble(), kind == 0 ? 1 : 0.5));

    /// <summary>Arms that turn once around the middle, one beside the other.</summary>
    /// <inheritdoc cref="Moons"/>
    /// <param name="count">The number of points, 1 or more; all classes come equally often, to within one, in an order drawn by chance.</param>
    /// <param name="random">Draws everything; the same state gives the same bits.</param>
    /// <param name="classes">The number of arms, 2 or more.</param>
    /// <param name="noise">The deviation of the Gaussian noise that is added to both coordinates, 0 or more.</param>
    /// <remarks>
    /// <para>Shapes: inputs [count, 2], targets [count], named 1, 2, …</para>
    /// <para>Arm j of k: r·(cos φ, sin φ) with φ = 2π·(j/k + r); r is drawn from 0 … 1.</para>
    /// <para>Source: after the notes of the course CS231n (Stanford), Neural Networks Case Study, whose arms turn by 4 radians.</para>
    /// </remarks>
    public static DataSet<T> Spirals<T>(int count, Random random, int classes = 3, double noise = 0.03) where T : unmanaged, IFloatingPointIeee754<T> =>
        Points<T>("Spirals", count, random, noise, Numbered("Spirals", classes), kind =>
        {
            double radius = random.NextDouble();
            return OnCircle(2 * ((double)kind / classes + radius), radius);
        });

    /// <summary>Clouds around points of a circle.</summary>
    /// <inheritdoc cref="Spirals"/>
    /// <param name="count">The number of points, 1 or more; all classes come equally often, to within one, in an order drawn by chance.</param>
    /// <param name="random">Draws everything; the same state gives the same bits.</param>
    /// <param name="classes">The number of clouds, 2 or more.</param>
    /// <param name="noise">The deviation of a cloud in both coordinates, 0 or more.</param>
    /// <remarks>
    /// <para>Shapes: inputs [count, 2], targets [count], named 1, 2, …</para>
    /// <para>Cloud j of k is normally distributed around (cos φ, sin φ) with φ = 2π·j/k.</para>
    /// </remarks>
    public static DataSet<T> Blobs<T>(int count, Random random, int classes = 3, double noise = 0.3) where T : unmanaged, IFloatingPointIeee754<T> =>
        Points<T>("Blobs", count, random, noise, Numbered("Blobs", classes), kind => OnCircle(2 * (double)kind / classes, 1));

    private static DataSet<T> Points<T>(
        string what, int count, Random random, double noise, string[] names, Func<int, (double X, double Y)> draw) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(random);
        Within(what, count >= 1, nameof(count), count, "the number of points is 1 or more");
        NoiseWithin(what, noise);
        int[] kinds = [.. Enumerable.Range(0, count).Select(i => i % names.Length)];
        random.Permute<int>(kinds);
        var points = new T[2 * count];
        for (int i = 0; i < count; i++)
        {
            var (x, y) = draw(kinds[i]);
            points[2 * i] = T.CreateChecked(x + noise * random.NextGaussian());
            points[2 * i + 1] = T.CreateChecked(y + noise * random.NextGaussian());
        }
        return new DataSet<T>(Nn<T>.Tensor([count, 2], points), new Indices([count], kinds), names);
    }

    private static (double X, double Y) OnCircle(double halfTurns, double radius)
    {
        var (x, y) = Cosine.Direction(halfTurns);
        return (radius * x, radius * y);
    }

    private static string[] Numbered(string what, int classes)
    {
        Within(what, classes >= 2, nameof(classes), classes, "there are 2 classes or more");
        return [.. Enumerable.Range(1, classes).Select(number => number.ToString(CultureInfo.InvariantCulture))];
    }
}
