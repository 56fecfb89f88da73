using System.Globalization;

namespace Backprop.Cli.Networks;

/// <summary>Which network a command is to take.</summary>
/// <param name="Network">A network file, a saved model, the name of a network that lies in the tool, or -.</param>
/// <param name="Data">The samples for a saved model, which has none of its own.</param>
/// <param name="Samples">How many of them it takes, the first ones; null for one.</param>
internal sealed record NetworkWords(string Network, string? Data = null, int? Samples = null)
{
    /// <summary>What a user types to run a command on the same network.</summary>
    public string Command(string name) => $"backprop {name} {Quoted(Network)}" + (Data is null ? "" : $" --data {Quoted(Data)}")
        + (Samples is { } count ? string.Create(CultureInfo.InvariantCulture, $" --samples {count}") : "");

    private static string Quoted(string word) => word.Contains(' ', StringComparison.Ordinal) ? $"\"{word}\"" : word;
}
