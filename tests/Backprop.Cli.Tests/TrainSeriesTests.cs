using System.Globalization;
using System.Text.Json.Nodes;
using Backprop.Saving;

namespace Backprop.Cli.Tests;

public sealed class TrainSeriesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>Eighty days of a wave of eight days on a slow rise, with the wave's quarter beside it.</summary>
    private string Waves(string name = "waves.csv", int count = 80) =>
        Flowers.Write(folder, name, "day,number,height,shift,sky\n" + string.Concat(Enumerable.Range(0, count).Select(Row)));

    private static string Row(int day) => string.Create(
        CultureInfo.InvariantCulture, $"2020-{day / 28 + 1:00}-{day % 28 + 1:00},{day},{Height(day):R},{Math.Cos(Math.PI * day / 4):R},{"ab"[day % 2]}\n");

    private static double Height(int day) => 100 + 0.2 * day + 10 * Math.Sin(Math.PI * day / 4);

    private Run Train(params string[] options) => Run.Of(["train", Waves(), "--target", "height", "--window", "8", .. options]);

    private static JsonNode Json(Run run) => run.Code == 0 ? JsonNode.Parse(run.Output)! : throw new InvalidOperationException(run.Error);

    [Fact]
    public void Every_rule_is_said_as_it_is_applied()
    {
        string[] notes = Train("--horizon", "2", "--epochs", "1", "--threads", "1").Error.Split('\n');
        Assert.Equal(
            [
                "header: yes, because 'number' stands above numbers",
                "left out: column 'day', text",
                "left out: column 'number', it rises with every row, as a date does",
                "left out: column 'sky', text",
                "task: forecast of column 'height' 2 rows later from 8 rows of height, shift; standardised by mean and deviation of the training part",
                "hold-out: 14 of 71 samples for the test, the last ones: rows 67 to 80 (line 68 on)",
            ], notes[..6]);
        Assert.Matches(@"^for comparison: that the number read last stays as it is forecasts the test part with RMSE \d+\.\d+$", notes[6]);
        Assert.Contains("network: flatten, linear 32, relu, linear 16, relu, linear 1, 1089 parameters", notes);
    }

    [Theory]
    [InlineData("mlp", "standard")]
    [InlineData("rnn", "standard")]
    [InlineData("lstm", "min-max")]
    [InlineData("gru", "min-max")]
    public void A_forecast_is_better_than_the_last_number(string model, string scale)
    {
        // Two days on, the wave has gone a quarter of its way: the last number is off by 10 at its deviation.
        var run = Train("--horizon", "2", "--model", model, "--scale", scale, "--epochs", "300", "--json");
        var result = Json(run);
        Assert.Empty(Schema.Of("train").Errors(run.Output));
        Assert.Equal((57, 14), ((int)result["trainSamples"]!, (int)result["testSamples"]!));
        string naive = run.Error.Split("forecasts the test part with RMSE ")[1].Split('\n')[0];
        Assert.InRange(double.Parse(naive, CultureInfo.InvariantCulture), 9, 11);
        Assert.InRange((double)result["testRmse"]!, 0, 5);
    }

    [Fact]
    public void Nothing_of_the_test_part_goes_into_what_is_fitted()
    {
        string[] lines = File.ReadAllLines(Waves("changed.csv"));
        for (int line = 67; line <= 80; line++) lines[line] = lines[line].Replace(",1", ",9", StringComparison.Ordinal);
        string changed = Flowers.Write(folder, "changed.csv", string.Join('\n', lines));
        Train("--horizon", "2", "--epochs", "3", "--save", folder["a"]);
        Run.Of("train", changed, "--target", "height", "--window", "8", "--horizon", "2", "--epochs", "3", "--save", folder["b"]);
        SavedModel<float> first = SavedModel<float>.Load(folder["a"]), other = SavedModel<float>.Load(folder["b"]);
        Assert.Equal(Fingerprint.Of(first.Model.Parameters), Fingerprint.Of(other.Model.Parameters));
        Assert.Equal(first.InputTransforms[0].Fitted.Select(part => part.Values), other.InputTransforms[0].Fitted.Select(part => part.Values));
        Assert.Equal(first.TargetTransforms[0].Fitted.Select(part => part.Values), other.TargetTransforms[0].Fitted.Select(part => part.Values));
    }

    [Fact]
    public void Predict_goes_on_behind_the_end_of_the_table()
    {
        Assert.Equal(0, Train("--horizon", "3", "--epochs", "200", "--save", folder["model"]).Code);
        var run = Run.Of("predict", folder["model"], Waves("new.csv", 40));
        Assert.Contains("data: 40 rows, from which 'height' of the rows 11 to 43 is forecast; 41 to 43 are still to come\n", run.Error, StringComparison.Ordinal);
        string[][] rows = [.. run.Output.TrimEnd('\n').Split('\n')[1..].Select(line => line.Split(','))];
        Assert.Equal(Enumerable.Range(11, 33), rows.Select(row => int.Parse(row[0], CultureInfo.InvariantCulture)));
        Assert.All(rows, row => Assert.Equal(
            Height(int.Parse(row[0], CultureInfo.InvariantCulture) - 1), double.Parse(row[1], CultureInfo.InvariantCulture), 4.0));
        var json = Json(Run.Of("predict", folder["model"], Waves("new.csv", 40), "--json"));
        Assert.Equal((11, 33), ((int)json["predictions"]![0]!["row"]!, (int)json["rows"]!));
        Assert.InRange((double)json["rmse"]!, 0.01, 3);
    }

    [Fact]
    public void A_date_that_is_kept_stands_beside_the_forecast_of_its_row()
    {
        Train("--horizon", "2", "--epochs", "1", "--save", folder["model"]);
        string[] lines = Run.Of("predict", folder["model"], Waves("new.csv", 12), "--keep", "day").Output.TrimEnd('\n').Split('\n');
        Assert.Equal("row,day,prediction", lines[0]);
        Assert.Equal(["10,2020-01-10", "11,2020-01-11", "12,2020-01-12", "13,", "14,"], lines[1..].Select(line => line[..line.LastIndexOf(',')]));
    }

    [Fact]
    public void As_many_rows_as_a_window_foretell_only_what_is_to_come()
    {
        Train("--epochs", "1", "--save", folder["model"]);
        var run = Run.Of("predict", folder["model"], Waves("new.csv", 8), "--json");
        Assert.Equal((9, 1), ((int)Json(run)["predictions"]![0]!["row"]!, (int)Json(run)["rows"]!));
        Assert.Null(Json(run)["rmse"]);
        Assert.Equal($"backprop: {folder["new.csv"]}: 7 rows of data came; the model reads 8 one after the other", Run.Of("predict", folder["model"], Waves("new.csv", 7)).Refusal);
    }

    [Fact]
    public void Evaluate_judges_by_the_end_that_training_never_saw()
    {
        double trained = (double)Json(Train("--epochs", "20", "--json", "--save", folder["model"]))["testRmse"]!;
        Assert.Equal(trained, (double)Json(Run.Of("evaluate", folder["model"], "--json"))["rmse"]!, 1e-3);
        var all = Json(Run.Of("evaluate", folder["model"], Waves("other.csv", 30), "--json"));
        Assert.Equal(22, (int)all["samples"]!);
    }

    [Fact]
    public void Explain_reads_the_samples_whose_future_is_known()
    {
        Train("--epochs", "1", "--save", folder["model"]);
        string data = Waves("short.csv", 10);
        Assert.Equal(0, Run.Of("explain", folder["model"], "--data", data, "--samples", "2").Code);
        Assert.Contains("--samples: '3' came; ", Run.Of("explain", folder["model"], "--data", data, "--samples", "3").Refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--patience", "4")]
    [InlineData("--model", "lstm")]
    [InlineData("--horizon", "4")]
    public void Stopped_and_resumed_comes_to_the_same_weights_as_never_stopped(string option, string value)
    {
        string whole = (string)Json(Train("--epochs", "6", option, value, "--json"))["weights"]!;
        Train("--epochs", "2", option, value, "--checkpoint", folder["run"]);
        var resumed = Run.Of("train", Waves(), "--checkpoint", folder["run"], "--resume", "--epochs", "6", "--json");
        Assert.Equal(whole, (string)Json(resumed)["weights"]!);
        Assert.Contains("--window 9: the training in ", Run.Of("train", Waves(), "--checkpoint", folder["run"], "--resume", "--window", "9").Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Early_stopping_judges_by_the_end_of_the_training_part() =>
        Assert.Contains("\nearly stopping: after 3 epochs without a better loss on the last 12 of the 58 samples that train\n",
            Train("--patience", "3", "--epochs", "2").Error, StringComparison.Ordinal);

    [Fact]
    public void A_long_series_is_met_less_often() =>
        Assert.Equal(12, (int)Json(Run.Of("train", Waves("long.csv", 4008), "--target", "height", "--horizon", "1", "--hidden", "2", "--model", "mlp", "--holdout", "0.001", "--json"))["epochs"]!);

    [Theory]
    [InlineData("WAVES: --target is missing, the column to forecast; there are day, number, height, shift, sky", "--window", "8")]
    [InlineData("--ignore height: the column is the --target, whose past is always read; leave one of the two out", "--window", "8", "--target", "height", "--ignore", "height")]
    [InlineData("WAVES: 80 rows of data came; --window 78 and --horizon 2 need 81 or more, for one sample to train and one to test", "--window", "78", "--horizon", "2", "--target", "height")]
    [InlineData("--window: '0' came; a whole number from 1 on is needed", "--window", "0")]
    [InlineData("--horizon: 'next' came; a whole number from 1 on is needed", "--horizon", "next")]
    [InlineData("--samples belongs to data that the program draws; WAVES is a time series", "--window", "8", "--target", "height", "--samples", "9")]
    [InlineData("--model lenet reads pictures; WAVES goes on in time; --model lstm suits it", "--window", "8", "--target", "height", "--model", "lenet")]
    [InlineData("WAVES, row 2: '2020-01-01' in column 'day'; a number is needed", "--window", "8", "--target", "day")]
    public void What_does_not_suit_is_refused(string message, params string[] options) =>
        Assert.Equal(
            $"backprop: {message.Replace("WAVES", folder["waves.csv"], StringComparison.Ordinal)}", Run.Of(["train", Waves(), .. options]).Refusal);

    [Fact]
    public void A_gap_is_refused_by_its_line() =>
        Assert.Equal(
            $"backprop: {folder["gap.csv"]}, row 4: an empty cell in column 'b'; every row of a time series needs a number; fill the gap, or leave the column out",
            Run.Of("train", Flowers.Write(folder, "gap.csv", "a,b\n1,2\n3,1\n2,\n1,3\n"), "--target", "a", "--window", "1").Refusal);

    [Fact]
    public void Data_that_the_model_cannot_read_are_refused()
    {
        Train("--epochs", "1", "--save", folder["model"]);
        string other = Flowers.Write(folder, "other.csv", "height\n" + string.Join('\n', Enumerable.Range(0, 9)));
        Assert.Equal($"backprop: {other}: no column 'shift', which the model needs; there are height", Run.Of("predict", folder["model"], other).Refusal);
        Assert.StartsWith($"backprop: {folder.Path} is a folder; the model {folder["model"]} was trained on a time series", Run.Of("predict", folder["model"], folder.Path).Refusal, StringComparison.Ordinal);
        Pictures.Write(folder, "train", 4);
        Assert.Equal(
            $"backprop: --window belongs to a time series; {folder.Path} is a folder of pictures, whose labels are the classes",
            Run.Of("train", folder.Path, "--window", "8").Refusal);
    }

    [Theory]
    [InlineData("airline-passengers.csv", "Passengers", 20, 45)]
    [InlineData("monthly-sunspots.csv", "Sunspots", 17, 20.12)]
    public void Real_series_are_forecast_better_than_by_their_last_number(string name, string target, double least, double most)
    {
        string? file = Repository.Data(name);
        Assert.SkipWhen(file is null, $"shared/data/{name} does not lie beside the repository.");
        Assert.InRange((double)Json(Run.Of("train", file!, "--target", target, "--window", "12", "--horizon", "1", "--json"))["testRmse"]!, least, most);
    }
}
