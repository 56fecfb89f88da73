using Backprop.Explaining;
using Backprop.Tensors;

namespace Backprop.Lessons.Worksheets;

/// <summary>Numbers that a step begins with: data, targets, parameters, and what is drawn by chance.</summary>
/// <param name="Symbol">What they are called in formulas.</param>
/// <param name="Path">What they are: a parameter's path, <c>input</c>, <c>target</c>, <c>class</c>, <c>constant</c>, the layer that drew a mask.</param>
/// <param name="Shape">Their shape.</param>
/// <param name="Values">The numbers, row-major.</param>
public sealed record GivenNumbers(string Symbol, string Path, Shape Shape, IReadOnlyList<double> Values)
{
    /// <summary>All that a step begins with.</summary>
    internal static IReadOnlyList<GivenNumbers> Of(StepForm<double> form, Tensor<double> inputs, IInput targets)
    {
        var tape = form.Tape;
        return
        [
            Of(inputs, "input"),
            targets is Indices classes ? new("y", "class", classes.Shape, [.. classes.Values.ToArray().Select(value => (double)value)])
                : Of((Tensor<double>)targets, "target"),
            .. tape.Parameters.Select(parameter => Of(parameter, tape.NameOf(parameter))),
            .. tape.Constants.Select(constant => Of(constant, "constant")),
            .. from step in tape.Steps
               from kept in step.Kept
               where kept is { Name: "mask", Values: not null }
               select new GivenNumbers("mask", step.Layer, kept.Values!.Shape, kept.Values.Values.ToArray()),
        ];

        GivenNumbers Of(Tensor<double> tensor, string path) => new(form.Symbols[tensor], path, tensor.Shape, tensor.Values.ToArray());
    }
}
