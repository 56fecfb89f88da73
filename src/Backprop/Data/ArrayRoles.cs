namespace Backprop.Data;

/// <summary>Finds which arrays of a file are samples and targets, by the names that people give them.</summary>
internal sealed record ArrayRoles(NpzFile.Entry Inputs, NpzFile.Entry? Targets, NpzFile.Entry? TestInputs, NpzFile.Entry? TestTargets)
{
    private static readonly (string Inputs, string Targets)[] Usual =
    [
        ("x_train", "y_train"), ("train_x", "train_y"), ("train_images", "train_labels"), ("train_data", "train_labels"),
        ("x", "y"), ("data", "labels"), ("data", "target"), ("data", "targets"), ("images", "labels"), ("inputs", "targets"),
        ("features", "labels"), ("features", "targets"), ("arr_0", "arr_1"),
    ];

    /// <summary>Whether an array is one of these.</summary>
    public bool Holds(NpzFile.Entry array, bool withTest) =>
        array == Inputs || array == Targets || (withTest && (array == TestInputs || array == TestTargets));

    /// <summary>Finds the arrays.</summary>
    /// <param name="arrays">What the file holds.</param>
    /// <param name="form">The names that were given.</param>
    /// <param name="file">The file, for messages.</param>
    /// <param name="needsTargets">Whether there must be targets.</param>
    /// <exception cref="DataException">They are not there; the message lists the arrays.</exception>
    public static ArrayRoles Find(IReadOnlyList<NpzFile.Entry> arrays, ArrayForm form, string file, bool needsTargets)
    {
        if (arrays is [{ Name: "" }])
            return needsTargets ? throw new DataException(
                file, $"it holds one array, {arrays[0].Header!.Shape}; to train, samples and targets are needed, as numpy.savez('data.npz', x=x, y=y) writes them")
                : new ArrayRoles(arrays[0], null, null, null);
        var (inputs, targets) = Names(arrays, form);
        var x = inputs is null ? null : Entry(arrays, inputs);
        var y = targets is null ? null : Entry(arrays, targets);
        if (x is null || (y is null && needsTargets)) throw new DataException(file, Missing(arrays, form, x is null));
        var testX = Entry(arrays, TestOf(inputs!));
        var testY = targets is null ? null : Entry(arrays, TestOf(targets));
        return new ArrayRoles(x, y, testX == x ? null : testX, testY == y ? null : testY);
    }

    private static (string? Inputs, string? Targets) Names(IReadOnlyList<NpzFile.Entry> arrays, ArrayForm form)
    {
        var usual = Array.Find(Usual, pair => Fits(form.Inputs, pair.Inputs) && Fits(form.Targets, pair.Targets));
        if (usual.Inputs is null) usual = Array.Find(Usual, pair => Fits(form.Inputs, pair.Inputs));
        return (form.Inputs ?? usual.Inputs, form.Targets ?? usual.Targets);

        bool Fits(string? given, string name) => Entry(arrays, given ?? name) is not null;
    }

    private static string TestOf(string name) => name.Replace("train", "test", StringComparison.OrdinalIgnoreCase);

    private static NpzFile.Entry? Entry(IReadOnlyList<NpzFile.Entry> arrays, string name) =>
        arrays.FirstOrDefault(array => array.Name == name) ?? arrays.FirstOrDefault(array => array.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static string Missing(IReadOnlyList<NpzFile.Entry> arrays, ArrayForm form, bool inputs)
    {
        string? given = inputs ? form.Inputs : form.Targets;
        string what = inputs ? "samples" : "targets", option = inputs ? "--inputs" : "--targets";
        string problem = given is null
            ? $"no array of {what} is known by its name, as x and y or x_train and y_train; {option} NAME says which it is (in C# ArrayForm)"
            : $"there is no array {given} for the {what}";
        return $"{problem}; it holds {(arrays.Count == 0 ? "no array" : string.Join(", ", arrays))}";
    }
}
