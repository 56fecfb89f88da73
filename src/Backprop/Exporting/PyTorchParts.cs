namespace Backprop.Exporting;

/// <summary>Where the numbers of one of PyTorch's parameters come from.</summary>
/// <param name="Target">The parameter: <c>self.linear1.weight</c>.</param>
/// <param name="Path">The path of ours; null where there is none, and zeros stand there.</param>
/// <param name="Turned">Whether rows and columns change places.</param>
/// <param name="Zeros">How many zeros.</param>
internal sealed record PyTorchWeight(string Target, string? Path, bool Turned = false, int Zeros = 0)
{
    /// <summary>Its name in a state dict.</summary>
    public string Key => Target["self.".Length..];

    /// <summary>The line that fills it.</summary>
    public override string ToString() => Path is null ? $"nn.init.zeros_({Target})" : $"take({Target}, arrays[{PythonParts.Quoted(Path)}]{(Turned ? ".T" : "")})";
}

/// <summary>The lines of a module of PyTorch's as they grow.</summary>
internal sealed class PyTorchParts : PythonParts
{
    /// <summary>What the module has.</summary>
    public List<string> Members { get; } = [];

    /// <summary>Where its weights come from.</summary>
    public List<PyTorchWeight> Weights { get; } = [];

    /// <summary>Its constants by their names in a state dict.</summary>
    public List<(string Key, IReadOnlyList<double> Numbers)> Buffers { get; } = [];

    /// <summary>Adds a layer of PyTorch's.</summary>
    /// <returns>How it is reached.</returns>
    public string Member(string path, string constructor)
    {
        string name = $"self.{Unused(path)}";
        Members.Add($"{name} = {constructor}");
        return name;
    }

    /// <inheritdoc/>
    public override string Constant(string name, IReadOnlyList<double> numbers)
    {
        string own = Unused(name);
        Buffers.Add((own, numbers));
        Members.AddRange(List($"self.register_buffer({Quoted(own)}, torch.tensor([", numbers, "], dtype=torch.float64))"));
        return $"self.{own}";
    }

    /// <inheritdoc/>
    protected override bool IsTaken(string name) => Taken.Contains(name);

    // Names of nn.Module itself and words of Python.
    private static readonly HashSet<string> Taken =
    [
        "forward", "fill", "train", "eval", "training", "half", "float", "double", "to", "type", "apply", "children", "modules", "parameters", "buffers",
        "state_dict", "load_state_dict", "share_memory", "zero_grad", "cpu", "cuda", "requires_grad_", "extra_repr", "add_module", "register_buffer", "compile",
        "if", "in", "is", "or", "and", "not", "for", "from", "import", "class", "def", "del", "else", "pass", "return", "while", "with", "yield", "lambda",
        "global", "as", "try", "break", "continue", "None", "True", "False", "async", "await", "assert", "except", "finally", "nonlocal", "raise", "elif",
    ];
}
