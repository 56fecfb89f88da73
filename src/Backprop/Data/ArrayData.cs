using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Data;

/// <summary>Samples and targets from NumPy's files: an <c>.npz</c> with x and y, or x_train, y_train, x_test and y_test, or other names
/// that people use.</summary>
/// <remarks>
/// Names in any case: x_train and y_train, train_images and train_labels, x and y, data and labels (or target), images and labels, features
/// and labels, inputs and targets, arr_0 and arr_1; a test part has <c>test</c> in the place of <c>train</c>. Whole numbers as targets, one
/// for each sample, are classes, and so are rows with one 1 among zeros; fractions are numbers to predict. The number of axes says what
/// samples are (<see cref="ArrayLayout"/>): pictures with three or four, whose channels come last where the last axis alone has 1, 3 or 4;
/// for three axes <see cref="ArrayLayout.Sequences"/> must be asked for.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class ArrayData<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private ArrayData(DataSet<T> train, DataSet<T>? test, ArrayLayout layout, ArrayRoles roles, IReadOnlyList<string> unused)
    {
        (Train, Test, Layout, Unused) = (train, test, layout, unused);
        (Inputs, Targets, HasFractions) = (roles.Inputs.Name, roles.Targets!.Name, !roles.Inputs.Header!.IsWhole);
    }

    /// <summary>The training part; all, where the file has no parts.</summary>
    public DataSet<T> Train { get; }

    /// <summary>The test part; null where the file has none.</summary>
    public DataSet<T>? Test { get; }

    /// <summary>What the axes of the samples meant in the file; in the data sets they are [N, D], [N, C, H, W] or [N, T, D].</summary>
    public ArrayLayout Layout { get; }

    /// <summary>The name of the array of samples.</summary>
    public string Inputs { get; }

    /// <summary>The name of the array of targets.</summary>
    public string Targets { get; }

    /// <summary>What the file holds besides.</summary>
    public IReadOnlyList<string> Unused { get; }

    /// <summary>Whether the samples were stored as fractions; pixels are then often 0 … 1.</summary>
    public bool HasFractions { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="file">The path of an <c>.npz</c> file.</param>
    /// <param name="form">Which arrays it is to be, and what they mean; null leaves all to the usual rules.</param>
    /// <exception cref="DataException">It is no such file, the arrays are not there (the message lists those that are), or they do not
    /// fit.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ArrayData<T> Read(string file, ArrayForm? form = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        form ??= new ArrayForm();
        using var archive = NpzFile.Open(file);
        var roles = ArrayRoles.Find(archive.Arrays, form, file, needsTargets: true);
        var layout = LayoutOf(roles.Inputs, form.Layout, file);
        var x = ArrayParts.Samples<T>(archive, roles.Inputs, layout, file);
        string targets = $"{file}, {roles.Targets!.Name}";
        var y = ArrayParts.Targets(archive, roles.Targets, file);
        bool classes = form.Classes ?? ArrayTargets.AreClasses(y, roles.Targets.Header!.IsWhole);
        string[] names = classes ? ArrayTargets.Names(y, targets) : [];
        var train = ArrayParts.Join(x, y, classes ? names : null, targets);
        DataSet<T>? test = null;
        if (roles is { TestInputs: { } testX, TestTargets: { } testY })
        {
            var samples = ArrayParts.Samples<T>(archive, testX, layout, file);
            if (samples.Shape.Without(0) != train.SampleShape)
                throw new DataException($"{file}, {testX.Name}", $"its samples are {samples.Shape.Without(0)}, those that train {train.SampleShape}");
            test = ArrayParts.Join(samples, ArrayParts.Targets(archive, testY, file), classes ? names : null, $"{file}, {testY.Name}");
        }
        string[] unused = [.. archive.Arrays.Where(array => !roles.Holds(array, test is not null)).Select(array => array.Name)];
        return new ArrayData<T>(train, test, layout, roles, unused);
    }

    /// <summary>What the axes of a file's samples mean, without reading their numbers.</summary>
    /// <param name="file">The path of an <c>.npz</c> file.</param>
    /// <param name="form">Which arrays it is to be, and what they mean.</param>
    /// <exception cref="DataException">It is no such file, or the arrays are not there.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ArrayLayout LayoutOf(string file, ArrayForm? form = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        using var archive = NpzFile.Open(file);
        return LayoutOf(ArrayRoles.Find(archive.Arrays, form ?? new ArrayForm(), file, needsTargets: true).Inputs, form?.Layout, file);
    }

    /// <summary>Reads later samples for a model: those of the test part if the file has one, with their targets if it has them; a
    /// <c>.npy</c> file has samples alone.</summary>
    /// <param name="file">The path of an <c>.npz</c> or <c>.npy</c> file.</param>
    /// <param name="classNames">The names of the model's classes; none where it gives numbers.</param>
    /// <param name="form">What training was told; names that the file does not have give way to the usual ones.</param>
    /// <returns>Samples [N, D], [N, C, H, W] or [N, T, D]; classes as positions among the names, or numbers [N, K], or null.</returns>
    /// <exception cref="DataException">It is no such file, there are no samples, or a class has no name.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static (Tensor<T> Inputs, IInput? Targets) ReadLater(string file, IReadOnlyList<string> classNames, ArrayForm? form = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        ArgumentNullException.ThrowIfNull(classNames);
        using var archive = NpzFile.Open(file);
        form ??= new ArrayForm();
        form = form with { Inputs = Known(form.Inputs), Targets = Known(form.Targets) };
        var roles = ArrayRoles.Find(archive.Arrays, form, file, needsTargets: false);
        var (inputs, targets) = roles.TestInputs is { } test ? (test, roles.TestTargets) : (roles.Inputs, roles.Targets);
        var layout = LayoutOf(inputs, form.Layout, file);
        var x = ArrayParts.Samples<T>(archive, inputs, layout, file);
        if (targets is null) return (x, null);
        var later = ArrayParts.Join(x, ArrayParts.Targets(archive, targets, file), classNames.Count > 0 ? classNames : null, $"{file}, {targets.Name}");
        return (x, later.Targets);

        string? Known(string? name) => archive.Arrays.Any(array => array.Name == name) ? name : null;
    }

    private static ArrayLayout LayoutOf(NpzFile.Entry samples, ArrayLayout? asked, string file) =>
        asked ?? ArrayLayouts.Usual(ArrayParts.Header(samples, file).Shape, $"{file}, {samples.Name}");
}
