using System.CommandLine;

namespace Backprop.Cli.Train;

/// <summary>The options about what changes the weights, and how fast.</summary>
internal sealed class OptimizerOptions : IOptionGroup
{
    private readonly Option<OptimizerKind?> kind = Kinds();

    private readonly Option<double?> rate = Value.Number(
        "--learning-rate", "RATE", "Step size. [default: what suits data and optimizer, and is said]", number => double.IsFinite(number) && number > 0, "a number above 0");

    private readonly Option<ScheduleWords?> schedule = new("--schedule")
    {
        HelpName = "WORDS",
        Description = "How the learning rate goes on: step:EPOCHS,FACTOR; exponential:FACTOR; cosine:LEAST; one-cycle:RISE; plateau:EPOCHS,FACTOR; warm-up:STEPS, " +
            "also warm-up:STEPS+cosine. Numbers may be left out.",
        CustomParser = result =>
        {
            try
            {
                return ScheduleWords.Parse(result.Tokens[0].Value);
            }
            catch (InputException error)
            {
                result.AddError($"--schedule: {error.Message}");
                return null;
            }
        },
    };

    private readonly Option<bool> nesterov = new(OptimizerSetting.Nesterov) { Description = "sgd with momentum looks ahead." };

    private readonly Option<double?>[] numbers =
    [
        Share("--momentum", "sgd, rmsprop: the share of the last step that goes on; 0.9 is usual. [default: 0]"),
        Share("--beta1", "adam, adamw: how much of the mean gradient stays. [default: 0.9]"),
        Share("--beta2", "adam, adamw: how much of the mean squared gradient stays. [default: 0.999]"),
        Share("--alpha", "rmsprop: how much of the mean squared gradient stays. [default: 0.99]"),
        Share("--rho", "adadelta: how much of the mean squared gradient stays. [default: 0.9]"),
        Above("--epsilon", "all but sgd: keeps the quotient finite. [default: 1e-8; adagrad 1e-10; adadelta 1e-6]"),
        Penalty("--weight-decay", "Weights shrink by this share of the learning rate in each step. [default: 0; adamw 0.01]"),
        Penalty("--l1", "Adds the sum of |weights| times this to the loss. [default: 0]"),
        Penalty("--l2", "Adds half the sum of weights² times this to the loss. [default: 0]"),
        Above("--clip-norm", "The norm of all gradients together is taken down to this."),
        Above("--clip-value", "No entry of a gradient counts as larger than this."),
    ];

    public OptimizerOptions(Command command)
    {
        foreach (var option in (Option[])[kind, rate, schedule, .. numbers]) command.Options.Add(option);
        command.Options.Insert(command.Options.IndexOf(numbers[1]), nesterov);
    }

    /// <summary>The settings with what was given here.</summary>
    public TrainSettings Apply(ParseResult parsed, TrainSettings settings)
    {
        var given = new Dictionary<string, double>();
        foreach (var option in numbers)
            if (parsed.GetValue(option) is { } number) given[option.Name] = number;
        if (parsed.GetValue(nesterov)) given[nesterov.Name] = 1;
        return settings with
        {
            Optimizer = parsed.GetValue(kind),
            LearningRate = parsed.GetValue(rate),
            Schedule = parsed.GetValue(schedule),
            OptimizerSettings = given,
        };
    }

    private static Option<OptimizerKind?> Kinds()
    {
        var option = Value.Choice<OptimizerKind>(
            "--optimizer", $"What changes the weights: {string.Join(", ", Enum.GetValues<OptimizerKind>().Select(Words.Of))}. [default: the network file's; else adam]");
        // All the words in its head would push every description to the right.
        option.HelpName = "NAME";
        return option;
    }

    private static Option<double?> Share(string name, string description) =>
        Value.Number(name, "SHARE", description, number => number is >= 0 and < 1, "a number from 0 to below 1");

    private static Option<double?> Above(string name, string description) =>
        Value.Number(name, "NUMBER", description, number => number > 0 && double.IsFinite(number), "a number above 0");

    private static Option<double?> Penalty(string name, string description) =>
        Value.Number(name, "NUMBER", description, number => number >= 0 && double.IsFinite(number), "0 or a number above it");
}
