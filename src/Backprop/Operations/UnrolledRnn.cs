using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Operations;

internal static class UnrolledRnnSteps
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>The network of <see cref="RnnOperation"/> out of simple steps, each time step's input and state with its
        /// name.</summary>
        public Tensor<T> UnrolledRnn(
            Tensor<T> initialState, Tensor<T> inputWeight, Tensor<T> recurrentWeight, Tensor<T>? bias, SequenceOptions options, RnnActivation activation)
        {
            var steps = new UnrolledSteps<T>(x, options, initialState, null, inputWeight, recurrentWeight, bias);
            var state = initialState;
            for (int t = 1; t <= steps.Count; t++)
            {
                var before = t == 1 ? state : steps.CutBehind(t - 1, state);
                state = steps.Hold(t, steps.Input(t).RnnStep(before, inputWeight, recurrentWeight, bias, activation).Named($"h_{t}"), before);
                steps.Give(t, state);
            }
            return steps.Output(state);
        }
    }
}
