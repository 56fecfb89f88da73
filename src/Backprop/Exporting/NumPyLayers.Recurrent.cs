using Backprop.Layers;
using Backprop.Operations;

namespace Backprop.Exporting;

// Recurrent layers: a loop over the time steps for each cell.
internal sealed partial class NumPyLayers<T>
{
    /// <summary>Each direction runs through its layers alone.</summary>
    private string BothWays(Bidirectional<T> both, string own, string prefix, string variable)
    {
        string forward = Sequence(both.FromStart, $"{own}_forward", $"{prefix}forward.", variable);
        string backward = Sequence(both.FromEnd, $"{own}_backward", $"{prefix}backward.", $"{variable}[:, ::-1]");
        return both.FromStart.ReturnSequences
            ? $"np.concatenate([{forward}, {backward}[:, ::-1]], axis=2)" : $"np.concatenate([{forward}[:, -1], {backward}[:, -1]], axis=1)";
    }

    /// <summary>Adds a line for each cell.</summary>
    /// <returns>The variable of all states of the last one, [N, T, H].</returns>
    private string Sequence(RecurrentLayer<T> layer, string own, string prefix, string input)
    {
        var cells = layer.Stack;
        for (int i = 0; i < cells.Count; i++)
        {
            string inner = layer.Layers > 1 ? $"{prefix}layer{Number(i + 1)}." : prefix;
            string states = parts.Unused(layer.Layers > 1 ? $"{own}_states{Number(i + 1)}" : $"{own}_states");
            parts.Statements.Add($"{states} = {Cell(layer, cells[i], inner, input)}");
            input = states;
        }
        return input;
    }

    private string Cell(RecurrentLayer<T> layer, RecurrentCell<T> cell, string prefix, string input)
    {
        List<string> arguments = [input, Weight($"{prefix}inputWeight", cell.InputWeight), Weight($"{prefix}recurrentWeight", cell.RecurrentWeight)];
        if (cell.Bias is { } bias) arguments.Add(Weight($"{prefix}bias", bias));
        if (cell is GruCell<T> { RecurrentBias: { } second }) arguments.Add(Weight($"{prefix}recurrentBias", second));
        if (cell is RnnCell<T> { Activation: RnnActivation.Relu }) arguments.Add($"f={parts.Function("relu")}");
        return Call(layer.Type, arguments);
    }

    private static string Last(RecurrentLayer<T> layer, string states) => layer.ReturnSequences ? states : $"{states}[:, -1]";
}
