namespace Backprop.Cli.DataSets;

/// <summary>A file that lies somewhere in the network, and how it is known again.</summary>
/// <param name="Name">What it is called here.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Sha256">Their SHA-256, in lower-case hexadecimal digits.</param>
/// <param name="Places">Where it can be had, the best place first.</param>
internal sealed record RemoteFile(string Name, long Length, string Sha256, IReadOnlyList<Uri> Places);
