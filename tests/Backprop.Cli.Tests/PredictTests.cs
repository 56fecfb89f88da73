using System.Globalization;
using System.Text.Json.Nodes;
using Backprop.Saving;

namespace Backprop.Cli.Tests;

public sealed class PredictTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string FlowerModel()
    {
        Assert.Equal(0, Run.Of("train", Flowers.Write(folder), "--target", "kind", "--epochs", "60", "--save", folder["model"], "--force").Code);
        return folder["model"];
    }

    private Run Predict(string text, params string[] options) => Run.Of(["predict", FlowerModel(), Flowers.Write(folder, "new.csv", text), .. options]);

    [Fact]
    public void Csv_has_a_row_per_sample_with_the_probability_of_each_class()
    {
        string[] lines = Predict("id,colour,width,length\n7,weiß,2,0\n8,rot,0,2\n").Output.Split('\n');
        Assert.Equal("row,prediction,p_A,p_B,p_C", lines[0]);
        Assert.StartsWith("1,A,0.9", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("2,C,", lines[2], StringComparison.Ordinal);
        Assert.Equal(["", ""], lines[3..].Append(""));
        double[] probabilities = [.. lines[1].Split(',')[2..].Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))];
        Assert.Equal(1, probabilities.Sum(), 1e-6);
    }

    [Fact]
    public void Json_is_one_document()
    {
        var run = Predict(Flowers.Text(), "--json");
        Assert.Equal(0, run.Code);
        var fields = JsonNode.Parse(run.Output)!.AsObject();
        Assert.Equal(["format", "task", "rows", "classes", "accuracy", "predictions"], fields.Select(field => field.Key));
        Assert.Equal("backprop-predict/1", (string?)fields["format"]);
        Assert.Equal(60, fields["predictions"]!.AsArray().Count);
        Assert.Equal("A", (string?)fields["predictions"]![0]!["prediction"]);
        Assert.Equal(3, fields["predictions"]![0]!["probabilities"]!.AsArray().Count);
        Assert.InRange((double)fields["accuracy"]!, 0.95, 1);
        Assert.Contains("\naccuracy: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_keeps_to_its_schema()
    {
        Assert.Empty(Schema.Of("predict").Errors(Predict(Flowers.Text(), "--json", "--keep", "colour").Output));
        Assert.Equal(0, Run.Of("train", Flowers.Line(folder), "--target", "y", "--epochs", "1", "--save", folder["line"]).Code);
        Assert.Empty(Schema.Of("predict").Errors(Run.Of("predict", folder["line"], folder["line.csv"], "--json").Output));
    }

    [Fact]
    public void Columns_are_kept_beside_the_predictions()
    {
        string[] lines = Predict("id,colour,width,length\n\"7,a\",weiß,2,0\nß8,rot,0,2\n", "--keep", "id", "--keep", "1", "--keep", "id").Output.Split('\n');
        Assert.Equal("row,id,colour,prediction,p_A,p_B,p_C", lines[0]);
        Assert.StartsWith("1,\"7,a\",weiß,A,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("2,ß8,rot,C,", lines[2], StringComparison.Ordinal);
        var said = JsonNode.Parse(Predict("id,colour,width,length\n7,weiß,2,0\n", "--json", "--keep", "id").Output)!["predictions"]![0]!;
        Assert.Equal("""{"id":"7"}""", said["kept"]!.ToJsonString());
        Assert.Equal($"backprop: {folder["new.csv"]}: no column 'di'; there are id, colour, width, length", Predict("id,colour,width,length\n7,weiß,2,0\n", "--keep", "di").Refusal);
        Pictures.Write(folder, "train", 4);
        Run.Of("train", folder.Path, "--epochs", "1", "--save", folder["pictures"]);
        Assert.Equal($"backprop: --keep belongs to a table; the samples in {folder.Path} are no rows of one", Run.Of("predict", folder["pictures"], folder.Path, "--keep", "id").Refusal);
    }

    [Fact]
    public void A_table_may_be_piped_in()
    {
        string model = FlowerModel(), text = "length,width,colour,kind\n0,2,weiß,A\n2,0,rot,C\n", file = Flowers.Write(folder, "new.csv", text);
        var piped = Run.Piped(text, "predict", model, "-");
        Assert.Equal((0, Run.Of("predict", model, file).Output), (piped.Code, piped.Output));
        Assert.Equal(Run.Of("evaluate", model, file).Output.Replace(file, "-", StringComparison.Ordinal), Run.Piped(text, "evaluate", model, "-").Output);
        Assert.StartsWith("backprop: -, row 2: 'blau' in column 'colour'; one of rot, weiß is needed, as in training", Run.Piped("length,width,colour\n1,2,blau\n", "predict", model, "-").Refusal, StringComparison.Ordinal);
        Assert.Equal("backprop: -: the file is empty; a table with at least one row is needed", Run.Piped("", "predict", model, "-").Refusal);
        Pictures.Write(folder, "train", 4);
        Run.Of("train", folder.Path, "--epochs", "1", "--save", folder["pictures"]);
        Assert.StartsWith($"backprop: -: a table may be piped in; the model {folder["pictures"]} was trained on ", Run.Piped("a", "predict", folder["pictures"], "-").Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_says_what_it_said_in_training()
    {
        string model = folder["line model"], data = Flowers.Line(folder);
        var trained = Run.Of("train", data, "--target", "y", "--epochs", "200", "--save", model, "--json");
        Assert.Equal(0, trained.Code);
        var said = JsonNode.Parse(Run.Of("predict", model, data, "--json").Output)!.AsObject();
        Assert.Equal(["format", "task", "rows", "rmse", "predictions"], said.Select(field => field.Key));
        // Over all rows instead of the hold-out alone: of the same size.
        Assert.InRange((double)said["rmse"]!, 0, 3 * (double)JsonNode.Parse(trained.Output)!["testRmse"]! + 0.5);
        Assert.InRange((double)said["predictions"]![20]!["prediction"]!, 108, 112);
    }

    [Fact]
    public void A_table_without_names_is_read_by_position()
    {
        string data = Flowers.Write(folder, "plain.csv", string.Join('\n', Flowers.Text().Split("\r\n")[1..]));
        Assert.Equal(0, Run.Of("train", data, "--target", "3", "--epochs", "5", "--save", folder["plain"]).Code);
        string file = Flowers.Write(folder, "one.csv", "0,2,weiß\n2,0,rot\n");
        Assert.Equal(3, Run.Of("predict", folder["plain"], file).Output.TrimEnd('\n').Split('\n').Length);
    }

    [Fact]
    public void Pictures_come_from_a_folder_or_a_file()
    {
        Pictures.Write(folder, "train", 40);
        Pictures.Write(folder, "t10k", 10);
        foreach (string kind in new[] { "mlp", "lenet", "rnn", "lstm", "gru" })
        {
            Assert.Equal(0, Run.Of("train", folder.Path, "--model", kind, "--epochs", "10", "--batch", "8", "--save", folder[kind]).Code);
            var all = JsonNode.Parse(Run.Of("predict", folder[kind], folder.Path, "--json").Output)!;
            Assert.Equal((10, 1.0), ((int)all["rows"]!, (double)all["accuracy"]!));
            string csv = Run.Of("predict", folder[kind], folder["t10k-images-idx3-ubyte"]).Output;
            Assert.Equal("0101010101", string.Concat(csv.TrimEnd('\n').Split('\n')[1..].Select(line => line.Split(',')[1])));
        }
    }

    [Fact]
    public void The_result_goes_to_a_file_that_is_replaced_only_by_force()
    {
        string model = FlowerModel(), data = Flowers.Write(folder), output = folder["said.csv"];
        string said = Run.Of("predict", model, data).Output;
        Assert.Equal("", Run.Of("predict", model, data, "--save", output).Output);
        Assert.Equal(System.Text.Encoding.UTF8.GetBytes(said), File.ReadAllBytes(output));
        Assert.Equal($"backprop: {output}: the file is there already; --force replaces it", Run.Of("predict", model, data, "--save", output).Refusal);
        Assert.Equal(0, Run.Of("predict", model, data, "--save", output, "--force", "--json").Code);
        Assert.StartsWith("{", File.ReadAllText(output), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("length,colour\n1,rot\n", "DATA: no column 'width', which the model needs; there are length, colour")]
    [InlineData("length,width,colour\n1,2,blau\n", "DATA, row 2: 'blau' in column 'colour'; one of rot, weiß is needed, as in training; --unknown ignore takes it for none of them")]
    [InlineData("length,width,colour\n1,x,rot\n", "DATA, row 2: 'x' in column 'width'; a number is needed")]
    [InlineData("length,width,colour,kind\n1,2,rot,D\n", "DATA, row 2: 'D' in column 'kind'; one of the classes A, B, C is needed, as in training")]
    [InlineData("length,width,colour\n1,2\n", "DATA, row 2: 2 cells found; 3 needed, as in row 1")]
    [InlineData("1,2,rot\n", "DATA: a header and no row; at least one row of data is needed")]
    public void Data_that_the_model_cannot_read_are_refused_in_one_line(string text, string message)
    {
        var run = Predict(text, "--save", folder["said"]);
        Assert.Equal($"backprop: {message.Replace("DATA", folder["new.csv"], StringComparison.Ordinal)}", run.Refusal);
        Assert.False(File.Exists(folder["said"]));
    }

    [Fact]
    public void A_model_of_a_table_wants_a_table_and_one_of_pictures_pictures()
    {
        string flowers = FlowerModel(), table = folder["Blüten daten.csv"];
        Pictures.Write(folder, "train", 4);
        Run.Of("train", folder.Path, "--epochs", "1", "--save", folder["pictures"]);
        Assert.Equal($"backprop: {folder.Path} is a folder; the model {flowers} was trained on a table, so a CSV or TSV file is needed", Run.Of("predict", flowers, folder.Path).Refusal);
        Assert.StartsWith($"backprop: {table}: it begins with EFBBBF6C, an IDX file with 0000", Run.Of("predict", folder["pictures"], table).Refusal, StringComparison.Ordinal);
        Assert.Equal($"backprop: --header belongs to a table; the model {folder["pictures"]} was trained on pictures", Run.Of("predict", folder["pictures"], folder.Path, "--header", "no").Refusal);
    }

    [Fact]
    public void Pictures_of_another_size_or_class_are_refused()
    {
        Pictures.Write(folder, "train", 4);
        Run.Of("train", folder.Path, "--epochs", "1", "--save", folder["model"]);
        string small = folder.Write("small", Pictures.Images(2, 10));
        Assert.Equal($"backprop: {small}: its pictures are [10, 10]; the model needs [1, 12, 12]", Run.Of("predict", folder["model"], small).Refusal);
        Pictures.Write(folder, "train", 6, classes: 3);
        Assert.Equal($"backprop: {folder.Path}, row 3: the class 2 came; one of 0, 1 is needed, as in training", Run.Of("predict", folder["model"], folder.Path).Refusal);
    }

    [Fact]
    public void Model_and_data_are_not_replaced_by_force()
    {
        string data = Flowers.Write(folder), model = folder["kept.safetensors"];
        Assert.Equal(0, Run.Of("train", data, "--target", "kind", "--epochs", "1", "--save", model).Code);
        foreach (string file in new[] { model, data })
        {
            byte[] before = File.ReadAllBytes(file);
            Assert.Equal(
                $"backprop: --save {file}: that is the file that is read, which --force does not replace; give another name",
                Run.Of("predict", model, data, "--save", file, "--force").Refusal);
            Assert.Equal(before, File.ReadAllBytes(file));
        }
        Assert.Equal("backprop: --save: '-' came; the name of a file is needed", Run.Of("predict", model, data, "--save", "-").Refusal);
    }

    [Fact]
    public void A_model_of_another_program_is_refused_where_it_says_too_little()
    {
        string data = Flowers.Write(folder);
        new SavedModel<float>(Nn<float>.Sequential(Nn<float>.Linear(3, 1, new Random(1))), [3]).Save(folder["plain"]);
        Assert.Equal(
            $"backprop: {folder["plain"]}: it does not say how a table becomes its inputs; NumPy's arrays (.npy, .npz) with [3] for each sample are needed, or a model that backprop train saved",
            Run.Of("predict", folder["plain"], data).Refusal);
        Pictures.Write(folder, "train", 4);
        new SavedModel<float>(Nn<float>.Sequential(Nn<float>.Flatten(), Nn<float>.Linear(144, 3, new Random(1))), [1, 12, 12]).Save(folder["wide"]);
        Assert.Equal(
            $"backprop: {folder["wide"]}: its network gives [3] for a sample; [1] is needed, one number or one for each class",
            Run.Of("predict", folder["wide"], folder["train-images-idx3-ubyte"]).Refusal);
    }

    [Fact]
    public void A_half_written_or_foreign_model_is_refused()
    {
        string model = FlowerModel(), data = folder["Blüten daten.csv"];
        byte[] whole = File.ReadAllBytes(model);
        string half = folder.Write("half", whole[..(whole.Length / 2)]), empty = folder.Write("empty"), foreign = Flowers.Write(folder, "foreign", "a,b\n1,2\n");
        whole[^1] ^= 1;
        string damaged = folder.Write("damaged", whole);
        foreach (string bad in new[] { half, empty, foreign, damaged })
            Assert.StartsWith($"backprop: {bad}: ", Run.Of("predict", bad, data).Refusal, StringComparison.Ordinal);
        Assert.Equal($"backprop: {folder["none"]}: there is no such file", Run.Of("predict", folder["none"], data).Refusal);
        Assert.Equal($"backprop: {folder["none"]}: there is no such file or folder", Run.Of("predict", model, folder["none"]).Refusal);
    }
}
