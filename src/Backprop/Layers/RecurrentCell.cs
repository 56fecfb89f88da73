using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Layers;

/// <summary>One time step of a recurrent network: the weights that it shares with all others.</summary>
/// <remarks>The columns of the gates stand one behind the other in the weights.</remarks>
/// <typeparam name="T">float or double.</typeparam>
public abstract class RecurrentCell<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly string name;
    private readonly IReadOnlyList<string> gates;
    private ParameterList<T>? parameters;

    private protected RecurrentCell(
        string name, IReadOnlyList<string> gates, int inputs, int units, Random random, Initializer<T>? inputWeight, Initializer<T>? recurrentWeight,
        bool bias)
    {
        (this.name, this.gates) = (name, gates);
        Size.AtLeastOne(name, nameof(inputs), inputs);
        Size.AtLeastOne(name, nameof(units), units);
        // The shape refuses what is too large, so the product cannot overflow after it.
        Shape wide = [units, Blocks, units];
        int columns = wide[1] * units;
        InputWeight = (inputWeight ?? Nn<T>.GlorotUniform()).Parameter("inputWeight", [inputs, columns], inputs, columns, random);
        RecurrentWeight = (recurrentWeight ?? Nn<T>.Orthogonal()).Parameter("recurrentWeight", [units, columns], units, columns, random);
        Bias = bias ? new Parameter<T>([columns], new T[columns], "bias") : null;
        NameGates();
    }

    private protected RecurrentCell(string name, IReadOnlyList<string> gates, Tensor<T> inputWeight, Tensor<T> recurrentWeight, Tensor<T>? bias)
    {
        ArgumentNullException.ThrowIfNull(inputWeight);
        ArgumentNullException.ThrowIfNull(recurrentWeight);
        (this.name, this.gates) = (name, gates);
        if (inputWeight.Shape.Rank != 2 || inputWeight.Length == 0 || inputWeight.Shape[1] % Blocks != 0)
            throw new ShapeException(
                name, $"the input weight {inputWeight.Shape} came, [inputs, {(Blocks == 1 ? "" : $"{Blocks}·")}units] is needed", inputWeight.Shape);
        int columns = inputWeight.Shape[1], units = columns / Blocks;
        if (recurrentWeight.Shape != [units, columns])
            throw new ShapeException(name, $"the recurrent weight {recurrentWeight.Shape} came, [{units}, {columns}] is needed", recurrentWeight.Shape);
        CheckBias("bias", bias, columns);
        InputWeight = inputWeight.AsParameter("inputWeight");
        RecurrentWeight = recurrentWeight.AsParameter("recurrentWeight");
        Bias = bias?.AsParameter("bias");
        NameGates();
    }

    /// <summary>W_x, [D, H] or as many times H as there are gates.</summary>
    public Parameter<T> InputWeight { get; }

    /// <summary>W_h, [H, H] or as many times H as there are gates.</summary>
    public Parameter<T> RecurrentWeight { get; }

    /// <summary>b, [H] or as many times H as there are gates, if there is one.</summary>
    public Parameter<T>? Bias { get; }

    /// <summary>D, the numbers that each time step reads.</summary>
    public int Inputs => InputWeight.Shape[0];

    /// <summary>H, the numbers of the state.</summary>
    public int Units => RecurrentWeight.Shape[0];

    /// <summary>The parameters with their paths.</summary>
    public ParameterList<T> Parameters => parameters ??= new ParameterList<T>(OwnParameters());

    private int Blocks => Math.Max(gates.Count, 1);

    /// <summary>The parameters with their paths within a layer.</summary>
    internal virtual IEnumerable<(string Path, Parameter<T> Parameter)> OwnParameters()
    {
        yield return ("inputWeight", InputWeight);
        yield return ("recurrentWeight", RecurrentWeight);
        if (Bias is not null) yield return ("bias", Bias);
    }

    private protected void CheckBias(string what, Tensor<T>? bias, int columns)
    {
        if (bias is not null && bias.Shape != [columns])
            throw new ShapeException(name, $"the {what} {bias.Shape} came, [{columns}] is needed", bias.Shape);
    }

    private protected void CheckStep(Tensor<T> input, string what, Tensor<T> state)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(state);
        if (input.Shape.Rank != 2 || input.Shape[1] != Inputs)
            throw new ShapeException(name, $"x_t {input.Shape} came, [N, {Inputs}] is needed", input.Shape);
        if (state.Shape != [input.Shape[0], Units])
            throw new ShapeException(
                name, $"the {what} {state.Shape} came, x_t {input.Shape} needs [{input.Shape[0]}, {Units}]", state.Shape, input.Shape);
    }

    private void NameGates()
    {
        InputWeight.NamedColumns(gates);
        RecurrentWeight.NamedColumns(gates);
        Bias?.NamedColumns(gates);
    }
}
