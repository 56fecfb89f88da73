using System.Buffers.Binary;
using System.Text;
using Backprop.Lessons.Networks;

namespace Backprop.Cli.Networks;

/// <summary>Where a network comes from: a file, the name of one that lies in the tool, - for what is piped in, or a saved model with samples
/// for it.</summary>
internal static class NetworkSource
{
    /// <summary>What commands say about the argument.</summary>
    public static string Description =>
        $"A network file, - for one that is piped in, one of {string.Join(", ", NetworkLessons.Names)}, or a saved model with --data.";

    /// <summary>Finds it, and reads it as far as it must be to know what it is.</summary>
    /// <exception cref="InputException">There is none, or --data and --samples do not suit it.</exception>
    /// <exception cref="Backprop.Data.DataException">It is not what it should be.</exception>
    public static OpenedNetwork Open(NetworkWords words, Terminal terminal)
    {
        string word = words.Network;
        if (Directory.Exists(word)) throw new InputException($"{word}: this is a folder; a network file is needed");
        bool file = word != "-" && File.Exists(word);
        if (file && IsModel(word)) return OpenedModel.Of(word, words, terminal);
        string text = word == "-" ? terminal.Input.ReadToEnd() : file ? File.ReadAllText(word, Encoding.UTF8) : Lesson(word);
        string? option = words.Data is not null ? "--data" : words.Samples is not null ? "--samples" : null;
        return option is null ? OpenedFile.Of(text, word)
            : throw new InputException($"{option} belongs to a saved model; {word} is a network file, which has its data; leave the option out");
    }

    private static string Lesson(string word)
    {
        if (NetworkLessons.Names.Contains(word)) return NetworkLessons.Text(word);
        string names = string.Join(", ", NetworkLessons.Names);
        throw new InputException(
            $"{word}: there is no such file; {Suggestion.Or(word, NetworkLessons.Names, $"the networks that lie in the tool are {names}")}");
    }

    /// <summary>Whether a file is called safetensors, or begins as they do, with the length of a header; in a text these bytes are an enormous number.
    /// One that is cut off is a model, too: reading it says what is wrong.</summary>
    public static bool IsModel(string file)
    {
        if (Path.GetExtension(file).Equals(".safetensors", StringComparison.OrdinalIgnoreCase)) return true;
        using var stream = File.OpenRead(file);
        Span<byte> start = stackalloc byte[9];
        return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length
            && start[8] == '{' && BinaryPrimitives.ReadUInt64LittleEndian(start) <= uint.MaxValue;
    }
}
