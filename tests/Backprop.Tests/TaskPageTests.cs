using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Backprop.Tests;

/// <summary>The pages of <c>docs/tasks</c>: the program of each runs in an empty folder, and prints what the page says.</summary>
public sealed partial class TaskPageTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Pages => [.. Directory.GetFiles(Folder, "*.md").Select(file => Path.GetFileName(file)!)];

    private static string Folder => Path.Combine(Repository.Root, "docs", "tasks");

    public void Dispose() => folder.Dispose();

    [Theory, MemberData(nameof(Pages))]
    public async Task A_page_prints_what_it_says(string page)
    {
        string text = (await File.ReadAllTextAsync(Path.Combine(Folder, page), TestContext.Current.CancellationToken)).ReplaceLineEndings("\n");
        var match = ProgramAndOutput().Match(text);
        Assert.True(match.Success, "A page has a program, ```csharp, and after it what that prints, ```.");
        foreach (string name in (string[])["Directory.Build.props", "Directory.Packages.props", ".editorconfig"])
            File.Copy(Path.Combine(Repository.Root, name), folder[name]);
        string program = match.Groups["program"].Value.Replace("#:project ", $"#:project {Repository.Root}/", StringComparison.Ordinal);
        await File.WriteAllTextAsync(folder["program.cs"], program, TestContext.Current.CancellationToken);

        var start = new ProcessStartInfo("dotnet", ["run", "program.cs"])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
        };
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{output}\n{await error}");
        Assert.Equal(match.Groups["output"].Value, output.ReplaceLineEndings("\n"));
    }

    [GeneratedRegex(@"```csharp\n(?<program>.*?)```\n\n```\n(?<output>.*?)```\n", RegexOptions.Singleline)]
    private static partial Regex ProgramAndOutput();
}
