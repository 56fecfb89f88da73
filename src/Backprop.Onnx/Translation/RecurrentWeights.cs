using Backprop.Layers;
using Backprop.Tensors;

namespace Backprop.Onnx.Translation;

/// <summary>The weights of cells as ONNX lays them out: gates above each other in its order, each turned round, directions one after the other.</summary>
/// <remarks>Here W_x is [D, gates·H], in ONNX W is [directions, gates·H, D], and B holds the biases of inputs and of states one after the other.</remarks>
internal sealed record RecurrentWeights(long[] InputSizes, float[] Input, long[] RecurrentSizes, float[] Recurrent, long[] BiasSizes, float[]? Bias)
{
    // Which of our gates stands at each of ONNX's places: i f g o as i o f g, r z n as z r n.
    private static readonly int[] One = [0], LstmOrder = [0, 3, 1, 2], GruOrder = [1, 0, 2];

    public static RecurrentWeights Of(RecurrentCell<float>[] cells)
    {
        var first = cells[0];
        int[] order = first switch { LstmCell<float> => LstmOrder, GruCell<float> => GruOrder, _ => One };
        int rows = order.Length * first.Units;
        return new(
            [cells.Length, rows, first.Inputs], [.. cells.SelectMany(cell => Turned(cell.InputWeight, order))],
            [cells.Length, rows, first.Units], [.. cells.SelectMany(cell => Turned(cell.RecurrentWeight, order))],
            [cells.Length, 2 * rows], cells.All(cell => cell.Bias is null) ? null : [.. cells.SelectMany(cell => Biases(cell, order))]);
    }

    private static float[] Turned(Parameter<float> weight, int[] order)
    {
        var (inputs, columns) = (weight.Shape[0], weight.Shape[1]);
        int units = columns / order.Length;
        var turned = new float[weight.Length];
        int at = 0;
        foreach (int gate in order)
            for (int unit = 0; unit < units; unit++)
                for (int input = 0; input < inputs; input++) turned[at++] = weight.Values[input * columns + gate * units + unit];
        return turned;
    }

    private static IEnumerable<float> Biases(RecurrentCell<float> cell, int[] order) =>
        [.. Ordered(cell.Bias, cell.Units, order), .. Ordered((cell as GruCell<float>)?.RecurrentBias, cell.Units, order)];

    private static float[] Ordered(Parameter<float>? bias, int units, int[] order)
    {
        if (bias is null) return new float[order.Length * units];
        return [.. order.SelectMany(gate => bias.Values.Slice(gate * units, units).ToArray())];
    }
}
