using Backprop.Optimizers;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Optimizers;

public class ScheduleTests
{
    [Fact]
    public void Each_is_a_factor_of_the_first_learning_rate()
    {
        Assert.Equal([1, 1, 0.5, 0.5, 0.25], Factors(StepSchedule(2, 0.5), 5));
        Assert.Equal([1, 0.5, 0.25], Factors(ExponentialSchedule(0.5), 3));
        Assert.Equal([1, 0.75, 0.5, 0.5], Factors(CosineSchedule(2, least: 0.5), 4));
        Assert.Equal([0.25, 0.5, 0.75, 1, 1], Factors(WarmUpSchedule(4), 5));
        Assert.Equal([0.5, 1, 1, 0.5, 0], Factors(WarmUpSchedule(2, CosineSchedule(2)), 5));
        Assert.Equal([0.25, 1, 0.53125, 0.0625, 0.0625], [.. Factors(OneCycleSchedule(4, rise: 0.5, start: 4, end: 4), 5).Select(v => Math.Round(v, 15))]);
    }

    [Fact]
    public void Apply_sets_the_rate_whatever_was_set_before()
    {
        var sgd = Sgd([], 0.8);
        var schedule = ExponentialSchedule(0.5);
        schedule.Apply(sgd, 1);
        schedule.Apply(sgd, 1);
        Assert.Equal(0.4, sgd.LearningRate);
        schedule.Apply(sgd, 0);
        Assert.Equal(0.8, sgd.LearningRate);
        Assert.Throws<ArgumentOutOfRangeException>(() => schedule.Apply(sgd, -1));
    }

    [Fact]
    public void A_plateau_waits_then_falls_and_its_state_goes_on()
    {
        var schedule = PlateauSchedule(0.5, patience: 1);
        Hear(schedule, 1, 2, 2);
        Assert.Equal(0.5, schedule.Factor(3));
        Assert.Equal(new PlateauState(0.5, 1, 0), schedule.State);
        Hear(schedule, 2);
        var second = PlateauSchedule(0.5, patience: 1);
        second.State = schedule.State;
        Hear(second, 2);
        Assert.Equal(0.25, second.Factor(5));
    }

    [Fact]
    public void What_a_schedule_has_seen_goes_into_a_checkpoint_and_comes_back()
    {
        Assert.Empty(CosineSchedule(2).Memory);
        var warm = WarmUpSchedule(1, PlateauSchedule(0.5, patience: 1), Period.Epoch);
        Hear(warm, 3, 4, 4, 5);
        Assert.Equal([0.5, 3, 1], warm.Memory);
        var back = WarmUpSchedule(1, PlateauSchedule(0.5, patience: 1), Period.Epoch);
        back.Memory = warm.Memory;
        Hear(back, 6);
        Assert.Equal(0.25, back.Factor(9));
        Assert.Throws<ArgumentException>(() => back.Memory = [1]);
        Assert.Throws<ArgumentException>(() => WarmUpSchedule(1).Memory = [1]);
    }

    [Fact]
    public void A_plateau_watches_the_test_part_where_it_is_told_to()
    {
        var schedule = PlateauSchedule(0.5, patience: 0, watchTest: true);
        schedule.Observe(1, 5);
        schedule.Observe(0.5, 6);
        Assert.Equal(0.5, schedule.Factor(2));
        Assert.Throws<InvalidOperationException>(() => schedule.Observe(1, null));
        var warm = WarmUpSchedule(1, PlateauSchedule(0.5, patience: 0), Period.Epoch);
        warm.Observe(1, null);
        warm.Observe(1, null);
        Assert.Equal(0.5, warm.Factor(2));
    }

    [Fact]
    public void What_they_count_is_said()
    {
        Assert.All(new Schedule[] { StepSchedule(1), ExponentialSchedule(1), PlateauSchedule() }, schedule => Assert.Equal(Period.Epoch, schedule.Per));
        Assert.All(new Schedule[] { CosineSchedule(1), WarmUpSchedule(1), OneCycleSchedule(10) }, schedule => Assert.Equal(Period.Step, schedule.Per));
        Assert.Equal(Period.Step, StepSchedule(1, per: Period.Step).Per);
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        Assert.StartsWith("StepSchedule: length 0 came; it is the number of steps or epochs, 1 or more.", Message(() => StepSchedule(0)), StringComparison.Ordinal);
        Assert.StartsWith("ExponentialSchedule: factor 1.5 came; it is above 0 up to 1, usually 0.95.", Message(() => ExponentialSchedule(1.5)), StringComparison.Ordinal);
        Assert.StartsWith("CosineSchedule: least -1 came; it is 0 to 1, usually 0.", Message(() => CosineSchedule(1, -1)), StringComparison.Ordinal);
        Assert.StartsWith("OneCycleSchedule: start 0 came; it is a finite number from 1 on, usually 25.", Message(() => OneCycleSchedule(10, start: 0)), StringComparison.Ordinal);
        Assert.StartsWith("OneCycleSchedule: a rise of 0.1 of 10 came;", Message(() => OneCycleSchedule(10, rise: 0.1)), StringComparison.Ordinal);
        Assert.StartsWith("PlateauSchedule: patience -1 came; it is a number of epochs, 0 or more, usually 10.", Message(() => PlateauSchedule(patience: -1)), StringComparison.Ordinal);
        Assert.Equal(
            "WarmUpSchedule counts Steps, what follows counts Epochs; give both the same. (Parameter 'then')",
            Assert.Throws<ArgumentException>(() => WarmUpSchedule(3, StepSchedule(1))).Message);

        static string Message(Func<Schedule> make) => Assert.Throws<ArgumentOutOfRangeException>(make).Message;
    }

    private static double[] Factors(Schedule schedule, int count) => [.. Enumerable.Range(0, count).Select(t => schedule.Factor(t))];

    private static void Hear(Schedule schedule, params double[] losses)
    {
        foreach (double loss in losses) schedule.Observe(loss, null);
    }
}
