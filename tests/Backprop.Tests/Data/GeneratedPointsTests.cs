using Backprop.Data;
using Backprop.Randomness;
using Backprop.Tensors;

namespace Backprop.Tests.Data;

public class GeneratedPointsTests
{
    private static readonly Dictionary<string, Func<int, Random, double, DataSet<double>>> All = new()
    {
        ["moons"] = (count, random, noise) => Generated.Moons<double>(count, random, noise),
        ["circles"] = (count, random, noise) => Generated.Circles<double>(count, random, noise),
        ["spirals"] = (count, random, noise) => Generated.Spirals<double>(count, random, noise: noise),
        ["blobs"] = (count, random, noise) => Generated.Blobs<double>(count, random, noise: noise),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    [Theory, MemberData(nameof(Names))]
    public void The_same_seed_draws_the_same_bits_and_another_seed_others(string name)
    {
        DataSet<double> first = All[name](60, new SeededRandom(4), 0.1), again = All[name](60, new SeededRandom(4), 0.1), other = All[name](60, new SeededRandom(5), 0.1);
        Assert.Equal(first.Inputs.Values, again.Inputs.Values);
        Assert.Equal(Classes(first), Classes(again));
        Assert.NotEqual(first.Inputs.Values.ToArray(), other.Inputs.Values.ToArray());
        Assert.NotEqual(Classes(first), Classes(other));
    }

    [Theory, MemberData(nameof(Names))]
    public void Every_class_comes_equally_often_and_has_a_name(string name)
    {
        var points = All[name](301, new SeededRandom(1), 0.1);
        Assert.Equal([301, 2], points.Inputs.Shape);
        int[] often = [.. Enumerable.Range(0, points.ClassNames.Count).Select(kind => Classes(points).Count(one => one == kind))];
        Assert.InRange(often.Max() - often.Min(), 0, 1);
        Assert.Equal(301, often.Sum());
    }

    [Theory, MemberData(nameof(Names))]
    public void Noise_moves_both_coordinates_by_its_deviation(string name)
    {
        // Draws of the same seed differ by the noise alone: of the two numbers that a point takes, each one adds noise times a Gaussian number.
        double[] still = Points(name, 0), noisy = Points(name, 0.25);
        for (int axis = 0; axis < 2; axis++)
        {
            double[] moved = [.. Enumerable.Range(0, 2000).Select(i => noisy[2 * i + axis] - still[2 * i + axis])];
            Assert.Equal(0, moved.Average(), 0.03);
            Assert.Equal(0.25, Math.Sqrt(moved.Average(by => by * by)), 0.02);
        }

        static double[] Points(string name, double noise) => All[name](2000, new SeededRandom(3), noise).Inputs.Values.ToArray();
    }

    [Fact]
    public void Moons_without_noise_lie_on_half_circles()
    {
        var moons = Generated.Moons<double>(400, new SeededRandom(1), noise: 0);
        Assert.Equal(["upper", "lower"], moons.ClassNames);
        foreach (var (x, y, kind) in Each(moons))
        {
            var (fromX, fromY) = kind == 0 ? (x, y) : (1 - x, 0.5 - y);
            Assert.Equal(1, fromX * fromX + fromY * fromY, 1e-14);
            Assert.InRange(fromY, 0, 1);
        }
        // All of the half circle is drawn from.
        Assert.InRange(Each(moons).Where(point => point.Kind == 0).Average(point => point.X), -0.15, 0.15);
        Assert.InRange(Each(moons).Min(point => point.X), -1, -0.99);
        Assert.InRange(Each(moons).Max(point => point.X), 1.99, 2);
    }

    [Fact]
    public void Circles_without_noise_have_their_radius_all_around()
    {
        var circles = Generated.Circles<double>(400, new SeededRandom(1), noise: 0);
        Assert.Equal(["outer", "inner"], circles.ClassNames);
        foreach (var (x, y, kind) in Each(circles)) Assert.Equal(kind == 0 ? 1 : 0.5, Math.Sqrt(x * x + y * y), 1e-14);
        Assert.All(new[] { 0, 1 }, kind => Assert.Equal(
            4, Each(circles).Where(point => point.Kind == kind).Select(point => (point.X > 0, point.Y > 0)).Distinct().Count()));
    }

    [Fact]
    public void The_angle_of_a_spiral_says_its_radius()
    {
        var spirals = Generated.Spirals<double>(500, new SeededRandom(1), classes: 5, noise: 0);
        Assert.Equal(["1", "2", "3", "4", "5"], spirals.ClassNames);
        foreach (var (x, y, kind) in Each(spirals))
        {
            double radius = Math.Sqrt(x * x + y * y), turns = Math.Atan2(y, x) / (2 * Math.PI) - kind / 5.0 - radius;
            Assert.InRange(radius, 0, 1);
            Assert.Equal(Math.Round(turns), turns, 1e-12);
        }
    }

    [Fact]
    public void Blobs_stand_around_the_corners_of_a_polygon()
    {
        var still = Generated.Blobs<double>(8, new SeededRandom(1), classes: 4, noise: 0);
        (double, double)[] corners = [(1, 0), (0, 1), (-1, 0), (0, -1)];
        foreach (var (x, y, kind) in Each(still)) Assert.Equal(corners[kind], (x, y));
    }

    [Fact]
    public void A_sine_is_one_wave_blurred_by_noise()
    {
        var still = Generated.Sine<double>(300, new SeededRandom(2), noise: 0);
        var targets = (Tensor<double>)still.Targets;
        Assert.Equal([300, 1], still.Inputs.Shape);
        Assert.Equal([300, 1], targets.Shape);
        for (int i = 0; i < 300; i++) Assert.Equal(Math.Sin(still.Inputs.Values[i]), targets.Values[i], 1e-14);
        Assert.InRange(still.Inputs.Values.ToArray().Min(), -Math.PI, -3);
        Assert.InRange(still.Inputs.Values.ToArray().Max(), 3, Math.PI);

        var noisy = (Tensor<double>)Generated.Sine<double>(2000, new SeededRandom(2), noise: 0.5).Targets;
        double[] wave = ((Tensor<double>)Generated.Sine<double>(2000, new SeededRandom(2), noise: 0).Targets).Values.ToArray();
        Assert.Equal(0.5, Math.Sqrt(noisy.Values.ToArray().Zip(wave, (a, b) => (a - b) * (a - b)).Average()), 0.03);
    }

    [Fact]
    public void A_number_outside_its_range_is_refused()
    {
        static string Refused(Action draw) => Assert.Throws<ArgumentOutOfRangeException>(draw).Message.Split(" (Parameter")[0];
        var random = new SeededRandom(1);
        Assert.Equal("Moons: count 0 came; the number of points is 1 or more.", Refused(() => Generated.Moons<float>(0, random)));
        Assert.Equal("Circles: noise -1 came; it is a deviation, 0 or more, 0.1 suits most uses.", Refused(() => Generated.Circles<float>(9, random, -1)));
        Assert.Equal("Spirals: classes 1 came; there are 2 classes or more.", Refused(() => Generated.Spirals<float>(9, random, 1)));
        Assert.Equal("Blobs: classes 0 came; there are 2 classes or more.", Refused(() => Generated.Blobs<float>(9, random, 0)));
        Assert.Equal("Sine: noise NaN came; it is a deviation, 0 or more, 0.1 suits most uses.", Refused(() => Generated.Sine<float>(9, random, double.NaN)));
        Assert.Equal("Sine: count -1 came; the number of points is 1 or more.", Refused(() => Generated.Sine<float>(-1, random)));
    }

    private static int[] Classes(DataSet<double> points) => ((Indices)points.Targets).Values.ToArray();

    private static IEnumerable<(double X, double Y, int Kind)> Each(DataSet<double> points)
    {
        int[] kinds = Classes(points);
        for (int i = 0; i < points.Count; i++) yield return (points.Inputs.Values[2 * i], points.Inputs.Values[2 * i + 1], kinds[i]);
    }
}
