using Backprop.Lessons.Museum.Networks;
using static Backprop.Nn<double>;

namespace Backprop.Lessons.Museum.Faulty;

/// <summary>One training step of a classifier, 2 → 3 classes, on a
/// tape.</summary>
internal sealed class SoftmaxTwice : ClassNetwork
{
    public override void Step(double rate)
    {
        using var tape = Record(Parameters, X, Classes);
        var scores = Softmax().Forward(Model.Forward(X));
        tape.Backward(SoftmaxCrossEntropy(scores, Classes));
        Sgd(Parameters, rate).Step();
    }
}
