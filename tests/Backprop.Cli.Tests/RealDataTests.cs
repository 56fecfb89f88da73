using System.Text.Json.Nodes;

namespace Backprop.Cli.Tests;

public class RealDataTests
{
    [Fact]
    public void Iris_is_told_apart()
    {
        var run = Run.Of("train", Data("iris.csv"), "--target", "species", "--model", "mlp", "--hidden", "16", "--seed", "1", "--json");
        Assert.InRange((double)JsonNode.Parse(run.Output)!["testAccuracy"]!, 0.93, 1);
    }

    [Fact]
    public void Lenet_reads_handwritten_digits()
    {
        var run = Run.Of("train", Data("mnist"), "--model", "lenet", "--epochs", "10", "--seed", "1", "--json");
        var fields = JsonNode.Parse(run.Output)!;
        Assert.InRange((double)fields["testAccuracy"]!, 0.96, 1);
        Assert.Equal(61706, (int?)fields["parameters"]);
    }

    [Fact]
    public void Banknotes_need_no_header()
    {
        var run = Run.Of("train", Data("banknote.csv"), "--target", "4", "--epochs", "20", "--json");
        Assert.InRange((double)JsonNode.Parse(run.Output)!["testAccuracy"]!, 0.97, 1);
    }

    [Fact]
    public void Plays_are_read_character_by_character()
    {
        // A small network for a moment; the plain command takes half a minute and comes to 1.58.
        var run = Run.Of("train", Data("tinyshakespeare.txt"), "--hidden", "64", "--epochs", "1", "--json");
        var fields = JsonNode.Parse(run.Output)!;
        Assert.InRange((double)fields["testLoss"]!, 1.5, 2.1);
        Assert.Equal(66, (int?)fields["text"]!["vocabulary"]);
    }

    private static string Data(string name)
    {
        string? path = Repository.Data(name);
        Assert.SkipWhen(path is null, $"shared/data/{name} does not lie beside the repository.");
        return path!;
    }
}
