namespace Backprop.Exporting;

/// <summary>The lines of a program in NumPy as they grow.</summary>
internal sealed class NumPyParts : PythonParts
{
    private readonly HashSet<string> needed = [];

    /// <summary>Constants, one below the other.</summary>
    public List<string> Constants { get; } = [];

    /// <summary>The functions that the network needs, as they stand in the program.</summary>
    public IEnumerable<string> Functions => NumPyFunctions.All.Where(function => needed.Contains(function.Name)).Select(function => function.Text);

    /// <summary>Says that a function is needed, with those that it needs itself.</summary>
    /// <returns>Its name.</returns>
    public string Function(string name)
    {
        if (needed.Add(name))
            foreach (string further in NumPyFunctions.All.Single(function => function.Name == name).Needs) Function(further);
        return name;
    }

    /// <inheritdoc/>
    public override string Constant(string name, IReadOnlyList<double> numbers)
    {
        string own = Unused(name.ToUpperInvariant());
        Constants.AddRange(List($"{own} = np.array([", numbers, "])"));
        return own;
    }

    /// <inheritdoc/>
    // Variables are made of a path and a word behind it; nothing else in the program has such a name.
    protected override bool IsTaken(string name) => false;
}
