using Backprop.Randomness;

namespace Backprop.Data;

/// <summary>One digit as a pen drew it, once: straight pieces in pixels, and how wide the pen was.</summary>
internal sealed class DigitPen
{
    /// <summary>Straight pieces for each arc: at 256 pixels they still look round.</summary>
    private const int PiecesPerArc = 6;

    /// <summary>The digit's height and width and the pen's half width, as shares of the side.</summary>
    private const double Height = 0.68, Width = 0.42, HalfPen = 0.052;

    private readonly List<(double X, double Y, double Dx, double Dy)> pieces = [];
    private readonly double halfWidth;

    public DigitPen(int digit, int side, double distortion, Random random)
    {
        double Within(double most) => distortion * most * (2 * random.NextDouble() - 1);

        // A turn by θ without a cosine: with t = tan(θ/2), cos θ = (1 − t²)/(1 + t²) and sin θ = 2t/(1 + t²); t = 0.2 is 23°.
        double t = Within(0.2), cosine = (1 - t * t) / (1 + t * t), sine = 2 * t / (1 + t * t);
        double slant = Within(0.3), wide = Width * side * (1 + Within(0.12)), high = Height * side * (1 + Within(0.12));
        double left = side / 2.0 + Within(3 / 32.0 * side), top = side / 2.0 + Within(3 / 32.0 * side);
        halfWidth = HalfPen * side * (1 + Within(0.3));
        foreach (double[] stroke in DigitStrokes.Of(digit))
        {
            var points = new (double X, double Y)[stroke.Length / 2];
            for (int i = 0; i < points.Length; i++)
            {
                // A corner is a point that comes twice; it stays one point.
                if (i > 0 && stroke[2 * i] == stroke[2 * i - 2] && stroke[2 * i + 1] == stroke[2 * i - 1])
                {
                    points[i] = points[i - 1];
                    continue;
                }
                double x = stroke[2 * i] - 0.5, y = stroke[2 * i + 1] - 0.5;
                if (distortion > 0) (x, y) = (x + 0.03 * distortion * random.NextGaussian(), y + 0.03 * distortion * random.NextGaussian());
                double across = wide * x - slant * high * y, down = high * y;
                points[i] = (left + cosine * across - sine * down, top + sine * across + cosine * down);
            }
            Trace(points);
        }
    }

    /// <summary>The ink on a pixel, 0 … 1.</summary>
    public double Ink(int column, int row)
    {
        double x = column + 0.5, y = row + 0.5, nearest = double.PositiveInfinity;
        foreach (var piece in pieces)
        {
            double fromX = x - piece.X, fromY = y - piece.Y, length = piece.Dx * piece.Dx + piece.Dy * piece.Dy;
            double along = length == 0 ? 0 : Math.Clamp((fromX * piece.Dx + fromY * piece.Dy) / length, 0, 1);
            double awayX = fromX - along * piece.Dx, awayY = fromY - along * piece.Dy;
            nearest = Math.Min(nearest, awayX * awayX + awayY * awayY);
        }
        return Math.Clamp(halfWidth + 0.5 - Math.Sqrt(nearest), 0, 1);
    }

    /// <summary>A quadratic B-spline: from the first point to the last, each point between them pulling an arc that ends halfway to the
    /// next.</summary>
    private void Trace((double X, double Y)[] points)
    {
        var from = points[0];
        for (int i = 1; i < points.Length - 1; i++)
        {
            var pull = points[i];
            var to = i == points.Length - 2 ? points[^1] : ((pull.X + points[i + 1].X) / 2, (pull.Y + points[i + 1].Y) / 2);
            Arc(from, pull, to);
            from = to;
        }
    }

    private void Arc((double X, double Y) from, (double X, double Y) pull, (double X, double Y) to)
    {
        var last = from;
        for (int i = 1; i <= PiecesPerArc; i++)
        {
            double s = (double)i / PiecesPerArc, a = (1 - s) * (1 - s), b = 2 * s * (1 - s), c = s * s;
            (double X, double Y) next = (a * from.X + b * pull.X + c * to.X, a * from.Y + b * pull.Y + c * to.Y);
            pieces.Add((last.X, last.Y, next.X - last.X, next.Y - last.Y));
            last = next;
        }
    }
}
