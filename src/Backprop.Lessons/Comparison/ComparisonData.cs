using Backprop.Data;
using Backprop.Randomness;
using Backprop.Tensors;

namespace Backprop.Lessons.Comparison;

/// <summary>What the networks of a comparison meet: a part to train on, one to choose the learning rate by, one to test on at the very
/// end.</summary>
/// <param name="Name">What the data are, in a few words.</param>
/// <param name="Train">The samples that train.</param>
/// <param name="Validation">The samples that choose.</param>
/// <param name="Test">The samples that nothing depends on but the figures at the end.</param>
/// <param name="TargetScale">One unit of the networks' output in the unit of the target; 1 for classes.</param>
public sealed record ComparisonData(string Name, DataSet<float> Train, DataSet<float> Validation, DataSet<float> Test, double TargetScale = 1)
{
    private const double ValidationShare = 0.2;

    /// <summary>Whether the targets are classes; otherwise they are numbers.</summary>
    public bool IsClassification => Train.Targets is Indices;

    /// <summary>The numbers that a network gives.</summary>
    public int Outputs => IsClassification ? Train.ClassCount : 1;

    /// <summary>Digits that the program draws: 16×16 pixels, with more shift, turn, slant and noise than usual, so that no network is
    /// always right.</summary>
    /// <param name="seed">Draws them.</param>
    /// <param name="train">How many to train on.</param>
    /// <param name="validation">How many to choose by.</param>
    /// <param name="test">How many to test on.</param>
    public static ComparisonData Digits(long seed, int train = 3000, int validation = 1000, int test = 2000)
    {
        var random = new SeededRandom(seed);
        // Test and validation first: they stay the same where more or fewer digits train.
        DataSet<float> tests = Draw(test), chooses = Draw(validation), trains = Draw(train);
        return new ComparisonData("generated digits", trains, chooses, tests);

        DataSet<float> Draw(int count) => Generated.Digits<float>(count, random, distortion: 1.2, noise: 0.3);
    }

    /// <summary>Takes the validation part, a fifth, from the samples that would train, each class by its share.</summary>
    /// <exception cref="InvalidOperationException">There are too few samples to part.</exception>
    public static ComparisonData Of(string name, DataSet<float> train, DataSet<float> test, Random random, double targetScale = 1)
    {
        ArgumentNullException.ThrowIfNull(train);
        var (trains, chooses) = train.Split(ValidationShare, random);
        return new ComparisonData(name, trains, chooses, test, targetScale);
    }

    /// <summary>The figure on the test part of a network that ignores its input: it always names the commonest class of the training part,
    /// or its mean.</summary>
    public double Baseline()
    {
        if (Train.Targets is Indices classes)
        {
            var counts = new int[Train.ClassCount];
            foreach (int kind in classes.Values) counts[kind]++;
            int commonest = Array.IndexOf(counts, counts.Max());
            return ((Indices)Test.Targets).Values.ToArray().Count(kind => kind == commonest) / (double)Test.Count;
        }
        double mean = ((Tensor<float>)Train.Targets).Values.ToArray().Average(value => (double)value);
        return TargetScale * Math.Sqrt(((Tensor<float>)Test.Targets).Values.ToArray().Average(value => (value - mean) * (value - mean)));
    }
}
