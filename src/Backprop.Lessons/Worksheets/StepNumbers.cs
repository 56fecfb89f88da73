using Backprop.Explaining;

namespace Backprop.Lessons.Worksheets;

/// <summary>What follows from the numbers of a learner.</summary>
internal static class StepNumbers
{
    /// <summary>The step worked out with given numbers; null where they lead out of range, as a probability above 1 does.</summary>
    public static IReadOnlyList<double>? Of(StepForm<double> form, IReadOnlyDictionary<FormEntry<double>, double> given)
    {
        try
        {
            return form.Rework(given);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
