namespace Backprop.Cli.Tests;

public sealed class BadTableTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Refusal(string text, params string[] options)
    {
        string file = Flowers.Write(folder, "data.csv", text), model = folder["model"];
        var run = Run.Of(["train", file, "--save", model, .. options]);
        Assert.False(File.Exists(model));
        return run.Refusal.Replace(file, "data.csv", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a,b\n1,2\n3\n", "data.csv, row 3: 1 cell found; 2 needed, as in row 1")]
    [InlineData("", "data.csv: the file is empty; a table with at least one row is needed")]
    [InlineData("a,b\n1,\"2\n", "data.csv, row 2: a quote inside a cell or one that does not end; \"…\" around the whole cell is needed, with \"\" for each quote in it")]
    [InlineData("a,b\n1,2\n", "data.csv: no column 't'; there are a, b")]
    [InlineData("1,2\n", "data.csv: no column 't'; there are the columns 0 to 1, for no header was found (--header yes says that there is one)")]
    [InlineData("a,t\n1,2.5\n3,\n", "data.csv, row 3: an empty cell in column 't'; a number is needed; train with --missing drop, which leaves such rows out")]
    [InlineData(
        "a,t\n1,x\n2,y\n3,x\n4,y\n?,x\n",
        "data.csv, row 6: '?' in column 'a'; a number is needed; train with --missing drop (leaves such rows out) or --missing fill (takes the column's median)")]
    [InlineData(
        "a;t\n1,5;x\n2,5;y\n3;x\n",
        "data.csv, row 2: '1,5' in column 'a'; a number with a decimal point and without separators of thousands is needed, as in 1234.5")]
    [InlineData("a,b,t\n1,?,x\n?,2,y\n", "data.csv: every row has a missing value, so none is left; --missing fill keeps them, --ignore leaves a column out", "--missing", "drop", "--header", "yes")]
    [InlineData("a,t\nu,x\nv,y\n", "--embed t: the column is the --target; leave one of the two out", "--embed", "t", "--header", "yes")]
    [InlineData("a,t\nu,x\nv,y\n", "--embed a: the column is left out by --ignore; leave one of the two out", "--embed", "a", "--ignore", "a", "--header", "yes")]
    [InlineData("a,t\nu,x\nv,y\n", "--embed 0: the column is embedded already; give it once", "--embed", "a", "--embed", "0", "--header", "yes")]
    [InlineData("a,t\nu,x\nv,y\n", "--embed a=0: '0' came for the length of the vectors; a whole number from 1 on is needed", "--embed", "a=0", "--header", "yes")]
    [InlineData("a,t\nu,x\nv,y\n", "data.csv: no column 'b'; there are a, t", "--embed", "b=3", "--header", "yes")]
    [InlineData("a,t\n1,x\n2,x\n", "data.csv: column 't' has one class only, 'x'; at least two are needed")]
    [InlineData("t\nx\ny\nx\ny\n", "data.csv: no column is left beside the target; at least one that the network can read is needed", "--header", "yes")]
    [InlineData("a,t\n1,2.5\n", "data.csv: 1 row of data came; at least 2 are needed, one to train and one to test")]
    [InlineData("a,t\n1,x\n2,y\n", "data.csv, row 2: 'x' in column 't'; a number is needed", "--task", "regression")]
    [InlineData("a,t\n1,x\n2,y\n", "--ignore t: the column is the --target; leave one of the two out", "--ignore", "t")]
    [InlineData("a,t\n1,x\n2,y\n", "data.csv: no column 'b'; there are a, t", "--ignore", "b")]
    [InlineData("a,t\n1,x\n2,y\n", "data.csv: Split: each of the 2 classes has a single sample and keeps it to train on, so none is left to test on; a class with two samples or more is needed.")]
    [InlineData("a,t\n1,x\n2,y\n3,x\n4,y\n", "--model rnn reads pictures, row by row as time goes on; data.csv is a table, whose columns have no order in time; --model mlp suits it", "--model", "rnn")]
    [InlineData("a,t\n1,x\n2,y\n3,x\n4,y\n", "--model lenet reads pictures; data.csv is a table, whose columns have no order in space; --model mlp suits it", "--model", "lenet")]
    public void A_table_that_cannot_be_used_is_refused_in_one_line(string text, string message, params string[] options) =>
        Assert.Equal($"backprop: {message}", Refusal(text, ["--target", "t", .. options]));

    [Fact]
    public void A_missing_target_is_answered_with_the_columns() =>
        Assert.Equal("backprop: data.csv: --target is missing, the column to predict; there are a, b", Refusal("a,b\n1,2\n3,4\n"));

    [Fact]
    public void A_missing_file_is_refused() => Assert.Equal("backprop: no/where.csv: there is no such file or folder", Run.Of("train", "no/where.csv").Refusal);

    [Fact]
    public void An_output_that_cannot_be_is_refused_before_any_work()
    {
        string data = Flowers.Write(folder);
        string Save(string path) => Run.Of("train", data, "--target", "kind", "--save", path).Refusal;
        Assert.Equal($"backprop: {folder.Path}: a folder of this name is there; --save needs the name of a file", Save(folder.Path));
        Assert.Equal($"backprop: {folder["no/model"]}: the folder {folder["no"]} is not there; make it first", Save(folder["no/model"]));
    }
}
