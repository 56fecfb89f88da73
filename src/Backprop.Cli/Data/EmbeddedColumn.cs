using Backprop.Layers;
using static Backprop.Nn<float>;

namespace Backprop.Cli.Data;

/// <summary>A column of the inputs that holds tokens.</summary>
/// <param name="Place">Its place among the inputs, from 0.</param>
/// <param name="Name">What its vectors are called: the column's name, as a path can have it.</param>
/// <param name="Vocabulary">The number of tokens; token 0 stands for what training has not seen.</param>
/// <param name="Units">The length of the vectors.</param>
internal sealed record EmbeddedColumn(int Place, string Name, int Vocabulary, int Units)
{
    /// <summary>The layer that reads such columns, with drawn vectors; null where there is none.</summary>
    /// <remarks>The vector of token 0 is 0: no training sample has the token, so it stays as it is, and says as little as one-hot inputs that are all 0.</remarks>
    public static EmbeddedColumns<float>? Layer(IReadOnlyList<EmbeddedColumn> columns, Random random)
    {
        if (columns.Count == 0) return null;
        return EmbeddedColumns("embedding", [.. columns.Select(column => column.Place)], [.. columns.Select(column => column.Drawn(random))]);
    }

    /// <summary>Names that a path can have, no two alike.</summary>
    public static IReadOnlyList<EmbeddedColumn> Of(Tabular.TableSchema schema)
    {
        var columns = new List<EmbeddedColumn>();
        foreach (var (place, feature) in schema.Embedded)
        {
            string wanted = string.Concat(feature.Name.Select(letter => letter is '.' or ',' or '[' or ']' || char.IsWhiteSpace(letter) || char.IsControl(letter) ? '_' : letter));
            // In a network file these are the network's input, target and loss.
            if (wanted is "x" or "y" or "loss") wanted += "_";
            string name = wanted;
            for (int number = 2; columns.Exists(column => column.Name == name); number++) name = $"{wanted}{number}";
            columns.Add(new EmbeddedColumn(place, name, feature.Vocabulary, feature.Embedding!.Value));
        }
        return columns;
    }

    private Embedding<float> Drawn(Random random)
    {
        var layer = Embedding(Vocabulary, Units, random, name: Name);
        float[] vectors = layer.Weight.Values.ToArray();
        vectors.AsSpan(0, Units).Clear();
        layer.Weight.Set(vectors);
        return layer;
    }
}
