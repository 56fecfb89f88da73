using System.Numerics;
using Backprop.Saving;
using Backprop.Tensors;

namespace Backprop.Exporting;

/// <summary>The numbers of a trained network as PyTorch names and turns them, in one safetensors file: the state dict of the module that
/// <see cref="PyTorchProgram"/> writes.</summary>
/// <remarks>
/// <c>Network().load_state_dict(safetensors.torch.load_file(path))</c> takes it. Weights are [outputs, inputs], running statistics are called running_mean and
/// running_var, recurrent weights weight_ih_l0 and weight_hh_l0 with the gates in PyTorch's order; a second bias of zeros stands where PyTorch has one.
/// The constants of the fitted transforms are there in double. The network's description stays behind: a model that is to be read here again is saved
/// by <see cref="SavedModel{T}.Save"/>.
/// </remarks>
public static class PyTorchWeights
{
    /// <summary>Gives the arrays.</summary>
    /// <param name="model">The model.</param>
    /// <returns>The arrays in the order of the layers; a parameter that layers share stands there for each of them, as in a state dict. The texts are
    /// <c>format</c>, which is <c>pt</c>, and <c>classes</c>, a JSON list, where there are some.</returns>
    /// <exception cref="NotSupportedException">A layer or a transform has no counterpart in PyTorch.</exception>
    public static Safetensors Of<T>(SavedModel<T> model) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        var parts = PyTorchProgram.Translated(model).Parts;
        var parameters = model.Model.Parameters;
        var content = new Safetensors();
        // What safetensors itself writes for PyTorch, and what some readers ask for.
        content.Metadata["format"] = "pt";
        if (model.ClassNames.Count > 0) content.Metadata["classes"] = JsonTexts.List(model.ClassNames);
        foreach (var weight in parts.Weights) content.Add(weight.Key, weight.Path is null ? Nn<T>.Zeros([weight.Zeros]) : Turned(parameters[weight.Path], weight.Turned));
        foreach (var (key, numbers) in parts.Buffers) content.Add(key, Nn<double>.Tensor([numbers.Count], [.. numbers]));
        return content;
    }

    private static Tensor<T> Turned<T>(Parameter<T> parameter, bool turned) where T : unmanaged, IFloatingPointIeee754<T>
    {
        // A single slope is a list of one there.
        if (parameter.Shape.Rank == 0) return Nn<T>.Tensor([1], parameter.Values);
        if (!turned) return parameter;
        var (rows, columns) = (parameter.Shape[0], parameter.Shape[1]);
        var values = new T[parameter.Length];
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++) values[column * rows + row] = parameter.Values[row * columns + column];
        return Nn<T>.Tensor([columns, rows], values);
    }
}
