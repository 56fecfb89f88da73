using System.Numerics;
using System.Text;
using Backprop.Data;
using Backprop.Saving;

namespace Backprop.Exporting;

/// <summary>What programs in Python share: their files, their blocks of lines, and the transforms that are part of them.</summary>
internal static class PythonProgram
{
    private const string Extension = ".npz";

    /// <summary>Writes NAME.py and NAME.npz.</summary>
    /// <returns>The path of the archive.</returns>
    public static string Save<T>(string kind, SavedModel<T> model, string path, bool overwrite, Func<SavedModel<T>, string, string> textOf)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(path);
        string archive = Path.ChangeExtension(path, Extension);
        if (archive == path) throw new ArgumentException($"{kind}: {path} is the name of its archive; the program needs another ending, such as .py.", nameof(path));
        string text = textOf(model, Path.GetFileName(archive));
        if (!overwrite && File.Exists(path)) throw new IOException($"{path}: the file exists, and is replaced only when overwrite: true is said.");
        model.SaveNpz(archive, overwrite);
        WholeFile.Write(path, overwrite, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
        return archive;
    }

    /// <summary>Lines one below the other, each as far from the margin as a block needs; <c>pass</c> where there is none.</summary>
    public static string Lines(IReadOnlyList<string> lines, int indent) =>
        string.Join('\n', (lines.Count > 0 ? lines : ["pass"]).Select(line => line.Length > 0 ? new string(' ', indent) + line : ""));

    /// <summary>The line with the names of the classes, or nothing.</summary>
    public static string Classes(IReadOnlyList<string> names) =>
        names.Count == 0 ? "" : $"\nCLASSES = [{string.Join(", ", names.Select(PythonParts.Quoted))}]\n";

    /// <summary>The lines of the comment that say what the inputs of a sample are, or nothing.</summary>
    public static string Inputs(IReadOnlyList<string>? lines) =>
        lines is not { Count: > 0 } ? "" : $"\n#\n# The inputs of a sample:\n#\n{string.Join('\n', lines.Select(line => $"#     {InComment(line)}"))}";

    /// <summary>A name of a file, or a line, within a comment.</summary>
    public static string InComment(string name) => name.ReplaceLineEndings(" ");

    /// <summary>Adds what happens to the inputs before the network meets them.</summary>
    /// <param name="parts">Takes the constants and lines.</param>
    /// <param name="model">The model.</param>
    /// <param name="line">Makes a line of what is taken away and what is multiplied by.</param>
    public static void Transform<T>(PythonParts parts, SavedModel<T> model, Func<string, string, string> line) where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (var (i, transform) in model.InputTransforms.Index())
        {
            var scaling = Known(transform);
            string shift = parts.Constant($"input_shift{i + 1}", scaling.Shifts);
            // What was constant in training stays 0.
            string factor = parts.Constant($"input_factor{i + 1}", [.. scaling.Sizes.Select(size => size == 0 ? 0 : 1 / size)]);
            parts.Statements.Add(line(shift, factor));
        }
    }

    /// <summary>Adds what gives the network's outputs the units of the data.</summary>
    public static void Invert<T>(PythonParts parts, SavedModel<T> model, Func<string, string, string> line) where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (var (i, transform) in model.TargetTransforms.Reverse().Index())
        {
            var scaling = Known(transform);
            parts.Statements.Add(line(parts.Constant($"output_shift{i + 1}", scaling.Shifts), parts.Constant($"output_size{i + 1}", scaling.Sizes)));
        }
    }

    private static Scaling Known(Transform transform) => transform as Scaling
        ?? throw new NotSupportedException($"The transform '{transform.Type}' has no translation; export the model without it, and transform the data before it.");
}
