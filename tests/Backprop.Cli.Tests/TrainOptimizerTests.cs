using System.Text.Json.Nodes;
using Backprop.Saving;

namespace Backprop.Cli.Tests;

public sealed class TrainOptimizerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Data => File.Exists(folder["flowers.csv"]) ? folder["flowers.csv"] : Flowers.Write(folder, "flowers.csv");

    private Run Train(params string[] options) => Run.Of(["train", Data, "--target", "kind", .. options]);

    private static JsonNode Result(Run run)
    {
        Assert.True(run.Code == 0, run.Error);
        Assert.Empty(Schema.Of("train").Errors(run.Output));
        return JsonNode.Parse(run.Output)!;
    }

    [Theory]
    [InlineData("adam")]
    [InlineData("adamw")]
    [InlineData("sgd")]
    [InlineData("rmsprop")]
    [InlineData("adagrad")]
    [InlineData("adadelta")]
    public void Every_optimizer_learns_iris_with_its_usual_settings(string optimizer)
    {
        Assert.SkipWhen(Repository.Data("iris.csv") is null, "shared/data/iris.csv does not lie beside the repository.");
        var result = Result(Run.Of("train", Repository.Data("iris.csv")!, "--target", "species", "--optimizer", optimizer, "--json"));
        Assert.Equal(optimizer, (string?)result["optimizer"]);
        Assert.InRange((double)result["testAccuracy"]!, 0.9, 1);
    }

    [Theory]
    [InlineData("--optimizer", "adam", "--beta1", "0.8", "--beta2", "0.99")]
    [InlineData("--optimizer", "adamw", "--epsilon", "1e-6")]
    [InlineData("--optimizer", "sgd", "--momentum", "0.9", "--nesterov", "--l1", "0.001")]
    [InlineData("--optimizer", "rmsprop", "--alpha", "0.9", "--momentum", "0.5")]
    [InlineData("--optimizer", "adagrad", "--weight-decay", "0.01")]
    [InlineData("--optimizer", "adadelta", "--rho", "0.8", "--clip-norm", "1", "--clip-value", "0.1")]
    [InlineData("--schedule", "step:2,0.5")]
    [InlineData("--schedule", "exponential")]
    [InlineData("--schedule", "cosine:0.1")]
    [InlineData("--schedule", "one-cycle")]
    [InlineData("--schedule", "plateau:1,0.5", "--learning-rate", "0.3")]
    [InlineData("--schedule", "plateau:1,0.5", "--learning-rate", "0.3", "--patience", "9")]
    [InlineData("--schedule", "warm-up:5+cosine")]
    [InlineData("--schedule", "warm-up:4+step:2,0.5")]
    [InlineData("--loss", "multi-class-hinge:0.5")]
    [InlineData("--class-weights", "balanced", "--optimizer", "sgd")]
    public void Stopped_and_resumed_comes_to_the_same_weights_as_never_stopped(params string[] options)
    {
        string whole = (string)Result(Train(["--batch", "16", "--epochs", "7", .. options, "--json"]))["weights"]!;
        string plain = (string)Result(Train("--batch", "16", "--epochs", "7", "--json"))["weights"]!;
        Assert.NotEqual(plain, whole);
        Assert.Equal(0, Train(["--batch", "16", "--epochs", "7", "--checkpoint", folder["run"], "--every", "2steps", "--keep", "99", .. options]).Code);
        // As if it had been stopped in the middle of an epoch.
        foreach (string file in Directory.GetFiles(folder["run"], "step-*"))
            if (string.CompareOrdinal(Path.GetFileName(file), "step-0000000011") >= 0) File.Delete(file);
        var resumed = Run.Of("train", Data, "--checkpoint", folder["run"], "--resume", "--json");
        Assert.Contains(", after 10 steps, 3 whole epochs\n", resumed.Error, StringComparison.Ordinal);
        Assert.Equal(whole, (string?)Result(resumed)["weights"]);
    }

    [Fact]
    public void What_was_said_is_what_trains()
    {
        var run = Train("--epochs", "1", "--optimizer", "sgd", "--momentum", "0.9", "--nesterov", "--weight-decay", "0.001", "--clip-norm", "2", "--learning-rate", "0.2", "--batch", "16");
        Assert.Contains("\ntraining: sgd, learning rate 0.2, momentum 0.9, nesterov, weight decay 0.001, clip norm 2, batch 16, 1 epoch, seed 1, ", run.Error, StringComparison.Ordinal);
        Assert.Contains("\noptimizer      sgd, learning rate 0.2\n", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--optimizer adam --momentum 0.9", "--momentum belongs to sgd, rmsprop; adam does not have it")]
    [InlineData("--beta1 0.5 --optimizer sgd", "--beta1 belongs to adam, adamw; sgd does not have it")]
    [InlineData("--rho 0.5", "--rho belongs to adadelta; adam does not have it")]
    [InlineData("--optimizer sgd --nesterov", "--nesterov looks ahead by the momentum; --momentum is missing, 0.9 is usual")]
    [InlineData("--optimizer sgd --momentum 1", "--momentum: '1' came; a number from 0 to below 1 is needed")]
    [InlineData("--weight-decay -1", "--weight-decay: '-1' came; 0 or a number above it is needed")]
    [InlineData("--clip-norm 0", "--clip-norm: '0' came; a number above 0 is needed")]
    [InlineData("--optimizer adma", "--optimizer: 'adma' came; adam, adamw, sgd, rmsprop, adagrad or adadelta is needed; did you mean adam?")]
    [InlineData("--schedule cosin", "--schedule: 'cosin' came; step, exponential, cosine, one-cycle, plateau or warm-up is needed; did you mean cosine?")]
    [InlineData("--schedule step:0", "--schedule: 'step:0' came; step:EPOCHS,FACTOR, as in step:10,0.5 is needed")]
    [InlineData("--schedule step:10,2", "--schedule: 'step:10,2' came; step:EPOCHS,FACTOR, as in step:10,0.5 is needed")]
    [InlineData("--schedule exponential:0.9,1", "--schedule: 'exponential:0.9,1' came; exponential:FACTOR per epoch, as in exponential:0.95 is needed")]
    [InlineData("--schedule cosine+step", "--schedule: 'cosine+step' came; + stands once, behind a warm-up, as in warm-up:100+cosine")]
    [InlineData("--schedule warm-up+plateau", "--schedule: 'warm-up+plateau' came; cosine or step can follow a warm-up")]
    [InlineData("--schedule warm-up:999+cosine", "--schedule warm-up:999+cosine: the training has 200 steps, and cosine follows only after 999")]
    [InlineData("--schedule one-cycle --epochs 1 --batch 48", "--schedule one-cycle: the training has 1 step; OneCycleSchedule: a rise of 0.3 of 1 came; rise and fall need more than a step each, usually 0.3.")]
    public void What_does_not_suit_is_refused(string options, string said) => Assert.Equal($"backprop: {said}", Train(options.Split(' ')).Refusal);

    [Theory]
    [InlineData("step", "step, learning rate times 0.1 after every 2 epochs")]
    [InlineData("step:3,0.5", "step, learning rate times 0.5 after every 3 epochs")]
    [InlineData("exponential", "exponential, learning rate times 0.95 after every epoch")]
    [InlineData("cosine", "cosine, learning rate down along half a wave to 0 in 18 steps")]
    [InlineData("cosine:0.01", "cosine, learning rate down along half a wave to 0.01 of its height in 18 steps")]
    [InlineData("one-cycle", "one-cycle, learning rate up for 0.3 of 18 steps, then down to nearly 0")]
    [InlineData("plateau", "plateau, learning rate times 0.1 after more than 2 epochs without a better loss of the training part")]
    [InlineData("warm-up", "warm-up, learning rate up to its full height in 1 step")]
    [InlineData("warm-up:6+cosine", "warm-up, learning rate up to its full height in 6 steps, then down along half a wave to 0 in 12 steps")]
    public void A_schedule_is_said_as_it_is_applied(string words, string said)
    {
        var run = Train("--epochs", "6", "--batch", "16", "--schedule", words, "--json");
        Assert.Contains($"\nschedule: {said}\n", run.Error, StringComparison.Ordinal);
        Assert.Equal(words, (string?)Result(run)["schedule"]);
    }

    [Fact]
    public void A_schedule_over_the_whole_training_has_one_length()
    {
        Assert.Equal(0, Train("--epochs", "3", "--schedule", "cosine", "--checkpoint", folder["run"]).Code);
        Assert.Equal(
            $"backprop: --epochs 5: the schedule cosine goes over the 3 epochs that the training in {folder["run"]} was begun with; leave the option out, or begin anew in another folder",
            Train("--epochs", "5", "--checkpoint", folder["run"], "--resume").Refusal);
        Assert.Equal(0, Train("--epochs", "3", "--checkpoint", folder["run"], "--resume").Code);
    }

    [Fact]
    public void Class_weights_are_said_and_change_what_is_learnt()
    {
        // Ten of A to forty of B, in disorder by turns: with equal weights nearly all is taken for B.
        string data = Flowers.Write(folder, "rare.csv", "x,kind\n" + string.Concat(Enumerable.Range(0, 50).Select(i => $"{i % 5 + (i % 10 == 0 ? 1 : 0)},{(i % 5 == 0 ? "A" : "B")}\n")));
        Run Weighted(params string[] more) => Run.Of(["train", data, "--target", "kind", "--epochs", "5", "--hidden", "3", "--save", folder["model"], "--force", .. more]);
        var balanced = Weighted("--class-weights", "balanced");
        Assert.Contains("\nclass weights: A 2.5, B 0.625\n", balanced.Error, StringComparison.Ordinal);
        Assert.Equal("softmax_cross_entropy", SavedModel<float>.Load(folder["model"]).Loss);
        Assert.Contains("\nclass weights: A 3, B 1\n", Weighted("--class-weights", "A=3").Error, StringComparison.Ordinal);
        Assert.NotEqual(Weighted("--class-weights", "A=3,B=1").Output, Weighted().Output);
        Assert.Equal("backprop: --class-weights: there is no class 'C'; there are A, B", Weighted("--class-weights", "C=1").Refusal);
        Assert.Equal("backprop: --class-weights: 'A' came twice; one weight for each class is needed", Weighted("--class-weights", "A=1,A=2").Refusal);
        Assert.Equal("backprop: --class-weights: 'A' came; balanced, or NAME=WEIGHT with commas between them is needed, as in yes=2,no=1", Weighted("--class-weights", "A").Refusal);
        Assert.Equal("backprop: --class-weights: no class counts; a weight above 0 is needed", Weighted("--class-weights", "A=0,B=0").Refusal);
        Assert.Equal(
            "backprop: --class-weights belongs to the loss softmax_cross_entropy; multi_class_hinge counts all classes alike",
            Weighted("--class-weights", "A=2", "--loss", "multi_class_hinge").Refusal);
        Assert.Equal(
            "backprop: --class-weights: a number is to be predicted, or a class at every time; weights belong to samples of classes",
            Run.Of("train", Flowers.Line(folder), "--target", "y", "--class-weights", "balanced").Refusal);
    }
}
