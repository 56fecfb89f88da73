using System.Reflection;

namespace Backprop.Tests;

/// <summary>Where the repository lies, as seen from the running tests.</summary>
internal static class Repository
{
    /// <summary>The folder with the solution.</summary>
    public static string Root { get; } = Find();

    /// <summary>The shared data beside the repository, or null where it is missing.</summary>
    public static string? Data(string name)
    {
        string path = Path.GetFullPath(Path.Combine(Root, "..", "shared", "data", name));
        return Path.Exists(path) ? path : null;
    }

    private static string Find()
    {
        string? folder = Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location);
        while (folder is not null && !File.Exists(Path.Combine(folder, "Backprop.slnx"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("The tests run outside the repository: no Backprop.slnx above them.");
    }
}
