namespace Backprop.Lessons.Replays;

/// <summary>The XOR network with seven learning rates and two sizes.</summary>
internal sealed class TraskLearningRatesReplay : ReplayLesson
{
    /// <summary>The last figure is printed before this update.</summary>
    private const int Steps = 50_001;

    /// <summary>How many runs show what a rounding does.</summary>
    private const int Runs = 16;

    private static readonly (int Units, double LearningRate, string Errors)[] Printed =
    [
        (4, 0.001, "0.496410031903 0.495164025493 0.493596043188 0.491606358559 0.489100166544 0.485977857846"),
        (4, 0.01, "0.496410031903 0.457431074442 0.359097202563 0.239358137159 0.143070659013 0.0985964298089"),
        (4, 0.1, "0.496410031903 0.0428880170001 0.0240989942285 0.0181106521468 0.0149876162722 0.0130144905381"),
        (4, 1, "0.496410031903 0.00858452565325 0.00578945986251 0.00462917677677 0.00395876528027 0.00351012256786"),
        (4, 10, "0.496410031903 0.00312938876301 0.00214459557985 0.00172397549956 0.00147821451229 0.00131274062834"),
        (4, 100, "0.496410031903 0.125476983855 0.125330333528 0.125267728765 0.12523107366 0.125206352756"),
        (4, 1000, "0.496410031903 0.5 0.5 0.5 0.5 0.5"),
        (32, 0.001, "0.496439922501 0.491049468129 0.484976307027 0.477830678793 0.46903846539 0.458029258565"),
        (32, 0.01, "0.496439922501 0.356379061648 0.146939845465 0.0880156127416 0.065147819275 0.0529658087026"),
        (32, 0.1, "0.496439922501 0.0305404908386 0.0190638725334 0.0147643907296 0.0123892429905 0.0108421669738"),
        (32, 1, "0.496439922501 0.00736052234249 0.00497251705039 0.00396863978159 0.00338641021983 0.00299625684932"),
        (32, 10, "0.496439922501 0.00224922117381 0.00153852153014 0.00123717718456 0.00106119569132 0.000942641990774"),
        (32, 100, "0.496439922501 0.5 0.5 0.5 0.5 0.5"),
        (32, 1000, "0.496439922501 0.5 0.5 0.5 0.5 0.5"),
    ];

    /// <summary>Where the steps are so large that roundings decide printed digits: the digits that hold, from the second figure on.</summary>
    private static readonly (int Units, double LearningRate, string Digits)[] Settled =
        [(4, 100, "0.125 0.125 0.125 0.125 0.125"), (32, 10, "0.0022 0.0015 0.0012 0.0011 0.00094")];

    public override string Name => "trask-learning-rates";

    public override string Summary => "XOR with seven learning rates, 4 and 32 hidden units";

    public override Publication Publication { get; } = new(
        "Andrew Trask", "A Neural Network in 13 lines of Python (Part 2 - Gradient Descent)", 2015, "https://iamtrask.github.io/2015/07/27/python-network-part2/");

    protected override void Play(ReplaySheet sheet)
    {
        foreach (var (units, learningRate, printed) in Printed)
        {
            var run = TraskNetwork.TrainXor(sheet, units, learningRate, Steps);
            string[] figures = printed.Split(' ');
            string network = FormattableString.Invariant($"{units} hidden units, learning rate {learningRate}");
            sheet.Begin($"{network}: mean error");
            if (Settled.FirstOrDefault(entry => entry.Units == units && entry.LearningRate == learningRate).Digits is not { } digits)
            {
                for (int i = 0; i < figures.Length; i++) sheet.Add(TraskNetwork.After(i), figures[i], run.Errors[i]);
                continue;
            }
            sheet.Add(TraskNetwork.After(0), figures[0], run.Errors[0]);
            AddUnsettled(sheet, network, figures, digits.Split(' '), run, Moved(sheet, units, learningRate));
        }
    }

    private static void AddUnsettled(ReplaySheet sheet, string network, string[] figures, string[] digits, XorRun run, XorRun[] moved)
    {
        string cause = $"the steps are so large that roundings decide the later digits: {Runs} runs, each with one first weight larger by "
            + $"{TraskNetwork.MovedBy} units in its last place, scatter round it";
        for (int i = 1; i < figures.Length; i++)
            sheet.Add(new(
                $"{network}, {TraskNetwork.After(i)}", new(figures[i]), new(digits[i - 1]), run.Errors[i], cause, [.. moved.Select(other => other.Errors[i])]));
    }

    /// <summary>Runs that begin with one weight moved in its last bits; the weights are spread over both layers.</summary>
    private static XorRun[] Moved(ReplaySheet sheet, int units, double learningRate) =>
        [.. Enumerable.Range(0, Runs).Select(i => TraskNetwork.TrainXor(sheet, units, learningRate, Steps, moved: i * 4 * units / Runs))];
}
