using Backprop.Checking;

namespace Backprop.Lessons.Museum.Rooms;

/// <summary>Faults around the gradient.</summary>
internal static class TrainingRoom
{
    public static IReadOnlyList<Exhibit> Exhibits { get; } =
    [
        new(Room.Training, "updated-too-early", _ => new Faulty.UpdatedTooEarly(), _ => new Mended.UpdatedTooEarly())
        {
            Title = "Right formulas in the wrong order",
            Question = "Every formula is right, one for one. Which of them reads a number that has changed meanwhile?",
            Why = "δ1 needs the W2 that the forward pass used. Here W2 has had its update already, so the gradient of the first layer belongs to a network that never ran. " +
                "The error grows with the learning rate: with a small one nobody notices.",
            Seen = "Programs that update layer by layer on the way back, to save memory; and optimizers called between two losses of one tape. Backprop's tape " +
                "refuses it: a backward pass on changed values throws.",
            Rate = 8,
            Steps = 100,
            Mistake = MistakeKind.UpdatedTooEarly,
        },
        new(Room.Training, "gradients-not-cleared", _ => new Faulty.GradientsNotCleared(), _ => new Mended.GradientsNotCleared())
        {
            Title = "A step that remembers all steps before it",
            Question = "The first step is right. What is different at the second?",
            Why = "accumulate: true adds the new gradient to the one that is there from the last step. That sums up a large batch from small ones, and is meant for " +
                "that alone: after each update the gradients must begin anew. Here every step goes along the sum of all gradients so far, as a heavy ball " +
                "without friction: it gets off quickly, overshoots and swings.",
            Seen = "The forgotten zero_grad() of PyTorch. A gradient check finds nothing at the first step; that is why the doctor examines the second here.",
            Rate = 0.1,
            Steps = 1000,
            Mistake = MistakeKind.NotCleared,
            ExaminedStep = 2,
        },
        new(Room.Training, "all-weights-zero", _ => new Faulty.AllWeightsZero(), _ => new Mended.AllWeightsZero())
        {
            Title = "The check passes, and nothing moves",
            Question = "The gradient is right to the last digit, and the loss does not move. Which line makes all units equal?",
            Why = "Units that begin equal get equal gradients and stay equal: the layer is one unit, three times. With zeros it is worse: tanh(0) = 0 gives the output weights " +
                "no gradient, and zero output weights give the hidden layer none. Weights must differ to begin with; biases may be zero.",
            Seen = "np.zeros for weights, a constant initialiser. Not a fault of the backward pass, so no gradient check finds it: look at the weights.",
            Rate = 1,
            Steps = 1000,
            OwnSymptoms =
            [
                new("hidden units that differ after training, of 3", (exhibit, fault) => Seeds.After(exhibit.Steps, 1, exhibit, fault, network =>
                    Enumerable.Range(0, 3).Select(unit => (network.Parameters[0][0, unit], network.Parameters[0][1, unit])).Distinct().Count()).Single()),
            ],
        },
    ];
}
