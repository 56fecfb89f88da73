using Backprop.Checking;

namespace Backprop.Lessons.Museum.Rooms;

/// <summary>Faults in networks of kernels.</summary>
internal static class CnnRoom
{
    public static IReadOnlyList<Exhibit> Exhibits { get; } =
    [
        new(Room.Cnn, "gradient-ascent", seed => new Faulty.GradientAscent(seed), seed => new Mended.GradientAscent(seed))
        {
            Title = "The seed's cnn.py: a step, and the loss is larger",
            Question = "The update subtracts the gradient, as it should. Of what is it the gradient?",
            Why = "With error = y − ŷ, δ is −∂L/∂z. Both signs are in use: with this one the update must add. Here it subtracts, so each step climbs: gradient ascent.",
            Seen = "The second program of the repository that this project grew from: its formulas take δ from one book and the update from another.",
            Rate = 0.1,
            Steps = 100,
            Mistake = MistakeKind.SignFlipped,
            OwnSymptoms =
            [
                new("first steps that made the loss larger, 1,000 seeds", (exhibit, fault) => Seeds.After(0, 1000, exhibit, fault, network =>
                {
                    double before = network.Loss().Value;
                    network.Step(exhibit.Rate);
                    return network.Loss().Value > before ? 1 : 0;
                }).Average(), IsShare: true),
            ],
        },
        new(Room.Cnn, "kernel-not-turned", _ => new Faulty.KernelNotTurned(), _ => new Mended.KernelNotTurned())
        {
            Title = "Every weight learns for the one opposite",
            Question = "The mathematicians' convolution turns its kernel by 180° before it slides. Where must it be turned back?",
            Why = "X ⋆ δ is the gradient of what slides over the picture, and that is the turned kernel. K itself needs it turned back. Otherwise each weight gets the " +
                "gradient of the weight opposite; only the one in the middle is right.",
            Seen = "Where convolution and cross-correlation are mixed: SciPy's convolve turns the kernel, correlate does not, and libraries for networks call the second by the " +
                "name of the first.",
            Rate = 0.01,
            Steps = 100,
            Mistake = MistakeKind.KernelTurned,
        },
        new(Room.Cnn, "pool-to-all", _ => new Faulty.PoolToAll(), _ => new Mended.PoolToAll())
        {
            Title = "Everyone is paid for what the winner did",
            Question = "Max pooling lets one number of each window through. Who gets the gradient?",
            Why = "Only the largest number of a window reaches the output; the others could change a little without any consequence, so their gradient is 0. " +
                "The line gives the whole gradient to all four.",
            Seen = "Code that was average pooling first (where each gets a quarter), or that undoes the pooling by an upsampling.",
            Rate = 0.01,
            Steps = 100,
            Mistake = MistakeKind.GradientToAll,
        },
        new(Room.Cnn, "pool-to-wrong-winner", _ => new Faulty.PoolToWrongWinner(), _ => new Mended.PoolToWrongWinner())
        {
            Title = "A statement that slipped out of its if",
            Question = "Forward remembers who won each window, and every value is right. Who is remembered?",
            Why = "The position is noted for every number, not only for one that leads: the last number of a window is always taken for its winner. Forward needs only the " +
                "value, so nothing is seen there; the gradient goes to where it has no effect.",
            Seen = "Missing braces, a > that compares the wrong way on one of two passes, or a position within the window that is taken for one in the picture.",
            Rate = 0.01,
            Steps = 100,
            Mistake = MistakeKind.WrongWinner,
        },
        new(Room.Cnn, "padding-forgotten", _ => new Faulty.PaddingForgotten(), _ => new Mended.PaddingForgotten())
        {
            Title = "All that flows back is shifted by one",
            Question = "The pictures have a frame of zeros, one wide. Where does the output at row 0 begin to look?",
            Why = "With padding 1 the output at row 0 looks at the rows −1, 0 and 1. On the way back the same −1 belongs there: without it all that flows back into the " +
                "first layer lands one row too low and one column too far right, and the last ones fall off the picture.",
            Seen = "In backward passes written before the forward pass had padding. Only layers below another convolution are hit, so a test with one layer passes.",
            Rate = 0.01,
            Steps = 100,
            Mistake = MistakeKind.PaddingForgotten,
        },
    ];
}
