using Backprop.Randomness;

namespace Backprop.Lessons.Replays;

/// <summary>The first numbers of NumPy's generator, on which the lessons written in NumPy rest.</summary>
internal sealed class NumPyReplay : ReplayLesson
{
    public override string Name => "numpy";

    public override string Summary => "the first numbers of NumPy's legacy generator";

    public override Publication Publication { get; } = new(
        "The NumPy developers", "Legacy random generation", 2019, "https://numpy.org/doc/stable/reference/random/legacy.html");

    public override string Remark => "The generator is frozen; its first numbers are printed in countless lessons.";

    protected override void Play(ReplaySheet sheet)
    {
        var zero = new NumPyRandom(0);
        sheet.Begin("seed 0, randn");
        sheet.AddAll(
            "z", "1.764052345967664 0.4001572083672233 0.9787379841057392 2.240893199201458 1.8675579901499675", [5],
            [.. Enumerable.Range(0, 5).Select(_ => zero.NextGaussian())]);
        var one = new NumPyRandom(1);
        sheet.Begin("seed 1, random");
        sheet.AddAll(
            "u", "0.417022004702574 0.7203244934421581 0.00011437481734488664", [3],
            [.. Enumerable.Range(0, 3).Select(_ => one.NextDouble())]);
    }
}
