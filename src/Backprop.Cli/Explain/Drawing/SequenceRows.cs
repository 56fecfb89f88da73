using System.Numerics;
using Backprop.Explaining;
using Backprop.Layers;
using Backprop.Tensors;

namespace Backprop.Cli.Explain.Drawing;

/// <summary>The layers of a recurrent network that stand at every time step, as rows of its picture.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class SequenceRows<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int MostNumbers = 3;

    private static readonly string[] LstmGates = ["i", "f", "g", "o"], GruGates = ["r", "z", "n"], LstmState = ["c", "h"], PlainState = ["h"];

    private readonly NetworkSnapshot<T> snapshot;
    private readonly Sequential<T> model;
    private readonly IReadOnlyList<Shape> shapes;

    /// <param name="snapshot">The network and its numbers.</param>
    /// <param name="shapes">What each layer gives for one sample.</param>
    public SequenceRows(NetworkSnapshot<T> snapshot, IReadOnlyList<Shape> shapes)
    {
        (this.snapshot, this.shapes) = (snapshot, shapes);
        model = snapshot.Network.Model;
        int last = -1;
        for (int i = 0; i < model.Layers.Count && (i == 0 || HasTime(i - 1)); i++)
            if (model.Layers[i] is RecurrentLayer<T> or Bidirectional<T>) last = i;
        if (last < 0 || snapshot.Network.Input.Rank > 2) return;
        Layers = last + 1;
        while (Layers < model.Layers.Count && HasTime(Layers - 1) && HasTime(Layers)) Layers++;
    }

    /// <summary>How many layers they are; 0 for a network that is not recurrent.</summary>
    public int Layers { get; }

    /// <summary>The rows, the input first.</summary>
    public IReadOnlyList<SequenceRow> Rows
    {
        get
        {
            var input = snapshot.Network.Input;
            var rows = new List<SequenceRow>
            {
                new(
                    ["x", $"input {input}"],
                    t => ([($"x_{t + 1}", ""), .. Numbers(At(snapshot.Inputs, t, input), input.Rank == 2 ? $"x[0,{t}" : "")], $"x at t = {t + 1}"),
                    "", []),
            };
            for (int i = 0; i < Layers; i++) rows.Add(Row(i));
            return rows;
        }
    }

    private bool HasTime(int i) => shapes[i].Rank == 2 && shapes[i][0] == snapshot.Network.Input[0];

    private SequenceRow Row(int i)
    {
        var layer = model.Layers[i];
        string name = model.LayerNames[i];
        string[] titles =
        [
            Stage.Cut(name, 14), name.StartsWith(layer.Type, StringComparison.Ordinal) ? $"{shapes[i]}" : layer.Type.Replace('_', ' '),
        ];
        if (layer is RecurrentLayer<T> { Layers: 1 } recurrent)
            return new SequenceRow(
                titles, t => State(recurrent, i, t + 1), "W_x", recurrent is Lstm<T> ? [("c", "c_0"), ("W_h", "h_0")] : [("W_h", "h_0")]);
        var values = snapshot.Output(name);
        return new SequenceRow(
            titles,
            t => (
                HasTime(i) ? [.. Numbers(At(values, t, shapes[i]), values is null ? "" : $"{name}[0,{t}")] : [Units(layer)], $"{name} at t = {t + 1}"),
            layer is Linear<T> ? "W" : "",
            layer is RecurrentLayer<T> ? [("W_h", "h_0")] : layer is Bidirectional<T> ? [("⇄", "")] : []);
    }

    /// <summary>What a recurrent layer has at a time step: its gates where there is one of each, then c and h.</summary>
    private (IReadOnlyList<(string, string)> Lines, string Title) State(RecurrentLayer<T> layer, int i, int t)
    {
        string name = model.LayerNames[i];
        var lines = new List<(string, string)>();
        var gates = (layer switch { Lstm<T> => LstmGates, Gru<T> => GruGates, _ => [] })
            .Select(letter => (Letter: letter, Found: snapshot.Within(name, $"{letter}_{t}"))).Where(gate => gate.Found is not null)
            .Select(gate => (gate.Letter, gate.Found!.Value.Values)).ToList();
        if (layer.Units == 1)
            lines.AddRange(
                gates.Chunk(2).Select(pair => (string.Join("  ", pair.Select(gate => $"{gate.Letter} {Stage.Short(gate.Values[0])}")), "")));
        foreach (string letter in layer is Lstm<T> ? LstmState : PlainState)
        {
            var (values, path) = snapshot.Within(name, $"{letter}_{t}") is { } found ? (found.Values, $"{found.Path}[0")
                : letter == "h" ? Given(i, t) : ([], "");
            if (values.Count == 1) lines.Add(($"{letter}_{t} = {Stage.Short(values[0])}", $"{path},0]"));
            else lines.AddRange([($"{letter}_{t}", ""), .. Numbers(values, path)]);
        }
        string said = string.Join(
            ", ", gates.Select(gate => $"{gate.Letter}_{t} = {string.Join(" ", gate.Values.Take(8).Select(value => NumberText.Of(value)))}"));
        return (lines, $"{name} at t = {t}{(said.Length > 0 ? $": {said}" : "")}");
    }

    /// <summary>What a layer gave for a time step, where that alone says it; the beginning of the paths.</summary>
    private (IReadOnlyList<T> Values, string Path) Given(int i, int t)
    {
        string name = model.LayerNames[i];
        return snapshot.Output(name) is not { } values ? ([], "")
            : HasTime(i) ? (At(values, t - 1, shapes[i])!, $"{name}[0,{t - 1}")
            : t == snapshot.Network.Input[0] ? (values, $"{name}[0") : ([], "");
    }

    /// <summary>What a layer is like whose states are not known one by one.</summary>
    private static (string, string) Units(Layer<T> layer) =>
        layer is RecurrentLayer<T> stacked ? ($"{stacked.Layers} × {stacked.Units} units", "") : (layer.Type, "");

    private static IReadOnlyList<T>? At(IReadOnlyList<T>? values, int t, Shape shape) =>
        values is null ? null : [.. values.Skip(t * shape.Product(1, shape.Rank)).Take(shape.Product(1, shape.Rank))];

    /// <summary>The first numbers of some, each in a line of its own; with their paths where they have one.</summary>
    private static IEnumerable<(string, string)> Numbers(IReadOnlyList<T>? values, string path)
    {
        if (values is null) yield break;
        int shown = values.Count <= MostNumbers ? values.Count : MostNumbers - 1;
        for (int i = 0; i < shown; i++) yield return (Stage.Short(values[i]), path.Length > 0 ? $"{path},{i}]" : "");
        if (shown < values.Count) yield return ($"… {values.Count}", "");
    }
}
