using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Backprop.Saving;

namespace Backprop.Tests.Exporting;

/// <summary>Exported models in the programs of others, by a script that ends with 2 where what it needs is not installed.</summary>
internal static class ForeignCheck
{
    private const int Missing = 2;

    /// <summary>Exports every model into a folder, with what it gives for a batch of one and a batch of three.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="ending">The ending of the files.</param>
    /// <param name="export">Writes a model to a path, and says whether what was written reads whole numbers; null where it cannot be written.</param>
    public static void Write(TemporaryFolder folder, string ending, Func<SavedModel<float>, string, bool?> export)
    {
        var random = new Random(5);
        var cases = new List<object>();
        foreach (var (i, model) in ExportCases.All().Index())
        {
            string file = $"model{i:00}_{model.Model.Type}{ending}";
            if (export(model, folder[file]) is { } tokens)
                cases.Add(new { file, runs = new[] { 1, 3 }.Select(count => RunOf(model, count, random, tokens)).ToArray() });
        }
        File.WriteAllText(folder["cases.json"], JsonSerializer.Serialize(cases));
    }

    /// <summary>Runs a script over the folder with the first program of the name on the PATH that has what it needs; the test is skipped where there is none.</summary>
    public static void Pass(TemporaryFolder folder, string program, params string[] script)
    {
        var last = (Code: Missing, Text: $"{program} is not on the PATH");
        foreach (string directory in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
        {
            if (!File.Exists(Path.Combine(directory, program)) && !File.Exists(Path.Combine(directory, $"{program}.exe"))) continue;
            last = Execute(Path.Combine(directory, program), [Path.Combine([Repository.Root, "tools", .. script]), folder.Path]);
            if (last.Code != Missing) break;
        }
        Assert.SkipWhen(last.Code == Missing, last.Text);
        Assert.True(last.Code == 0, last.Text);
        TestContext.Current.TestOutputHelper!.WriteLine(last.Text);
    }

    private static object RunOf(SavedModel<float> model, int count, Random random, bool tokens)
    {
        var raw = model.InputTransforms.Reverse().Aggregate(ExportCases.Batch(model, count, random), (values, transform) => transform.Invert(values));
        var read = model.InputTransforms.Aggregate(raw, (values, transform) => transform.Apply(values));
        var output = model.TargetTransforms.Reverse().Aggregate(model.Model.Predictor().Predict(read), (values, transform) => transform.Invert(values));
        return new
        {
            input = new { type = tokens ? "int64" : "float32", sizes = raw.Shape.ToArray(), values = raw.Values.ToArray() },
            output = new { sizes = output.Shape.ToArray(), values = output.Values.ToArray() },
        };
    }

    private static (int, string) Execute(string program, string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync();
            string text = process.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
            process.WaitForExit();
            return (process.ExitCode, text.Trim());
        }
        catch (Win32Exception error)
        {
            return (Missing, $"{program} cannot be started: {error.Message}");
        }
    }
}
