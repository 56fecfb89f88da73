namespace Backprop.Tensors;

/// <summary>What a tape can watch and replay with new contents: a <see cref="Tensor{T}"/> or <see cref="Indices"/>.</summary>
public interface IInput
{
    /// <summary>The sizes of the axes.</summary>
    Shape Shape { get; }

    /// <summary>The open tape that watches this input, if any.</summary>
    internal object? Watcher { get; set; }
}
