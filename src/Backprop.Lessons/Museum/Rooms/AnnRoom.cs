using Backprop.Checking;
using Backprop.Operations;
using static Backprop.Nn<double>;

namespace Backprop.Lessons.Museum.Rooms;

/// <summary>Faults in dense networks.</summary>
internal static class AnnRoom
{
    public static IReadOnlyList<Exhibit> Exhibits { get; } =
    [
        new(Room.Ann, "half-gradient", seed => new Faulty.HalfGradient(seed), seed => new Mended.HalfGradient(seed))
        {
            Title = "The seed's ann.py promised 0.98: it never comes",
            Question = "The loss falls, every sign is right, the direction is exactly right. Which line does not belong to the loss that the program prints?",
            Why = "The loss that is printed is the mean of (y − ŷ)², whose derivative by ŷ is 2(ŷ − y). The line is the derivative of half of it: every entry of " +
                "the gradient is exactly half of the right one, and the network learns as if the learning rate were half as large.",
            Seen = "The first program of the repository that this project grew from. Wherever ½Σ(y − ŷ)² and the mean of (y − ŷ)² are mixed: a tuned learning rate hides it.",
            Rate = 0.3,
            Steps = 1000,
            Mistake = MistakeKind.WrongFactor,
            OwnSymptoms =
            [
                new("prediction after 25 steps: lowest of 200 seeds", (exhibit, fault) => Predictions(exhibit, fault).Min()),
                new("prediction after 25 steps: highest of 200 seeds", (exhibit, fault) => Predictions(exhibit, fault).Max()),
            ],
        },
        new(Room.Ann, "derivative-left-out", _ => new Faulty.DerivativeLeftOut(), _ => new Mended.DerivativeLeftOut())
        {
            Title = "It learns a little, and then no more",
            Question = "What flows back into the hidden layer has passed through tanh on its way forward. Which line has forgotten that?",
            Why = "δ is ∂L/∂z, and between a1 and z1 lies tanh: the chain rule wants its slope, 1 − a1². Without it, units that are saturated and can hardly " +
                "change get as much of the gradient as those that can.",
            Seen = "In code that was written for a linear layer and got an activation later. As long as |z| is small the slope is nearly 1, and nothing is noticed.",
            Rate = 1,
            Steps = 1000,
            Mistake = MistakeKind.DerivativeLeftOut,
        },
        new(Room.Ann, "tanh-slope-at-z", _ => new Faulty.TanhSlopeAtZ(), _ => new Mended.TanhSlopeAtZ())
        {
            Title = "Right as long as the weights are small",
            Question = "The derivative of tanh is there. Of which number is it taken?",
            Why = "tanh′ is 1 − tanh²(z): of a = tanh(z) it is 1 − a². Put in z itself, it is 1 − z², which is nearly the same around 0, too small beyond, and " +
                "negative for |z| > 1: there the weights go the wrong way.",
            Seen = "Helper functions like tanh_derivative(x) = 1 − x², which are right for a and wrong for z. Sigmoid's s·(1 − s) has the same trap.",
            Rate = 1,
            Steps = 1000,
            Mistake = MistakeKind.DerivativeMisplaced,
        },
        new(Room.Ann, "transposed-gradient", _ => new Faulty.TransposedGradient(), _ => new Mended.TransposedGradient())
        {
            Title = "A square matrix that no shape check saves",
            Question = "Two inputs, two hidden units: every shape fits. Which product stands the wrong way round?",
            Why = "y = x·W gives ∂L/∂W = xᵀ·δ, with the inputs in the rows. δᵀ·x is its transpose. With any other number of units the shapes would not fit and the " +
                "program would stop; with a square matrix it runs, and the weights from 0 to 1 and from 1 to 0 get each other's gradient.",
            Seen = "Where code for W·x with [units, inputs] is carried over to x·W, and tried on a square layer first. Try layers that are not square.",
            Rate = 1,
            Steps = 1000,
            Mistake = MistakeKind.Transposed,
        },
        new(Room.Ann, "bias-not-summed", _ => new Faulty.BiasNotSummed(), _ => new Mended.BiasNotSummed())
        {
            Title = "Right for one sample, wrong for four",
            Question = "All weights are right and one bias is not. Which line was written when there was only one sample?",
            Why = "The bias is added to every row of the batch, so its gradient is the sum of δ over the rows. The line takes the first row alone, and the other " +
                "samples have no say in the bias.",
            Seen = "Programs that grow from one sample to a batch. Broadcasting makes the forward pass work without a change; the backward pass must undo it by a sum.",
            Rate = 1,
            Steps = 1000,
            Mistake = MistakeKind.OneTermOnly,
        },
        new(Room.Ann, "mean-and-sum", _ => new Faulty.MeanAndSum(), _ => new Mended.MeanAndSum())
        {
            Title = "A learning rate that hangs on the batch size",
            Question = "The loss is a mean over the batch. Of what is this the gradient?",
            Why = "The mean divides by the number of samples, and so must its gradient. The line is the gradient of the sum: here 4 times too long, with 256 samples 256 " +
                "times. The direction is right, so it looks like a learning rate that is too high.",
            Seen = "Losses that report the mean and differentiate the sum; and \"the learning rate does not carry over to another batch size\".",
            Rate = 8,
            Steps = 100,
            Mistake = MistakeKind.SumForMean,
        },
        new(Room.Ann, "equals-for-plus-equals", _ => new Faulty.EqualsForPlusEquals(), _ => new Mended.EqualsForPlusEquals())
        {
            Title = "A value used twice that remembers once",
            Question = "a1 goes on along two paths, the shortcut and the layer. What comes back along each, and what is left of it?",
            Why = "A value that is used twice gets a gradient from each use, and the two add up. With = the second takes the place of the first, and what came back " +
                "along the shortcut is lost. The layers above are right; everything below is wrong.",
            Seen = "The best-known bug of small autograd engines: every a + a, every shared weight, every residual block. A gradient is written first, then added to.",
            Rate = 0.1,
            Steps = 1000,
            Mistake = MistakeKind.Overwritten,
        },
        new(Room.Ann, "softmax-twice", _ => new Faulty.SoftmaxTwice(), _ => new Mended.SoftmaxTwice())
        {
            Title = "A classifier that never gets sure",
            Question = "Each line does what it says, and the tape's gradient is that of what was recorded. What does the loss expect to be given?",
            Why = "Softmax cross-entropy applies softmax itself, and expects the scores before it. Given probabilities, which lie between 0 and 1, it squeezes them " +
                "again: even a perfect answer counts as e / (e + 2) = 58 % for three classes, and the gradient all but vanishes where the network is surely wrong.",
            Seen = "A softmax layer in front of a loss that takes logits: the commonest mistake with the cross-entropy of the large libraries.",
            Rate = 1,
            Steps = 1000,
            Mistake = MistakeKind.SoftmaxTwice,
            OwnSymptoms =
            [
                new("loss as the code itself computes it, after 1,000 steps", (exhibit, fault) => Seeds.After(exhibit.Steps, 1, exhibit, fault, network =>
                {
                    var own = (Networks.ClassNetwork)network;
                    return fault ? SoftmaxCrossEntropy(own.Scores().Softmax(), own.Classes).Value : own.Loss().Value;
                }).Single()),
            ],
        },
    ];

    private static IEnumerable<double> Predictions(Exhibit exhibit, bool fault) => Seeds.After(
        25, 200, exhibit, fault, network => ((Networks.LayeredNetwork)network).Predict().Value);
}
