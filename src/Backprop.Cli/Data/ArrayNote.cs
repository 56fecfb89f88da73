using System.Text.Json;
using System.Text.Json.Nodes;
using Backprop.Data;

namespace Backprop.Cli.Data;

/// <summary>What a model says of the arrays that trained it, so that later ones are read in the same way.</summary>
internal static class ArrayNote
{
    /// <summary>The key in a model.</summary>
    public const string Key = "arrays";

    private const string Inputs = "inputs", Targets = "targets", Layout = "layout";

    public static string Write(string inputs, string targets, ArrayLayout layout) =>
        new JsonObject { [Inputs] = inputs, [Targets] = targets, [Layout] = Words.Of((LayoutKind)layout) }.ToJsonString();

    /// <summary>Reads it.</summary>
    /// <exception cref="DataException">It is damaged.</exception>
    public static ArrayForm Read(string text, string file)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            string? Field(string name) => json.RootElement.GetProperty(name).GetString();
            return new ArrayForm(Field(Inputs), Field(Targets), (ArrayLayout)Words.Parse<LayoutKind>(Field(Layout)!));
        }
        catch (Exception error)
            when (error is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException or NullReferenceException)
        {
            throw new DataException(file, $"its note about arrays cannot be read ({error.Message})", cause: error);
        }
    }
}
