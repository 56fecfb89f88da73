namespace Backprop.Training;

/// <summary>How often each class was taken for each: the counts by which precision, recall and F1 are told.</summary>
/// <remarks>
/// <para>Where a share would be 0 / 0 it is 0: the precision of a class that was never said, the recall of one that never came.</para>
/// <para>Memory grows with the number of different mistakes, not with the square of the classes: a vocabulary of many words may be counted.</para>
/// <para>Source: van Rijsbergen, Information Retrieval (1979), §7; averages as in scikit-learn 1.2, <c>precision_recall_fscore_support</c>.</para>
/// </remarks>
public sealed class ConfusionMatrix
{
    private readonly long[] right, are, said;
    private readonly Dictionary<(int Are, int Said), long> mistakes = [];

    /// <summary>Begins with nothing counted.</summary>
    /// <param name="classes">The number of classes, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public ConfusionMatrix(int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        (right, are, said) = (new long[classes], new long[classes], new long[classes]);
    }

    /// <summary>The number of classes.</summary>
    public int Classes => right.Length;

    /// <summary>The number of samples counted.</summary>
    public long Count { get; private set; }

    /// <summary>The number of samples whose class was said rightly.</summary>
    public long Right { get; private set; }

    /// <summary>The share of them; NaN before anything was counted.</summary>
    public double Accuracy => (double)Right / Count;

    /// <summary>How many samples are of one class and were said to be of another, or of the same.</summary>
    /// <param name="isClass">The class that is right, from 0.</param>
    /// <param name="saidClass">The class that was said, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public long this[int isClass, int saidClass]
    {
        get
        {
            Check(isClass, 0, nameof(isClass));
            Check(saidClass, 0, nameof(saidClass));
            return isClass == saidClass ? right[isClass] : mistakes.GetValueOrDefault((isClass, saidClass));
        }
    }

    /// <summary>The plain mean over the classes that came or were said, each as heavy as the other.</summary>
    /// <remarks>NaN before anything was counted.</remarks>
    public ClassFigures Macro => Mean(c => are[c] + said[c] > 0 ? 1 : 0);

    /// <summary>The mean over the classes, each as heavy as it has samples.</summary>
    /// <remarks>Its recall is the accuracy. NaN before anything was counted.</remarks>
    public ClassFigures Weighted => Mean(c => are[c]);

    /// <summary>The pairs that were confused, the most frequent first; of equal ones the first classes.</summary>
    public IEnumerable<(int IsClass, int SaidClass, long Count)> Mistakes => mistakes
        .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).Select(pair => (pair.Key.Are, pair.Key.Said, pair.Value));

    /// <summary>Counts a sample.</summary>
    /// <param name="isClass">The class that is right, from 0.</param>
    /// <param name="saidClass">The class that was said, from 0; −1 where no answer was a number: wrong, and said to be of no class.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public void Add(int isClass, int saidClass)
    {
        Check(isClass, 0, nameof(isClass));
        Check(saidClass, -1, nameof(saidClass));
        Count++;
        are[isClass]++;
        if (saidClass >= 0) said[saidClass]++;
        if (isClass == saidClass)
        {
            Right++;
            right[isClass]++;
        }
        else if (saidClass >= 0) mistakes[(isClass, saidClass)] = mistakes.GetValueOrDefault((isClass, saidClass)) + 1;
    }

    /// <summary>The figures of one class.</summary>
    /// <param name="ofClass">The class, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public ClassFigures Of(int ofClass)
    {
        Check(ofClass, 0, nameof(ofClass));
        double hits = right[ofClass];
        return new ClassFigures(
            Share(hits, said[ofClass]), Share(hits, are[ofClass]), Share(2 * hits, (double)said[ofClass] + are[ofClass]), are[ofClass]);
    }

    /// <summary>How many samples were said to be of a class.</summary>
    /// <param name="ofClass">The class, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public long Said(int ofClass)
    {
        Check(ofClass, 0, nameof(ofClass));
        return said[ofClass];
    }

    private ClassFigures Mean(Func<int, double> weight)
    {
        double total = 0, precision = 0, recall = 0, f1 = 0;
        for (int c = 0; c < Classes; c++)
        {
            var figures = Of(c);
            double w = weight(c);
            total += w;
            precision += w * figures.Precision;
            recall += w * figures.Recall;
            f1 += w * figures.F1;
        }
        return new ClassFigures(precision / total, recall / total, f1 / total, Count);
    }

    private static double Share(double part, double whole) => whole == 0 ? 0 : part / whole;

    private void Check(int value, int least, string name)
    {
        if (value < least || value >= Classes)
            throw new ArgumentOutOfRangeException(name, $"The class {value} came; there are {Classes}, from 0 on.");
    }
}
