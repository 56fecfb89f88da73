namespace Backprop.Training;

/// <summary>How well a class is told apart, or several classes on average.</summary>
/// <param name="Precision">Of what was said to be of the class, the share that is: 0 to 1; 0 where nothing was said to be.</param>
/// <param name="Recall">Of what is of the class, the share that was found: 0 to 1; 0 where there is nothing of it.</param>
/// <param name="F1">The harmonic mean of both, 2·right / (said + are); 0 where neither is any.</param>
/// <param name="Support">The number of samples that are of the class, or of all classes.</param>
public sealed record ClassFigures(double Precision, double Recall, double F1, long Support);
