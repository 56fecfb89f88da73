using System.Numerics;

namespace Backprop.Explaining;

/// <summary>A gradient beside the whole one.</summary>
/// <param name="Values">Its values, row-major.</param>
/// <param name="Norm">Its Euclidean norm.</param>
/// <param name="Cosine">The cosine of the angle between the two; NaN where one is 0.</param>
/// <param name="WrongSigns">How many entries point the other way.</param>
/// <param name="Counted">Out of how many: entries below 10⁻¹² of the largest of their gradient, in either of the two, have no sign to speak of.</param>
/// <typeparam name="T">float or double.</typeparam>
public sealed record ComparedGradient<T>(IReadOnlyList<T> Values, double Norm, double Cosine, int WrongSigns, int Counted)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const double Negligible = 1e-12;

    /// <summary>Compares a gradient with the whole one.</summary>
    /// <param name="values">The gradient.</param>
    /// <param name="whole">The whole one, of as many entries.</param>
    /// <exception cref="ArgumentException">They have different numbers of entries.</exception>
    public static ComparedGradient<T> Of(IReadOnlyList<T> values, IReadOnlyList<T> whole)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(whole);
        if (values.Count != whole.Count)
            throw new ArgumentException($"ComparedGradient: {values.Count} entries came, the whole gradient has {whole.Count}.", nameof(values));
        double least = Negligible * Explaining.Norm.Largest(values), leastOfWhole = Negligible * Explaining.Norm.Largest(whole);
        int counted = 0, wrong = 0;
        for (int i = 0; i < whole.Count; i++)
        {
            double value = double.CreateChecked(values[i]), right = double.CreateChecked(whole[i]);
            if (value == 0 || right == 0 || Math.Abs(value) < least || Math.Abs(right) < leastOfWhole) continue;
            counted++;
            if (value > 0 != right > 0) wrong++;
        }
        return new(values, Explaining.Norm.Of(values), Explaining.Norm.Cosine(values, whole), wrong, counted);
    }
}
