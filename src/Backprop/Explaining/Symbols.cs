using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Explaining;

/// <summary>What the tensors of a tape are called in a textbook: x, W1, b1, z1, a1, h_t, ŷ, y, L.</summary>
/// <remarks>
/// A tensor that was given a name keeps it. Else: z is what an activation reads (and what a layer with weights computes), a what it
/// gives, each with the number of its layer; u is anything else. A constant whole number is itself. δ stands for ∂L/∂z.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Symbols<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Dictionary<Tensor<T>, string> symbols = [];
    private readonly HashSet<string> taken = [];
    private readonly Dictionary<Tensor<T>, Operation<T>?> readers = [];
    private readonly Dictionary<string, int> layers = [];
    private readonly Tape<T> tape;

    /// <summary>Names everything on a tape.</summary>
    public Symbols(Tape<T> tape)
    {
        ArgumentNullException.ThrowIfNull(tape);
        this.tape = tape;
        for (int i = 0; i < tape.Inputs.Count; i++)
            if (tape.Inputs[i] is Tensor<T> input) Add(input, i == 0 ? "x" : i == 1 ? "y" : $"x{i}");
        // The only step that reads a tensor; null where several do.
        foreach (var step in tape.Steps)
            foreach (var input in step.Inputs) readers[input] = readers.ContainsKey(input) ? null : step;
        if (tape.Loss is { Length: 1 } loss) NameLoss(loss);
        foreach (var step in tape.Steps)
        {
            foreach (var parameter in step.Inputs.OfType<Parameter<T>>()) NameParameter(parameter);
            if (!symbols.ContainsKey(step.Output)) Add(step.Output, SymbolOf(step));
        }
        foreach (var parameter in tape.Parameters) NameParameter(parameter);
        for (int i = 0; i < tape.Constants.Count; i++)
            if (tape.Constants[i] is { Name: "", Shape.Rank: 0 } number && number.Values[0] == T.Floor(number.Values[0])) symbols[number] = NumberText.Operand(number.Values[0]);
            else Add(tape.Constants[i], tape.Constants[i].Name is { Length: > 0 } name ? name : $"c{i + 1}");
    }

    /// <summary>The symbol of a tensor.</summary>
    public string this[Tensor<T> tensor] => symbols.TryGetValue(tensor, out string? symbol) ? symbol : "?";

    /// <summary>The symbol of the gradient of the loss with respect to a tensor: δ1 for z1, else ∂L/∂W1.</summary>
    public string GradientOf(Tensor<T> tensor)
    {
        string symbol = this[tensor];
        return symbol.StartsWith('z') && !IsGate(tensor) ? "δ" + symbol[1..] : "∂L/∂" + symbol;
    }

    private void NameLoss(Tensor<T> loss)
    {
        Add(loss, "L");
        if (loss.Source is not { Inputs.Count: > 0 } source) return;
        // A penalty is added to the loss of the data, which is the number that compares.
        while (source.Inputs[0] is { Shape.Rank: 0, Source: { Inputs.Count: > 0 } ofData }) source = ofData;
        // What a loss on logits compares is not yet a prediction: it stays z.
        if (source.Kept.Count == 0 && source.Inputs[0].Source is not null && source.Inputs.Count > 1) Add(source.Inputs[0], "ŷ");
    }

    private void NameParameter(Parameter<T> parameter)
    {
        string path = tape.NameOf(parameter);
        string own = path[(path.LastIndexOf('.') + 1)..];
        string letter = own switch
        {
            "weight" => "W",
            "bias" => "b",
            "inputWeight" => "Wx",
            "recurrentWeight" => "Wh",
            _ => own,
        };
        Add(parameter, letter is "Wx" or "Wh" && !taken.Contains(letter) ? letter : letter + Layer(parameter));
    }

    private string SymbolOf(Operation<T> step)
    {
        var output = step.Output;
        if (output.Name.Length > 0) return output.Name;
        if (step.Inputs.Count == 1 && IsActivation(step) && this[step.Inputs[0]] is ['z', .. var number]) return "a" + number;

        readers.TryGetValue(output, out var reader);
        bool activated = reader is not null && IsActivation(reader);
        if (activated && Index(reader!.Output.Name) is { Length: > 0 } index) return "z" + index;
        var parameter = step.Inputs.OfType<Parameter<T>>().FirstOrDefault();
        bool endsLayer = parameter is not null && (reader is null || reader.Inputs.Count == 1 || reader.Output == tape.Loss);
        if (!activated && !endsLayer) return NextFree("u");
        return parameter is not null && Layer(parameter) is { } layer ? $"z{layer}" : NextFree("z");
    }

    /// <summary>Whether a z is not what an activation reads but what one gives: the update gate of a GRU.</summary>
    private bool IsGate(Tensor<T> tensor) => tensor.Source is { } source && IsActivation(source) && this[source.Inputs[0]].StartsWith('z');

    private static bool IsActivation(Operation<T> step) => step.Inputs.Count == 1 && step.Output.Shape == step.Inputs[0].Shape;

    /// <summary>The number of the layer that a parameter belongs to, in the order of first use; null for a parameter of no layer.</summary>
    private int? Layer(Parameter<T> parameter)
    {
        string path = tape.NameOf(parameter);
        int dot = path.LastIndexOf('.');
        if (dot < 0) return null;
        if (!layers.TryGetValue(path[..dot], out int layer)) layers[path[..dot]] = layer = layers.Count + 1;
        return layer;
    }

    /// <summary>What stands behind the letters of a name: <c>_3</c> of <c>h_3</c>.</summary>
    private static string Index(string name) => name.TrimStart([.. name.TakeWhile(char.IsLetter)]);

    private void Add(Tensor<T> tensor, string symbol)
    {
        if (symbols.ContainsKey(tensor)) return;
        symbols[tensor] = symbol = taken.Contains(symbol) ? NextFree(symbol + "′") : symbol;
        taken.Add(symbol);
    }

    private string NextFree(string letter)
    {
        int n = 1;
        while (taken.Contains($"{letter}{n}")) n++;
        return $"{letter}{n}";
    }
}
