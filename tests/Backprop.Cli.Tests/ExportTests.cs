using System.Text.Json.Nodes;
using Backprop.Data;
using Backprop.Onnx;

namespace Backprop.Cli.Tests;

public sealed class ExportTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string FlowerModel()
    {
        Assert.Equal(0, Run.Of("train", Flowers.Write(folder), "--target", "kind", "--epochs", "2", "--save", folder["flowers.safetensors"]).Code);
        return folder["flowers.safetensors"];
    }

    [Fact]
    public void A_model_is_written_beside_itself_with_its_transforms_and_classes()
    {
        var run = Run.Of("export", FlowerModel());
        Assert.Equal(0, run.Code);
        Assert.Equal("note: how the columns of a table become its inputs stands in the file's metadata under 'table'\n", run.Error);
        string file = folder["flowers.onnx"];
        string[] lines = run.Output.Split('\n');
        Assert.StartsWith($"{file}: ONNX, operator set 17, ", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("; read back and compared, largest difference 0", lines[4], StringComparison.Ordinal);
        Assert.Equal("  reads    input float [N, 4]", lines[1]);
        Assert.Equal("  gives    logits float [N, 3]: A, B, C", lines[2]);
        Assert.StartsWith("  made of  Sub, Mul, ", lines[3], StringComparison.Ordinal);
        var model = OnnxModel.Load(file);
        Assert.Equal("""["A","B","C"]""", model.Metadata["classes"]);
        Assert.Contains("colour", model.Metadata["table"], StringComparison.Ordinal);
    }

    [Fact]
    public void Json_is_one_document_that_keeps_to_its_schema()
    {
        var run = Run.Of("export", FlowerModel(), "--format", "onnx", "--output", folder["out.onnx"], "--json");
        Assert.Equal(0, run.Code);
        Assert.Empty(Schema.Of("export").Errors(run.Output));
        var fields = JsonNode.Parse(run.Output)!;
        Assert.Equal("backprop-export/1", (string?)fields["format"]);
        Assert.Equal(new FileInfo(folder["out.onnx"]).Length, (long)fields["bytes"]!);
        Assert.Equal(3, fields["classes"]!.AsArray().Count);
    }

    [Fact]
    public void The_ending_of_the_file_says_the_format()
    {
        var run = Run.Of("export", FlowerModel(), "--output", folder["flowers.NPZ"]);
        Assert.Equal((0, "note: these are the numbers alone; layers, transforms and the names of the classes stay behind\n"), (run.Code, run.Error));
        Assert.Contains(": NumPy archive, ", run.Output, StringComparison.Ordinal);
        Assert.Contains("\n  array    linear1.weight  [4, 32]\n", run.Output, StringComparison.Ordinal);
        Assert.Equal([4, 32], Npz.Read<float>(folder["flowers.NPZ"])["linear1.weight"].Shape);
        Assert.Empty(Schema.Of("export").Errors(Run.Of("export", folder["flowers.safetensors"], "--format", "npz", "--json").Output));
        Assert.True(File.Exists(folder["flowers.npz"]));
    }

    [Fact]
    public void A_program_has_its_numbers_beside_it()
    {
        var run = Run.Of("export", FlowerModel(), "--output", folder["flowers.py"]);
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Contains($": PyTorch program, its numbers in {folder["flowers.npz"]}, ", run.Output, StringComparison.Ordinal);
        Assert.Contains("CLASSES = [\"A\", \"B\", \"C\"]", File.ReadAllText(folder["flowers.py"]), StringComparison.Ordinal);
        Assert.True(File.Exists(folder["flowers.npz"]));
        File.Delete(folder["flowers.py"]);
        Assert.Contains("flowers.npz: the file is there already; --force replaces it", Run.Of("export", folder["flowers.safetensors"], "--format", "pytorch").Refusal, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["flowers.py"]));
    }

    [Theory]
    [InlineData("numpy")]
    [InlineData("pytorch")]
    public void A_program_says_which_column_each_input_is(string format)
    {
        Assert.Equal(0, Run.Of("export", FlowerModel(), "--format", format).Code);
        Assert.Contains("#     0  length\n#     1  width\n#     2  colour=rot: 1, else 0\n#     3  colour=weiß: 1, else 0\n", File.ReadAllText(folder["flowers.py"]), StringComparison.Ordinal);
        string data = Flowers.Write(folder);
        Assert.Equal(0, Run.Of("train", data, "--target", "kind", "--embed", "colour", "--missing", "fill", "--epochs", "1", "--save", folder["e.safetensors"]).Code);
        Assert.Equal(0, Run.Of("export", folder["e.safetensors"], "--format", format).Code);
        string program = File.ReadAllText(folder["e.py"]);
        Assert.Contains("#     0  length, where it is missing ", program, StringComparison.Ordinal);
        Assert.Contains("#     2  colour: 1 rot; 2 weiß; 0 any other\n", program, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_says_which_rows_or_tokens_the_inputs_are()
    {
        string series = Flowers.Write(folder, "s.csv", "x,y\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{i * i % 7},{i}\n")));
        Assert.Equal(0, Run.Of("train", series, "--target", "y", "--window", "3", "--epochs", "1", "--save", folder["s.safetensors"]).Code);
        Assert.Equal(0, Run.Of("export", folder["s.safetensors"], "--format", "numpy").Code);
        Assert.Contains("#     3 rows, the oldest first, each with x, y\n", File.ReadAllText(folder["s.py"]), StringComparison.Ordinal);
        string text = Flowers.Write(folder, "t.txt", string.Concat(Enumerable.Repeat("abcab cab ", 60)));
        Assert.Equal(0, Run.Of("train", text, "--length", "8", "--hidden", "4", "--epochs", "1", "--save", folder["t.safetensors"]).Code);
        Assert.Equal(0, Run.Of("export", folder["t.safetensors"], "--format", "numpy").Code);
        Assert.Contains("#     8 characters by their places in CLASSES; 0 is any other\n", File.ReadAllText(folder["t.py"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_in_NumPy_has_the_forward_pass_line_by_line()
    {
        var run = Run.Of("export", FlowerModel(), "--format", "numpy");
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Contains($": NumPy program, its numbers in {folder["flowers.npz"]}, ", run.Output, StringComparison.Ordinal);
        Assert.Contains("read back and compared, largest difference 0\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("x = x @ w[\"linear1.weight\"] + w[\"linear1.bias\"]    # [N, 32]", File.ReadAllText(folder["flowers.py"]), StringComparison.Ordinal);
        Assert.Empty(Schema.Of("export").Errors(Run.Of("export", folder["flowers.safetensors"], "--format", "numpy", "--force", "--json").Output));
    }

    [Fact]
    public void Weights_for_PyTorch_stand_beside_the_model_and_come_back()
    {
        string model = FlowerModel();
        var run = Run.Of("export", model, "--format", "safetensors");
        Assert.Equal((0, "note: these are the numbers alone; the module that takes them is written by --format pytorch\n"), (run.Code, run.Error));
        Assert.Contains("\n  array    linear1.weight  [32, 4]\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("\n  array    input_shift1    [4]\n", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("; read back and compared, largest difference 0\n", run.Output, StringComparison.Ordinal);
        var fields = JsonNode.Parse(Run.Of("export", model, "--output", folder["other.safetensors"], "--json").Output)!;
        Assert.Empty(Schema.Of("export").Errors(fields.ToJsonString()));
        Assert.Equal("double", (string?)fields["arrays"]!.AsArray()[^1]!["type"]);
        Assert.Equal(File.ReadAllBytes(folder["flowers.pytorch.safetensors"]), File.ReadAllBytes(folder["other.safetensors"]));
    }

    [Fact]
    public void An_existing_file_is_replaced_only_by_force()
    {
        string model = FlowerModel(), file = folder.Write("there.onnx", 1);
        Assert.Contains("--force replaces it", Run.Of("export", model, "--output", file).Refusal, StringComparison.Ordinal);
        Assert.Equal([1], File.ReadAllBytes(file));
        Assert.Equal(0, Run.Of("export", model, "--output", file, "--force").Code);
        Assert.Equal("logits", OnnxModel.Load(file).Outputs[0].Name);
    }

    [Fact]
    public void What_cannot_be_exported_is_refused_in_one_line()
    {
        string model = FlowerModel();
        Assert.Contains("there is no such file", Run.Of("export", folder["nowhere"]).Refusal, StringComparison.Ordinal);
        Assert.Contains("Blüten daten.csv", Run.Of("export", folder["Blüten daten.csv"]).Refusal, StringComparison.Ordinal);
        Assert.Contains("--output needs another name", Run.Of("export", model, "--output", model, "--force").Refusal, StringComparison.Ordinal);
        Assert.Equal("backprop: --format: 'onx' came; onnx, npz, safetensors, pytorch or numpy is needed; did you mean onnx?", Run.Of("export", model, "--format", "onx").Refusal);
        Assert.Contains("the name of a file is needed", Run.Of("export", model, "--output", "").Refusal, StringComparison.Ordinal);
        Assert.Contains("is binary", Run.Of("export", model, "--output", "-").Refusal, StringComparison.Ordinal);
        Assert.Throws<DataException>(() => OnnxModel.Load(model));
    }
}
