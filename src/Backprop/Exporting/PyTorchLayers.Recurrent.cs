using Backprop.Layers;
using Backprop.Operations;

namespace Backprop.Exporting;

// Recurrent layers: the gates stand in PyTorch's order, and the weights are turned round.
internal sealed partial class PyTorchLayers<T>
{
    private void Add(RecurrentLayer<T> layer, string own, string prefix, string variable)
    {
        string states = Sequence(layer, own, prefix, variable);
        parts.Statements.Add($"{variable} = {states}{(layer.ReturnSequences ? "" : "[:, -1]")}");
    }

    /// <summary>PyTorch's own two directions meet after each layer; here each direction runs through its layers alone.</summary>
    private void Add(Bidirectional<T> both, string own, string prefix, string variable)
    {
        string forward = Sequence(both.FromStart, $"{own}_forward", $"{prefix}forward.", variable);
        string backward = Sequence(both.FromEnd, $"{own}_backward", $"{prefix}backward.", $"{variable}.flip(1)");
        parts.Statements.Add(both.FromStart.ReturnSequences
            ? $"{variable} = torch.cat([{forward}, {backward}.flip(1)], dim=2)" : $"{variable} = torch.cat([{forward}[:, -1], {backward}[:, -1]], dim=1)");
    }

    /// <summary>Adds a layer and the line that makes all its states.</summary>
    /// <returns>The variable of the states, [N, T, H].</returns>
    private string Sequence(RecurrentLayer<T> layer, string own, string prefix, string input)
    {
        var cells = layer.Stack;
        string kind = layer switch { Rnn<T> => "RNN", Lstm<T> => "LSTM", _ => "GRU" };
        var arguments = new List<object> { layer.Inputs, layer.Units };
        if (layer.Layers > 1) arguments.Add(("num_layers", (object)layer.Layers));
        if (layer is Rnn<T> rnn) arguments.Add(("nonlinearity", (object)(rnn.Cell.Activation == RnnActivation.Relu ? "relu" : "tanh")));
        arguments.Add(Bias(cells[0].Bias));
        arguments.Add(("batch_first", (object)true));
        string member = parts.Member(own, Call(kind, arguments));
        for (int i = 0; i < cells.Count; i++)
        {
            string inner = layer.Layers > 1 ? $"{prefix}layer{i + 1}." : prefix;
            Fill($"{member}.weight_ih_l{Number(i)}", $"{inner}inputWeight", cells[i].InputWeight, turned: true);
            Fill($"{member}.weight_hh_l{Number(i)}", $"{inner}recurrentWeight", cells[i].RecurrentWeight, turned: true);
            if (cells[i].Bias is not { } bias) continue;
            Fill($"{member}.bias_ih_l{Number(i)}", $"{inner}bias", bias, turned: false);
            // PyTorch has a second bias everywhere; ours has it where it makes a difference.
            if (cells[i] is GruCell<T> { RecurrentBias: { } second }) Fill($"{member}.bias_hh_l{Number(i)}", $"{inner}recurrentBias", second, turned: false);
            else parts.Weights.Add(new($"{member}.bias_hh_l{Number(i)}", null, Zeros: bias.Length));
        }
        string states = parts.Unused($"{own}_states");
        parts.Statements.Add($"{states}, _ = {member}({input})");
        return states;
    }
}
