using System.Numerics;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Layers;

/// <summary>A recurrent network over a whole sequence: a cell at every time step, or several one above the other.</summary>
/// <remarks>
/// Shapes: x [N, T, D] → the last state [N, H], or all of them, [N, T, H]. The state begins at zero, or as given.
/// A batch may hold sequences of different lengths, filled up at their ends: no number of the padding counts, the states given out for it
/// are 0, and
/// the last state is that of a sequence's own last time step.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public abstract class RecurrentLayer<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly RecurrentCell<T>[] cells;
    private readonly string operation;

    private protected RecurrentLayer(
        string operation, IReadOnlyList<RecurrentCell<T>> cells, bool returnSequences, int? truncate, bool unrolled, string name) : base(name)
    {
        ArgumentNullException.ThrowIfNull(cells);
        foreach (var cell in cells) ArgumentNullException.ThrowIfNull(cell, nameof(cells));
        if (truncate is { } steps) Size.AtLeastOne(operation, nameof(truncate), steps);
        if (cells.Count == 0) throw new ArgumentException($"{operation}: no cell came, at least one is needed.", nameof(cells));
        foreach (var cell in cells.Skip(1))
            if (cell.Inputs != cells[0].Units || cell.Units != cells[0].Units || cell.Bias is null != cells[0].Bias is null)
                throw new ArgumentException(
                    $"{operation}: cells one above the other have equal units, and all a bias or none: the first has {cells[0].Units} units, " +
                    $"another reads {cell.Inputs} and has {cell.Units}.", nameof(cells));
        (this.operation, this.cells) = (operation, [.. cells]);
        (ReturnSequences, Truncate, Unrolled) = (returnSequences, truncate, unrolled);
    }

    /// <summary>D, the numbers that each time step reads.</summary>
    public int Inputs => cells[0].Inputs;

    /// <summary>H, the numbers of the state.</summary>
    public int Units => cells[0].Units;

    /// <summary>How many cells stand one above the other.</summary>
    public int Layers => cells.Length;

    /// <summary>The cells, the lowest first.</summary>
    internal IReadOnlyList<RecurrentCell<T>> Stack => cells;

    /// <summary>Whether the output holds the states of all time steps.</summary>
    public bool ReturnSequences { get; }

    /// <summary>Over how many time steps a gradient flows back; null for all.</summary>
    public int? Truncate { get; }

    /// <summary>Whether each time step stands on the tape by itself.</summary>
    public bool Unrolled { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Key, object Value)> Settings
    {
        get
        {
            var settings = new List<(string, object)> { ("units", Units), ("returnSequences", ReturnSequences) };
            if (Layers > 1) settings.Add(("layers", Layers));
            if (Truncate is { } steps) settings.Add(("truncate", steps));
            if (cells[0].Bias is null) settings.Add(("bias", false));
            if (Unrolled) settings.Add(("unrolled", true));
            return settings;
        }
    }

    /// <summary>How many tensors the state of one cell is.</summary>
    private protected virtual int StateParts => 1;

    /// <inheritdoc/>
    public override Tensor<T> Forward(Tensor<T> input) => Forward(input, lengths: null);

    /// <summary>Computes the output of a batch of sequences of different lengths.</summary>
    /// <param name="input">x, [N, T, D]; behind the end of a sequence stands padding.</param>
    /// <param name="lengths">[N], how many time steps each sequence has, 1 to T; all of them if null. Give it to Record, so that it can be
    /// replayed.</param>
    /// <exception cref="ShapeException">The input or the lengths have another shape, or there is no time step.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A length is outside its range.</exception>
    public Tensor<T> Forward(Tensor<T> input, Indices? lengths)
    {
        Check(input);
        for (int layer = 0; layer < Layers; layer++)
        {
            var start = new Tensor<T>[StateParts];
            // On a dry tape the first state is a mere shape as well, so that nothing is multiplied.
            for (int part = 0; part < start.Length; part++)
                start[part] = input.Tape is { ShapesOnly: true } dry
                    ? new PlainTensor<T>([input.Shape[0], Units], null, 0, "") { Tape = dry } : Nn<T>.Zeros([input.Shape[0], Units]);
            NameStart(start);
            bool all = GivesAll(layer);
            input = RunWithin(layer, input, start, new(all, Truncate, lengths, State: false)).Named(all ? "h" : $"h_{input.Shape[1]}");
        }
        return input;
    }

    /// <summary>Computes the output from a given first state, and what to go on from.</summary>
    private protected (Tensor<T> Output, Tensor<T>[] State) Forward(Tensor<T> input, Tensor<T>[] start, Indices? lengths)
    {
        Check(input);
        int steps = input.Shape[1];
        if (Layers > 1)
            foreach (var part in start)
                if (part.Shape != [Layers, input.Shape[0], Units])
                    throw new ShapeException(
                        operation, $"the first state {part.Shape} came, {Layers} layers and x {input.Shape} need [{Layers}, {input.Shape[0]}, {Units}]",
                        part.Shape, input.Shape);
        var last = new Tensor<T>[StateParts, Layers];
        for (int layer = 0; layer < Layers; layer++)
        {
            bool all = GivesAll(layer);
            Tensor<T>[] before = [.. start.Select(part => Layers == 1 ? part : part.Select(0, layer))];
            var output = RunWithin(layer, input, before, new(all, Truncate, lengths, State: all || StateParts > 1));
            for (int part = 0; part < StateParts; part++)
                last[part, layer] = all || StateParts > 1 ? output.Select(1, (all ? steps : 0) + part) : output;
            input = (all ? output.Slice(1, 0, steps) : last[0, layer]).Named(all ? "h" : $"h_{steps}");
        }
        return (input, [.. Enumerable.Range(0, StateParts).Select(OfAllLayers)]);

        Tensor<T> OfAllLayers(int part) =>
            Layers == 1 ? last[part, 0] : Nn<T>.Stack(0, [.. Enumerable.Range(0, Layers).Select(layer => last[part, layer])]);
    }

    /// <inheritdoc/>
    public sealed override RecurrentLayer<T> Unroll(Func<RecurrentLayer<T>, int?> truncate)
    {
        ArgumentNullException.ThrowIfNull(truncate);
        return Unroll(truncate(this));
    }

    /// <summary>An equal layer around the same cells, unrolled.</summary>
    private protected abstract RecurrentLayer<T> Unroll(int? truncate);

    /// <summary>Sends a batch through one of the cells; of several its steps know which.</summary>
    private Tensor<T> RunWithin(int layer, Tensor<T> input, Tensor<T>[] start, SequenceOptions options) =>
        Layers == 1 ? Run(layer, input, start, options) : Within.Run(NameOf(layer), input.Tape, () => Run(layer, input, start, options));

    private static string NameOf(int layer) => $"layer{layer + 1}";

    /// <summary>Sends a batch through one of the cells.</summary>
    private protected abstract Tensor<T> Run(int layer, Tensor<T> input, Tensor<T>[] start, SequenceOptions options);

    /// <summary>The zeros that a network of several layers begins at, [layers, n, H], or of one, [n, H].</summary>
    private protected Tensor<T> Zeros(int n, string name) => Nn<T>.Zeros(Layers == 1 ? [n, Units] : [Layers, n, Units]).Named(name);

    /// <inheritdoc/>
    protected internal override IEnumerable<(string Path, Parameter<T> Parameter)> OwnParameters() =>
        Layers == 1 ? cells[0].OwnParameters()
        : cells.SelectMany((cell, layer) => cell.OwnParameters().Select(own => ($"{NameOf(layer)}.{own.Path}", own.Parameter)));

    /// <summary>Makes the cells of a network of several layers.</summary>
    private protected static TCell[] Stacked<TCell>(string operation, int layers, int inputs, int units, Func<int, TCell> make)
    {
        Size.AtLeastOne(operation, nameof(layers), layers);
        return [.. Enumerable.Range(0, layers).Select(layer => make(layer == 0 ? inputs : units))];
    }

    private bool GivesAll(int layer) => ReturnSequences || layer < Layers - 1;

    private static void NameStart(Tensor<T>[] start)
    {
        start[0].Named("h_0");
        if (start.Length > 1) start[1].Named("c_0");
    }

    private void Check(Tensor<T> input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Shape.Rank != 3 || input.Shape[1] == 0 || input.Shape[2] != Inputs)
            throw new ShapeException(operation, $"x {input.Shape} came, [N, T, {Inputs}] with at least one time step is needed", input.Shape);
    }
}
