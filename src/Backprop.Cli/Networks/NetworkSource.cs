using System.Text;
using Backprop.Lessons.Networks;

namespace Backprop.Cli.Networks;

/// <summary>Where a network comes from: a file, the name of one that lies in the tool, or - for what is piped in.</summary>
internal static class NetworkSource
{
    /// <summary>What commands say about the argument.</summary>
    public static string Description => $"A network file, - for one that is piped in, or one of {string.Join(", ", NetworkLessons.Names)}.";

    /// <summary>Reads it.</summary>
    /// <returns>The text, and what it is called in messages.</returns>
    /// <exception cref="InputException">There is none.</exception>
    public static (string Text, string File) Read(string word, Terminal terminal)
    {
        if (word == "-") return (terminal.Input.ReadToEnd(), "-");
        if (Directory.Exists(word)) throw new InputException($"{word}: this is a folder; a network file is needed");
        if (File.Exists(word)) return (File.ReadAllText(word, Encoding.UTF8), word);
        if (NetworkLessons.Names.Contains(word)) return (NetworkLessons.Text(word), word);
        string names = string.Join(", ", NetworkLessons.Names);
        string near = Suggestion.For(word, NetworkLessons.Names) is { } name ? $"did you mean {name}?" : $"the networks that lie in the tool are {names}";
        throw new InputException($"{word}: there is no such file; {near}");
    }
}
