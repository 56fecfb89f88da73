using System.Numerics;
using Backprop.Explaining;
using Backprop.Layers;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Cli.Explain.Drawing;

/// <summary>Puts together the stages of a picture, layer by layer; an activation stands in the units of the layer before it.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class StageList<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const double LinearRoom = 112, WideRoom = 90, ArrowRoom = 64;
    private const int LongestLine = 22, MostTargets = 4;

    private readonly NetworkSnapshot<T> snapshot;
    private readonly Sequential<T> model;
    private readonly List<Shape> shapes = [];
    private readonly List<(Stage Stage, Connection? Connection)> stages = [];

    private StageList(NetworkSnapshot<T> snapshot)
    {
        this.snapshot = snapshot;
        model = snapshot.Network.Model;
        Shape one = [1, .. snapshot.Network.Input.AsSpan()];
        foreach (var layer in model.Layers) shapes.Add((one = layer.Describe(one).Rows[^1].Output).Without(0));
    }

    /// <summary>The stages from left to right, each with what leads to it.</summary>
    public static IReadOnlyList<(Stage Stage, Connection? Connection)> Of(NetworkSnapshot<T> snapshot)
    {
        var list = new StageList<T>(snapshot);
        list.AddAll();
        return list.stages;
    }

    private void AddAll()
    {
        var sequence = new SequenceRows<T>(snapshot, shapes);
        var input = snapshot.Network.Input;
        Stage start = sequence.Layers > 0 ? new SequenceStage(sequence.Rows, input[0]) { Titles = [] }
            : Plain(input, snapshot.Inputs, ["x", "input"], "x", 0);
        stages.Add((start, null));
        for (int first = sequence.Layers, last; first < model.Layers.Count; first = last + 1)
        {
            last = first;
            while (last + 1 < model.Layers.Count && IsActivation(last + 1)) last++;
            Add(first, last);
        }
        string[] targets = [.. snapshot.Targets.Take(MostTargets).Select(Stage.Short)];
        string right = $"y = {string.Join(", ", targets)}{(snapshot.Targets.Count > MostTargets ? ", …" : "")}";
        var loss = new BoxStage([$"L = {Stage.Short(snapshot.Loss)}"])
        {
            Titles = [.. Wrapped(snapshot.Network.Loss.Replace('_', ' '))],
            Notes = [right],
            Gap = ArrowRoom,
        };
        stages.Add((loss, new ArrowConnection("")));
    }

    /// <summary>Whether a layer works number by number, without weights.</summary>
    private bool IsActivation(int i) =>
        i > 0 && model.Layers[i].Parameters.Elements == 0 && shapes[i] == shapes[i - 1] && model.Layers[i] is not Flatten<T>;

    /// <summary>A layer, and the activations that follow it.</summary>
    private void Add(int first, int last)
    {
        var layer = model.Layers[first];
        string name = model.LayerNames[first];
        string types = string.Join(" + ", Enumerable.Range(first, last - first + 1).Select(i => model.Layers[i].Type.Replace('_', ' ')));
        string[] titles = first == last && name.StartsWith(layer.Type, StringComparison.Ordinal) ? [Stage.Cut(name)]
            : [Stage.Cut(name), Stage.Cut(types, LongestLine)];
        var before = stages[^1].Stage;
        var window = before is MapsStage && shapes[last].Rank == 3 ? WindowOf(layer) : null;
        double room = window is { } found ? WindowConnection.Room(found.Weight is null || !IsSmall(found.Kernel) ? 0 : found.Kernel.Columns)
            : layer is Linear<T> ? before is UnitsStage ? LinearRoom : WideRoom : ArrowRoom;
        string given = model.LayerNames[last];
        var stage = Plain(shapes[last], snapshot.Output(given), titles, given, room, first == last ? null : name);
        Connection connection = window is { } over ? Over(over, name, (MapsStage)before, (MapsStage)stage, shapes[first])
            : layer is Linear<T> && before is UnitsStage from && stage is UnitsStage to
                ? new WeightsConnection(from, to, Weight($"{name}.weight", shapes[last][0]))
            : new ArrowConnection(layer is Flatten<T> ? "in a row" : layer is Linear<T> full ? Count(full.Weight.Length, "weight") : "");
        stages.Add((stage, connection));
    }

    /// <summary>The numbers of a layer in the form of their shape.</summary>
    private Stage Plain(Shape shape, IReadOnlyList<T>? values, string[] titles, string name, double room, string? before = null)
    {
        var weighed = before is null ? null : snapshot.Output(before);
        if (shape.Rank == 1)
            return new UnitsStage(shape[0])
            {
                Titles = titles,
                Gap = room,
                Unit = i => (Number(i), Title(i), PathOf(i)),
                Note = Bias(before ?? name),
            };
        if (shape.Rank is not (2 or 3)) return new BoxStage([shape.ToString()]) { Titles = titles, Gap = room };
        var (maps, rows, columns) = shape.Rank == 3 ? (shape[0], shape[1], shape[2]) : (1, shape[0], shape[1]);
        return new MapsStage(maps, rows, columns)
        {
            Titles = [.. titles, maps > 1 ? $"{maps} × {rows}×{columns}" : $"{rows}×{columns}"],
            Gap = room,
            Numbers = values is null ? null : [.. values.Take(rows * columns).Select(double.CreateChecked)],
            Number = i => Stage.Shorter(values![i]),
            Path = PathOf,
        };

        string PathOf(int i) => values is null ? "" : name + new Shape([1, .. shape.AsSpan()]).Position(i);

        string Number(int i) => values is null ? "" : Stage.Short(values[i]);

        string Title(int i) => values is null ? name
            : weighed is null ? $"{name}[{i}] = {NumberText.Of(values[i])}"
            : $"{before}[{i}] = {NumberText.Of(weighed[i])}, {name}[{i}] = {NumberText.Of(values[i])}";
    }

    /// <summary>The biases of a layer, below its units.</summary>
    private Func<int, (string, string)>? Bias(string layer) => snapshot.Weights($"{layer}.bias") is not { } bias ? null
        : i => ($"b {Stage.Short(bias[i])}", $"{layer}.bias[{i}]");

    private Func<int, int, DrawnWeight>? Weight(string path, int units) => snapshot.Weights(path) is not { } weights ? null
        : (i, j) => Entry(path, weights, i * units + j);

    private DrawnWeight Entry(string path, IReadOnlyList<T> weights, int index) =>
        new(
            double.CreateChecked(weights[index]), Stage.Short(weights[index]), $"{snapshot.NameOf(path, index)} = {NumberText.Of(weights[index])}",
            path + snapshot.Network.Model.Parameters[path].Place(index));

    private static Sliding? WindowOf(Layer<T> layer) => layer switch
    {
        Conv2d<T> conv => new(conv.Kernel, conv.Stride, conv.Padding, conv.Dilation, conv.Weight, "kernel"),
        MaxPool2d<T> pool => new(pool.Kernel, pool.Stride, pool.Padding, 1, null, "the largest"),
        AveragePool2d<T> pool => new(pool.Kernel, pool.Stride, pool.Padding, 1, null, "the mean"),
        _ => null,
    };

    private static string Count(int count, string what) => FormattableString.Invariant($"{count:N0} {what}{(count == 1 ? "" : "s")}");

    /// <summary>A window that slides over a picture.</summary>
    private readonly record struct Sliding(Size2d Kernel, Size2d Stride, Size2d Padding, Size2d Dilation, Parameter<T>? Weight, string Kind);

    private static bool IsSmall(Size2d kernel) => kernel is { Rows: <= 5, Columns: <= 5 };

    /// <summary>The window over the picture, for a place near the middle.</summary>
    private WindowConnection Over(
        Sliding window, string name, MapsStage before, MapsStage after, Shape shape)
    {
        var (kernel, stride, padding, dilation, weight, kind) = window;
        int row = Middle(shape[1], kernel.Rows, stride.Rows, padding.Rows, dilation.Rows, before.ShownRows);
        int column = Middle(shape[2], kernel.Columns, stride.Columns, padding.Columns, dilation.Columns, before.ShownColumns);
        var weights = weight is null || !IsSmall(kernel) ? null : snapshot.Weights($"{name}.weight");
        string shared = weight is null ? $"{kind} of {kernel}"
            : weight.Shape[0] * weight.Shape[1] > 1 ? $"{weight.Shape[0]} kernels {weight.Shape[1]}×{kernel}, [0,0] shown" : $"{kind} {kernel}";
        return new WindowConnection(before, after)
        {
            Window = (kernel.Rows, kernel.Columns),
            Apart = (dilation.Rows, dilation.Columns),
            Place = (row * stride.Rows - padding.Rows, column * stride.Columns - padding.Columns, row, column),
            Kernel = weights is null ? []
                : [.. weights.Take(kernel.Rows * kernel.Columns).Select((w, i) => Entry($"{name}.weight", weights, i) with { Number = Stage.Shorter(w) })],
            Notes = weight is null ? [shared] : [shared, $"the same at {shape[1] * shape[2]} places"],
        };
    }

    /// <summary>A place near the middle whose window lies in the part of the picture that is drawn.</summary>
    private static int Middle(int places, int kernel, int stride, int padding, int dilation, int shown) =>
        (places - 1) / 2 is var middle && middle * stride - padding + (kernel - 1) * dilation < shown ? middle : 0;

    private static IEnumerable<string> Wrapped(string text)
    {
        string line = "";
        foreach (string word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + word.Length >= LongestLine)
            {
                yield return line;
                line = "";
            }
            line += line.Length > 0 ? $" {word}" : word;
        }
        yield return line;
    }
}
