using System.Numerics;
using Backprop.Optimizers;
using Backprop.Tensors;

namespace Backprop.Explaining;

/// <summary>All numbers of one training step in the order of calculation: forward pass, loss, backward pass, update. It can be worked out again with
/// some of them given, which says what is right for somebody who has made a mistake before.</summary>
/// <remarks>The parameters and the optimizer are left as they were: no step is taken. The form belongs to its tape, and goes with it.</remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed partial class StepForm<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Tensor<T> loss;
    private readonly Optimizer<T> optimizer;
    private readonly Tensor<T> one = Nn<T>.Filled([], T.One);

    private StepForm(Tape<T> tape, Tensor<T> loss, Optimizer<T> optimizer, IReadOnlyDictionary<string, IReadOnlyList<string>> labels)
    {
        (Tape, this.loss, this.optimizer) = (tape, loss, optimizer);
        var lines = new List<FormLine<T>>();
        var entries = new List<FormEntry<T>>();
        Run([], () =>
        {
            var reader = TapeReader<T>.Attach(tape);
            foreach (var read in reader.Steps) Add(read.Phase == Phase.Backward ? FormKind.Gradient : FormKind.Value, read, read.Symbol, read.Values);
            optimizer.Step();
            foreach (var change in reader.Changes(optimizer))
            {
                foreach (var quantity in change.Quantities) Add(FormKind.Quantity, change.Step, $"{quantity.Symbol} of {change.Step.Symbol}", quantity.Values);
                Add(FormKind.New, change.Step, change.Step.Symbol, change.Step.Values);
            }
            (Symbols, Legend) = (reader.Symbols, reader.Legend);
        });
        (Lines, Entries) = (lines, entries);

        void Add(FormKind kind, ReadStep<T> read, string symbol, IReadOnlyList<T> values)
        {
            var tensor = read.Tensor!;
            var names = tensor is Parameter<T> parameter ? labels.GetValueOrDefault(tape.NameOf(parameter)) : null;
            string before = kind switch { FormKind.Gradient => "∂L/∂", FormKind.Quantity => symbol[..^read.Symbol.Length], _ => "" };
            var line = new FormLine<T>(kind, read, symbol, tensor);
            int start = entries.Count;
            for (int i = 0; i < values.Count; i++)
                entries.Add(new FormEntry<T>(line, start + i, i, names is null ? symbol + tensor.Place(i) : before + names[i], values[i]));
            line.Entries = entries[start..];
            lines.Add(line);
        }
    }

    /// <summary>The tape, which holds the numbers that were worked out last.</summary>
    public Tape<T> Tape { get; }

    /// <summary>The lines in the order of calculation.</summary>
    public IReadOnlyList<FormLine<T>> Lines { get; }

    /// <summary>The numbers in the order of calculation.</summary>
    public IReadOnlyList<FormEntry<T>> Entries { get; }

    /// <summary>What the tensors are called.</summary>
    public Symbols<T> Symbols { get; private set; } = null!;

    /// <summary>What each symbol of a parameter, an input or a constant stands for, and its shape.</summary>
    public IReadOnlyList<(string Symbol, string Meaning, Shape Shape)> Legend { get; private set; } = [];

    /// <summary>The form of the step that a tape has recorded.</summary>
    /// <param name="tape">The tape; its parameters have not been changed since.</param>
    /// <param name="loss">The loss, computed on the tape.</param>
    /// <param name="optimizer">What is to make the update; it makes it and takes it back.</param>
    /// <param name="labels">The textbook's names of single entries, row-major, by the path of the parameter.</param>
    /// <exception cref="InvalidOperationException">The loss is not of this tape, or depends on no parameter that is trained.</exception>
    public static StepForm<T> Of(
        Tape<T> tape, Tensor<T> loss, Optimizer<T> optimizer, IReadOnlyDictionary<string, IReadOnlyList<string>>? labels = null)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(optimizer);
        return new StepForm<T>(tape, loss, optimizer, labels ?? new Dictionary<string, IReadOnlyList<string>>());
    }

    /// <summary>Works the step out with some of its numbers given: what follows from them.</summary>
    /// <param name="given">The given numbers. Values and gradients count; from a given new parameter nothing follows.</param>
    /// <returns>A number for each of <see cref="Entries"/>; a given value or gradient is the given one.</returns>
    public IReadOnlyList<T> Rework(IReadOnlyDictionary<FormEntry<T>, T> given)
    {
        ArgumentNullException.ThrowIfNull(given);
        var numbers = new List<T>(Entries.Count);
        Run(
            [.. given.Where(pair => pair.Key.Line.Kind is FormKind.Value or FormKind.Gradient)
                .Select(pair => new Pin<T>(pair.Key.Line.Tensor, pair.Key.Index, pair.Value, pair.Key.Line.Kind == FormKind.Gradient))],
            () =>
            {
                foreach (var line in Lines.Where(line => line.Phase != Phase.Update))
                    numbers.AddRange(line.Kind == FormKind.Gradient ? line.Tensor.Gradient : line.Tensor.Values);
                optimizer.Step();
                foreach (var lines in Lines.Where(line => line.Phase == Phase.Update).GroupBy(line => line.Tensor))
                {
                    var quantities = optimizer.Quantities(PositionOf(lines.Key));
                    numbers.AddRange(quantities.SelectMany(quantity => quantity.Values));
                    numbers.AddRange(lines.Key.Values);
                }
            });
        return numbers;
    }

    /// <summary>Runs the step with pins, lets somebody look, and puts back what the update has changed.</summary>
    private void Run(IReadOnlyCollection<Pin<T>> pins, Action look)
    {
        var state = optimizer.State;
        T[][] before = [.. optimizer.Parameters.Select(parameter => parameter.Values.ToArray())];
        try
        {
            Tape.Replay(pins);
            Tape.BackwardWithoutCommit(loss, one);
            look();
        }
        finally
        {
            optimizer.State = state;
            for (int i = 0; i < before.Length; i++)
                if (!optimizer.Parameters[i].Values.SequenceEqual(before[i])) optimizer.Parameters[i].Set(before[i]);
        }
    }

    private int PositionOf(Tensor<T> parameter)
    {
        for (int i = 0; i < optimizer.Parameters.Count; i++)
            if (optimizer.Parameters[i] == parameter) return i;
        throw new InvalidOperationException("A form's update is made by the optimizer of the form.");
    }
}
