using System.Globalization;
using Backprop.Data;
using Backprop.Saving;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Saving;

/// <summary>Files of every format version that was ever written stay readable. Each holds an input and what its model made of it when it was saved;
/// they are never written anew. The repository keeps them as text, in base 64.</summary>
public class SavedVersionTests
{
    private static string Folder => Path.Combine(Repository.Root, "tests", "Backprop.Tests", "Saving", "Versions");

    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder, "model-*").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Files))]
    public void A_file_of_any_version_gives_the_outputs_of_its_time(string name)
    {
        var saved = Load(name);
        var input = Tensor([2, .. saved.Input.AsSpan()], Numbers(saved.Notes["exampleInput"]));
        double[] expected = Numbers(saved.Notes["exampleOutput"]), actual = saved.Model.Forward(input).Values.ToArray();
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-12);

        Assert.Equal(("classification", "softmax_cross_entropy"), (saved.Task, saved.Loss));
        Assert.Equal(["no", "yes"], saved.ClassNames);
        Assert.Equal([2], Assert.IsType<Standardizer>(Assert.Single(saved.InputTransforms)).Deviations);
        Assert.Equal([1], Assert.IsType<Standardizer>(Assert.Single(saved.TargetTransforms)).Means);
    }

    [Fact]
    public void Shared_and_frozen_parameters_of_version_1_are_known()
    {
        var parameters = Load("model-1-pictures.safetensors.base64").Model.Parameters;
        Assert.Equal(["edges.weight", "edges.bias", "linear1.weight", "linear2.bias", "linear3.weight"], parameters.Names);
        Assert.Equal(["edges.bias"], parameters.Names.Where(name => !parameters[name].Trainable));
    }

    private static SavedModel<double> Load(string name)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, Convert.FromBase64String(File.ReadAllText(Path.Combine(Folder, name))));
            return SavedModel<double>.Load(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static double[] Numbers(string text) => [.. text.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
}
