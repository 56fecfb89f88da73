using System.Text.RegularExpressions;

namespace Backprop.Tests;

/// <summary>The arrows between the folders of the library, read from the <c>using</c> lines of the sources.</summary>
public partial class ArchitectureTests
{
    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Kernels"] = [],
        ["Randomness"] = ["Kernels"],
        ["Tensors"] = ["Kernels"],
        ["Operations"] = ["Tensors", "Kernels"],
        ["Losses"] = ["Operations", "Tensors", "Kernels"],
        ["Layers"] = ["Operations", "Tensors", "Randomness"],
        ["Optimizers"] = ["Tensors", "Kernels"],
        ["Data"] = ["Tensors", "Randomness", "Kernels"],
        ["Saving"] = ["Layers", "Losses", "Optimizers", "Data", "Operations", "Tensors", "Randomness"],
        ["Importing"] = ["Saving", "Layers", "Data", "Operations", "Tensors"],
        ["Exporting"] = ["Saving", "Layers", "Data", "Operations", "Tensors"],
        ["Checking"] = ["Losses", "Operations", "Tensors", "Randomness"],
        ["Explaining"] = ["Kernels", "Tensors", "Optimizers"],
        ["Health"] = ["Saving", "Operations", "Tensors", "Kernels"],
        ["Training"] = ["Health", "Kernels", "Tensors", "Operations", "Losses", "Layers", "Optimizers", "Data", "Saving", "Randomness"],
    };

    private static string Library => Path.Combine(Repository.Root, "src", "Backprop");

    private static IEnumerable<(string Folder, string File, string Text)> Sources() =>
        from folder in Directory.GetDirectories(Library)
        let name = Path.GetFileName(folder)
        where name is not "bin" and not "obj"
        from file in Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories)
        select (name, Path.GetFileName(file), File.ReadAllText(file));

    [Fact]
    public void Every_folder_has_its_place_in_the_picture() =>
        Assert.Equal(MayUse.Keys.Order(), Sources().Select(source => source.Folder).Distinct().Order());

    [Fact]
    public void Arrows_point_one_way()
    {
        var wrong = from source in Sources()
                    from Match use in UsedFolder().Matches(source.Text)
                    let used = use.Groups[1].Value
                    where used != source.Folder && MayUse.ContainsKey(used) && !MayUse[source.Folder].Contains(used)
                    select $"{source.Folder}/{source.File} uses {used}";
        Assert.Empty(wrong.Distinct());
    }

    [Fact]
    public void A_folder_is_a_namespace() =>
        Assert.Empty(from source in Sources()
                     where !source.Text.Contains($"namespace Backprop.{source.Folder}", StringComparison.Ordinal)
                     select $"{source.Folder}/{source.File}");

    [Fact]
    public void Only_functions_with_the_same_bits_everywhere_are_called() =>
        Assert.Empty(from source in Sources()
                     from Match call in Function().Matches(source.Text)
                     where !Allowed.Contains(call.Groups[2].Value)
                     select $"{source.Folder}/{source.File}: {call.Value}");

    /// <summary>Exact or correctly rounded on every platform.</summary>
    private static readonly HashSet<string> Allowed =
    [
        "Sqrt", "Abs", "Min", "Max", "Floor", "Round", "FusedMultiplyAdd",
        "Clamp", "DivRem", "Ceiling", "Truncate",
    ];

    [Fact]
    public void Unsafe_code_lives_in_the_kernels_alone() =>
        Assert.Empty(from source in Sources()
                     where source.Folder != "Kernels" && UnsafeWord().IsMatch(source.Text)
                     select $"{source.Folder}/{source.File}");

    [Fact]
    public void The_library_keeps_to_itself() =>
        Assert.Empty(from source in Sources()
                     from Match use in Outside().Matches(source.Text)
                     select $"{source.Folder}/{source.File}: {use.Value}");

    [Fact]
    public void There_is_no_mutable_static_state() =>
        Assert.Empty(from source in Sources()
                     from Match field in MutableStatic().Matches(source.Text)
                     select $"{source.Folder}/{source.File}: {field.Value.Trim()}");

    [Fact]
    public void Random_numbers_are_the_library_s_own() =>
        Assert.Empty(from source in Sources()
                     where source.Text.Contains("new Random(", StringComparison.Ordinal)
                     select $"{source.Folder}/{source.File}");

    [GeneratedRegex(@"\bBackprop\.([A-Z][A-Za-z]+)\b")]
    private static partial Regex UsedFolder();

    [GeneratedRegex(@"\b(Math|MathF)\.([A-Z]\w*)\s*\(|(?<=\bT\.)(?:Exp|Log|Tanh|Pow|Sin|Cos|Cbrt|Exp2|Log2|Log10|ExpM1|LogP1|RootN|Hypot|Sinh|Cosh)\w*\s*\(")]
    private static partial Regex Function();

    [GeneratedRegex(@"^\s*(?:[a-z]+ )*unsafe\b|\bfixed \(", RegexOptions.Multiline)]
    private static partial Regex UnsafeWord();

    [GeneratedRegex(@"\bConsole\.|Environment\.(?!CurrentManagedThreadId|NewLine)\w+|System\.Reflection|\bActivator\.|\bThreadStatic\b|\bAsyncLocal\b")]
    private static partial Regex Outside();

    [GeneratedRegex(@"^\s*(?:public|internal|private|protected)?\s*static (?!readonly|abstract|virtual|partial|class|explicit|implicit|extern|unsafe|event)[\w<>\[\],?\. ]+ \w+(?: = [^>].*)?;\s*$", RegexOptions.Multiline)]
    private static partial Regex MutableStatic();
}
