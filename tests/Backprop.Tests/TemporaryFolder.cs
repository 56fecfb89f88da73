namespace Backprop.Tests;

/// <summary>A folder of a test's own, with a space and a letter beyond ASCII in its path; gone at the end.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("backprop tests é ");

    public string Path => folder.FullName;

    public string this[string name] => System.IO.Path.Combine(folder.FullName, name);

    /// <summary>Writes a file, in a folder within if the name says so, and gives its path.</summary>
    public string Write(string name, params byte[] content)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[name])!);
        File.WriteAllBytes(this[name], content);
        return this[name];
    }

    public void Dispose() => folder.Delete(recursive: true);
}
