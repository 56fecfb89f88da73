using Backprop.Cli.Networks;

namespace Backprop.Cli.Explain;

/// <summary>The form of an explanation.</summary>
internal enum ExplainFormat
{
    Text,
    Json,
    Csv,
    Markdown,
    Html,
}

/// <summary>What the user asked <c>backprop explain</c> for.</summary>
internal sealed record ExplainSettings
{
    /// <summary>The network.</summary>
    public required NetworkWords Network { get; init; }

    /// <summary>How many steps are run.</summary>
    public required int Steps { get; init; }

    /// <summary>The steps that are shown, counted from 1.</summary>
    public required IReadOnlySet<int> Shown { get; init; }

    /// <summary>The layer that alone is shown; null for all.</summary>
    public string? Only { get; init; }

    /// <summary>After how many time steps the gradient is cut that stands beside the whole one; null for the choice of the file, or half of them.</summary>
    public int? Truncate { get; init; }

    /// <summary>Whether a layer is shown.</summary>
    /// <param name="path">Its path, that of a layer within another too.</param>
    public bool Shows(string path) => Only is not { } only || path == only || path.StartsWith($"{only}.", StringComparison.Ordinal);

    /// <summary>The gradients that are taken apart, instead of showing the whole step; none for the step.</summary>
    public IReadOnlyList<string> Why { get; init; } = [];

    public required ExplainFormat Format { get; init; }

    /// <summary>Where to write the result instead of the output stream.</summary>
    public string? Output { get; init; }

    /// <summary>Whether an existing file may be replaced, and more numbers shown than anyone reads.</summary>
    public bool Force { get; init; }

    /// <summary>The significant digits of texts.</summary>
    public int Digits { get; init; }
}
