using System.Globalization;
using Backprop.Cli.Data;
using Backprop.Tabular;
using Backprop.Tensors;

namespace Backprop.Cli.Train;

/// <summary>How much the samples of each class count in the loss: <c>balanced</c>, or <c>NAME=WEIGHT</c> with commas between them.</summary>
internal static class ClassWeights
{
    private const string Balanced = "balanced", Option = "--class-weights";

    /// <summary>The weights in the order of the classes.</summary>
    /// <exception cref="InputException">The data have no classes, or none of such a name, or the text is no list of weights.</exception>
    public static double[] Of(string text, TrainingData data)
    {
        if (data.Train.Targets is not Indices { Shape.Rank: 1 } classes)
            throw new InputException($"{Option}: a number is to be predicted, or a class at every time; weights belong to samples of classes");
        if (text == Balanced) return OfShares(classes, data.Train.ClassCount);
        double[] weights = new double[data.Train.ClassCount];
        weights.AsSpan().Fill(1);
        var said = new HashSet<int>();
        foreach (string part in text.Split(','))
        {
            int at = part.LastIndexOf('=');
            if (at < 1 || !double.TryParse(part[(at + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out double weight) || !(weight >= 0 && double.IsFinite(weight)))
                throw new InputException($"{Option}: '{part}' came; balanced, or NAME=WEIGHT with commas between them is needed, as in yes=2,no=1");
            int place = Place(part[..at].Trim(), data.Train.ClassNames);
            if (!said.Add(place)) throw new InputException($"{Option}: '{data.Train.ClassNames[place]}' came twice; one weight for each class is needed");
            weights[place] = weight;
        }
        return weights.Any(weight => weight > 0) ? weights : throw new InputException($"{Option}: no class counts; a weight above 0 is needed");
    }

    /// <summary>As a line says it: <c>A 1.2, B 0.8</c>.</summary>
    public static string Describe(double[] weights, IReadOnlyList<string> names) =>
        string.Join(", ", weights.Zip(names, (weight, name) => string.Create(CultureInfo.InvariantCulture, $"{name} {weight:G4}")));

    /// <summary>n/(C·n_c): all classes together weigh as much as the samples do, and each as much as the others. A class that does not train weighs 1.</summary>
    /// <remarks>Source: King, Zeng, Logistic Regression in Rare Events Data (2001).</remarks>
    private static double[] OfShares(Indices classes, int count)
    {
        var counts = new int[count];
        foreach (int place in classes.Values) counts[place]++;
        return [.. counts.Select(own => own == 0 ? 1 : (double)classes.Values.Length / (count * (double)own))];
    }

    private static int Place(string name, IReadOnlyList<string> names)
    {
        for (int i = 0; i < names.Count; i++)
            if (names[i] == name) return i;
        throw new InputException($"{Option}: there is no class '{name}'; there are {Wording.List(names)}");
    }
}
