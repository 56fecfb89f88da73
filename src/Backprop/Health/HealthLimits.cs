namespace Backprop.Health;

/// <summary>From where on a measurement is a warning.</summary>
/// <remarks>
/// The sources of <see cref="TrainingWarningKind"/> say what goes wrong; how much of it deserves a word is a choice made here, so that trainings that
/// learn are left in peace. Where there are two limits, the first counts when the training does not learn (<see cref="StruggleSkill"/>), the second always.
/// </remarks>
public static class HealthLimits
{
    /// <summary>The gradient at a layer against that at the last one: below it, it vanishes where nothing is learnt.</summary>
    public const double Vanishing = 1e-3;

    /// <summary>The same, whether something is learnt or not: a float has 7 digits, so that such a step is lost beside any other.</summary>
    public const double VanishingAlways = 1e-7;

    /// <summary>The gradient at a layer against that at the last one: above it, it explodes where nothing is learnt.</summary>
    public const double Exploding = 100;

    /// <summary>The same, whether something is learnt or not.</summary>
    public const double ExplodingAlways = 1e4;

    /// <summary>What is left of a gradient at the end of its way back through time: below it, it vanishes where nothing is learnt. A network that
    /// learns may well forget: what is far away need not matter.</summary>
    public const double VanishingThroughTime = 1e-3;

    /// <summary>By what the way back through time multiplies a gradient: above it, it explodes where nothing is learnt.</summary>
    public const double ExplodingThroughTime = 100;

    /// <summary>The same, whether something is learnt or not.</summary>
    public const double ExplodingThroughTimeAlways = 1e4;

    /// <summary>The share of a layer's rectified units that are 0 for every sample; a few dead ones are usual.</summary>
    public const double Dead = 0.5;

    /// <summary>The share of a layer's outputs within <see cref="SaturatedAt"/> of their ends.</summary>
    public const double Saturated = 0.9;

    /// <summary>How near to −1 or 1 (or 0 or 1) an output is saturated: the slope of tanh is 0.02 there, that of σ 0.01.</summary>
    public const double SaturatedAt = 0.01;

    /// <summary>The root of the mean square of inputs that are not large; standardised ones have 1.</summary>
    public const double LargeInputs = 10;

    /// <summary>The root of the mean square of targets that are not large.</summary>
    public const double LargeTargets = 100;

    /// <summary>What a training that struggles has learnt at most, of 1: the share of the way from always naming the most frequent class to naming
    /// each right, or the squared correlation of predicted numbers with the right ones.</summary>
    public const double StruggleSkill = 0.1;

    /// <summary>A loss has fallen where it lies below its beginning by this share of it, and by twice the noise.</summary>
    public const double Fallen = 0.01;

    /// <summary>The share of what a loss had won that it has lost again where it rises; of classes on the part that does not train all of it.</summary>
    public const double Lost = 0.5;

    /// <summary>The variance of a prediction that is always the same, as a share of the variance of the targets.</summary>
    public const double Constant = 1e-4;

    /// <summary>By how much of their size weights move in an epoch at least; where they move less, the learning rate is too small.</summary>
    public const double Movement = 1e-3;

    /// <summary>The epochs before a loss is judged; a fifth of the training if that is more.</summary>
    public const int Epochs = 3;

    /// <summary>The steps before a loss is judged.</summary>
    public const int Steps = 50;

    /// <summary>The samples that units and predictions are judged by.</summary>
    public const int Samples = 128;
}
