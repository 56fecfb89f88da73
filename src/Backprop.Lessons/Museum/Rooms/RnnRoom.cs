using Backprop.Checking;

namespace Backprop.Lessons.Museum.Rooms;

/// <summary>Faults in networks with a memory.</summary>
internal static class RnnRoom
{
    private const int RecurrentWeight = 1;

    public static IReadOnlyList<Exhibit> Exhibits { get; } =
    [
        new(Room.Rnn, "wrong-hidden-state", seed => new Faulty.WrongHiddenState(seed), seed => new Mended.WrongHiddenState(seed))
        {
            Title = "The seed's rnn.py: the loss falls all the same",
            Question = "Two faults stand here, and the loss falls. From which state did h_3 come, and what about the time steps before?",
            Why = "h_3 = tanh(x_3·Wx + h_2·Wh + Bh): it is h_2 that meets Wh, so ∂L/∂Wh has h_2ᵀ·δ. And Wx, Wh and Bh were used at each of the three time steps: " +
                "the gradient has a share of each, which flows back through Wh. The output layer is right and learns, and its loss hides the rest.",
            Seen = "The third program of the repository that this project grew from; \"simplified\" backpropagation through time in many tutorials. The most " +
                "instructive of the three: a falling loss proves nothing.",
            Rate = 0.1,
            Steps = 1000,
            Mistake = MistakeKind.LastTimeStepWithItsOwnState,
            OwnSymptoms =
            [
                new("∂L/∂Wh, mean of 200 seeds: entries of the wrong sign", (exhibit, fault) =>
                    Seeds.Gradients(200, exhibit, fault, claim => claim.WrongSigns(RecurrentWeight)).Average(), IsShare: true),
                new("∂L/∂Wh, mean of 200 seeds: cosine with the right one", (exhibit, fault) =>
                    Seeds.Gradients(200, exhibit, fault, claim => claim.Cosine(RecurrentWeight)).Average()),
                new("prediction after 25 steps: highest of 200 seeds", (exhibit, fault) =>
                    Seeds.After(25, 200, exhibit, fault, network => ((Networks.LayeredNetwork)network).Predict().Value).Max()),
            ],
        },
        new(Room.Rnn, "forget-gate-times-new-cell", _ => new Faulty.ForgetGateTimesNewCell(), _ => new Mended.ForgetGateTimesNewCell())
        {
            Title = "One step in time, in one gate of four",
            Question = "Forward says c.Add(f[t] * c[t] + …). What did the forget gate multiply?",
            Why = "The forget gate scales the cell from before the time step, c[t] here and c_(t−1) in books; so that is what its gradient has. c[t + 1] is the cell that comes out. " +
                "Three gates of four are right, and the forget gate's error travels through Wh to all earlier time steps.",
            Seen = "Books count c_t from 1, arrays from 0, and some loops store the cell before, some after the time step.",
            Rate = 0.3,
            Steps = 1000,
            Mistake = MistakeKind.StateOfSameStep,
        },
        new(Room.Rnn, "cell-path-cut", _ => new Faulty.CellPathCut(), _ => new Mended.CellPathCut())
        {
            Title = "An LSTM without what LSTMs were invented for",
            Question = "Two things flow back from one time step to the one before. Which line lets one of them go?",
            Why = "The cell hands its gradient on to the time step before, scaled by the forget gate alone: dc·f. That path is why an LSTM remembers. Cut, only what goes " +
                "through h is left, and it fades as in a plain RNN.",
            Seen = "LSTM code grown from RNN code, where h is all that flows back; and cells that are detached from the tape between time steps.",
            Rate = 0.3,
            Steps = 1000,
            Mistake = MistakeKind.PathCut,
        },
    ];
}
