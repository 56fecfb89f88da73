using Backprop.Optimizers;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Golden;

public class GoldenScheduleTests
{
    public static TheoryData<string> Cases => GoldenFile.Names("schedules");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Learning_rates_are_PyTorchs(string name)
    {
        var golden = GoldenFile.Case("schedules", name);
        Schedule schedule = golden.Text("type") switch
        {
            "step" => StepSchedule(golden.Whole("length"), golden.Number("factor")),
            "exponential" => ExponentialSchedule(golden.Number("factor")),
            "cosine" => CosineSchedule(golden.Whole("length"), golden.Number("least")),
            "warm_up" => WarmUpSchedule(golden.Whole("length")),
            "one_cycle" => OneCycleSchedule(golden.Whole("length"), golden.Number("rise"), golden.Number("start"), golden.Number("end")),
            "plateau" => PlateauSchedule(golden.Number("factor"), golden.Whole("patience"), golden.Number("threshold"), golden.Number("least")),
            var other => throw new NotSupportedException($"schedules.json has a case of '{other}', which this test does not know."),
        };
        var optimizer = Sgd([], golden.Number("base"));
        var rates = new double[golden.Outputs["rates"].Values.Length];
        for (int t = 0; t < rates.Length; t++)
        {
            schedule.Apply(optimizer, t);
            rates[t] = optimizer.LearningRate;
            if (golden.Inputs.TryGetValue("losses", out var losses)) schedule.Observe(losses.Values[t], null);
        }
        golden.Matches("rates", Tensor([rates.Length], rates));
    }
}
