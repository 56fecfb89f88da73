using System.Runtime.InteropServices;
using Backprop.Data;
using Backprop.Importing;
using Backprop.Onnx;
using Backprop.Saving;
using Backprop.Tensors;

namespace Backprop.Cli.Export;

/// <summary>What was written, read again and held against the model: the largest difference of any number.</summary>
internal static class ReadBack
{
    /// <summary>An archive of the parameters.</summary>
    public static double OfArchive(string path, SavedModel<float> model)
    {
        var arrays = Npz.Read<float>(path);
        return Largest(model, name => Difference(path, name, model.Model.Parameters[name], arrays.GetValueOrDefault(name)));
    }

    /// <summary>A program and its archive.</summary>
    public static double OfProgram(string path, string text, string archive, SavedModel<float> model) =>
        File.ReadAllText(path) == text ? OfArchive(archive, model) : throw Changed(path, "the program");

    /// <summary>PyTorch's names and axes, taken back into a network of the same kind that has forgotten its numbers.</summary>
    /// <param name="path">The file.</param>
    /// <param name="model">What it was made of.</param>
    /// <param name="same">The same model once more; its numbers are overwritten.</param>
    public static double OfWeights(string path, SavedModel<float> model, SavedModel<float> same)
    {
        var parameters = same.Model.Parameters;
        foreach (string name in parameters.Names) parameters[name].Set(new float[parameters[name].Length]);
        new WeightImport<float>(WeightFile<float>.Load(path), same.Model, same.Input, WeightLayout.PyTorch).Apply();
        return Largest(model, name => Difference(path, name, model.Model.Parameters[name], parameters[name]));
    }

    /// <summary>A graph: its structure must be the same.</summary>
    public static double OfGraph(string path, OnnxModel written)
    {
        var back = OnnxModel.Load(path);
        if (back.ToString() != written.ToString()) throw Changed(path, "the graph");
        return written.Initializers.Zip(back.Initializers).Select(pair => pair.First.Type == OnnxType.Float
            ? Difference(Numbers(pair.First), Numbers(pair.Second))
            : pair.First.Bytes.Span.SequenceEqual(pair.Second.Bytes.Span) ? 0 : throw Changed(path, pair.First.Name)).DefaultIfEmpty().Max();
    }

    private static double Largest(SavedModel<float> model, Func<string, double> difference) => model.Model.Parameters.Names.Select(difference).DefaultIfEmpty().Max();

    private static double Difference(string path, string name, Tensor<float> written, Tensor<float>? back) =>
        back is not null && back.Shape == written.Shape ? Difference(written.Values, back.Values) : throw Changed(path, $"'{name}'");

    private static double Difference(ReadOnlySpan<float> written, ReadOnlySpan<float> back)
    {
        double largest = 0;
        for (int i = 0; i < written.Length; i++)
            if (!written[i].Equals(back[i])) largest = Math.Max(largest, Math.Abs((double)written[i] - back[i]));
        return largest;
    }

    private static ReadOnlySpan<float> Numbers(OnnxTensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.Bytes.Span);

    private static DataException Changed(string path, string what) => new(path, $"{what} did not come back as it was written; is the disk damaged?");
}
