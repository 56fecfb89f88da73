using System.Globalization;
using System.Text;

namespace Backprop.Exporting;

/// <summary>The lines of a module as they grow.</summary>
internal sealed class PyTorchParts
{
    private const int MostPerLine = 8;

    private readonly HashSet<string> names = [];

    /// <summary>What the module has.</summary>
    public List<string> Members { get; } = [];

    /// <summary>What it does with x.</summary>
    public List<string> Statements { get; } = [];

    /// <summary>Where its weights come from.</summary>
    public List<string> Weights { get; } = [];

    /// <summary>A text as Python writes it.</summary>
    public static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (char letter in text)
            quoted.Append(letter is '"' or '\\' ? $"\\{letter}" : char.IsControl(letter) ? $"\\u{(int)letter:x4}" : $"{letter}");
        return quoted.Append('"').ToString();
    }

    /// <summary>A name that nothing has yet, made of a path.</summary>
    public string Unused(string path)
    {
        string wanted = string.Concat(path.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
        if (wanted.Length == 0 || char.IsAsciiDigit(wanted[0])) wanted = $"_{wanted}";
        // Names of nn.Module itself and words of Python get a number as well.
        string name = Taken.Contains(wanted) ? $"{wanted}_1" : wanted;
        for (int number = 2; !names.Add(name); number++) name = $"{wanted}_{number}";
        return name;
    }

    /// <summary>Adds a layer of PyTorch's.</summary>
    /// <returns>How it is reached.</returns>
    public string Member(string path, string constructor)
    {
        string name = $"self.{Unused(path)}";
        Members.Add($"{name} = {constructor}");
        return name;
    }

    /// <summary>Adds constant numbers, kept in double.</summary>
    /// <returns>How they are reached.</returns>
    public string Buffer(string name, IEnumerable<double> numbers)
    {
        string own = Unused(name);
        string[] lines = [.. numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture)).Chunk(MostPerLine).Select(line => string.Join(", ", line))];
        string head = $"self.register_buffer({Quoted(own)}, torch.tensor([", tail = "], dtype=torch.float64))";
        if (lines.Length == 1) Members.Add(head + lines[0] + tail);
        else Members.AddRange([head, .. lines.Select(line => $"    {line},"), tail]);
        return $"self.{own}";
    }

    // The words that a layer can be called and that would hide something.
    private static readonly HashSet<string> Taken =
    [
        "forward", "fill", "train", "eval", "training", "half", "float", "double", "to", "type", "apply", "children", "modules", "parameters", "buffers",
        "state_dict", "load_state_dict", "share_memory", "zero_grad", "cpu", "cuda", "requires_grad_", "extra_repr", "add_module", "register_buffer", "compile",
        "if", "in", "is", "or", "and", "not", "for", "from", "import", "class", "def", "del", "else", "pass", "return", "while", "with", "yield", "lambda",
        "global", "as", "try", "break", "continue", "None", "True", "False", "async", "await", "assert", "except", "finally", "nonlocal", "raise", "elif",
    ];
}
