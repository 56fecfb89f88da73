using System.Runtime.InteropServices;

namespace Backprop.Tensors;

// What the last forward run read from outside, and whether it has been written since.
public sealed partial class Tape<T>
{
    private readonly List<(Tensor<T> Leaf, long Version)> leaves = [];
    private readonly List<(Indices Leaf, long Version)> indexLeaves = [];

    /// <summary>The first parameter, input or constant whose values were written after the last forward run, if any: what the tape shows is then
    /// no longer what was computed.</summary>
    public IInput? FindChanged()
    {
        foreach (var (leaf, version) in CollectionsMarshal.AsSpan(leaves))
            if (leaf.Version != version) return leaf;
        foreach (var (leaf, version) in CollectionsMarshal.AsSpan(indexLeaves))
            if (leaf.Version != version) return leaf;
        return null;
    }

    /// <summary>Notes what a step reads for the first time.</summary>
    private void NoteVersions(Operation<T> step)
    {
        foreach (var input in step.Inputs)
            if (input.Source is null && !leaves.Exists(noted => noted.Leaf == input)) leaves.Add((input, input.Version));
        if (step.Indices is { } indices && !indexLeaves.Exists(noted => noted.Leaf == indices)) indexLeaves.Add((indices, indices.Version));
    }

    /// <summary>Notes that the forward run that begins now reads the present values.</summary>
    private void RenewVersions()
    {
        foreach (ref var noted in CollectionsMarshal.AsSpan(leaves)) noted.Version = noted.Leaf.Version;
        foreach (ref var noted in CollectionsMarshal.AsSpan(indexLeaves)) noted.Version = noted.Leaf.Version;
    }
}
