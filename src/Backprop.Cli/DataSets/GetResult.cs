using System.Text.Json.Serialization;

namespace Backprop.Cli.DataSets;

/// <summary>What <c>backprop data get</c> came to, as <c>--json</c> prints it: <c>backprop-data/1</c>.</summary>
/// <param name="Name">Which data.</param>
/// <param name="Folder">Where they lie.</param>
/// <param name="Files">Their files.</param>
/// <param name="Train">The command that trains on them.</param>
internal sealed record GetResult(string Name, string Folder, IReadOnlyList<GotFile> Files, string Train)
{
    [JsonPropertyOrder(-1)]
    public string Format { get; } = "backprop-data/1";
}

/// <summary>One file of them.</summary>
/// <param name="Name">Its name in the folder.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its SHA-256, which was checked.</param>
/// <param name="Arrival">Whether it was there, was fetched, or was gone on with.</param>
internal sealed record GotFile(string Name, long Bytes, string Sha256, Arrival Arrival);
