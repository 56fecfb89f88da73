namespace Backprop.Lessons.Museum;

/// <summary>A number that is measured on an exhibit.</summary>
/// <param name="What">What is measured.</param>
/// <param name="WithFault">What the code shown gives.</param>
/// <param name="Mended">What the right line gives.</param>
/// <param name="IsShare">Whether the numbers are parts of 1, written in percent.</param>
public sealed record Symptom(string What, double WithFault, double Mended, bool IsShare = false);

/// <summary>What is measured on one exhibit alone.</summary>
/// <param name="What">What it is.</param>
/// <param name="Measure">Measures it on the exhibit, with its fault or without.</param>
/// <param name="IsShare">Whether it is a part of 1.</param>
internal sealed record OwnSymptom(string What, Func<Exhibit, bool, double> Measure, bool IsShare = false);
