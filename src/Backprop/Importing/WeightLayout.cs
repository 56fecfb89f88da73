namespace Backprop.Importing;

/// <summary>Whose names, axes and orders of gates weights have.</summary>
public enum WeightLayout
{
    /// <summary>Those of this library: <c>linear1.weight</c> [inputs, outputs].</summary>
    Backprop,

    /// <summary>Those of a state dict: <c>fc1.weight</c> [outputs, inputs], <c>lstm.weight_ih_l0</c>.</summary>
    PyTorch,

    /// <summary>Those of a Keras model: <c>dense/kernel</c> [inputs, outputs], pictures with their channels last.</summary>
    Keras,
}
