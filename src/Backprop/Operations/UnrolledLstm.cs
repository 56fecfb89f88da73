using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Operations;

internal static class UnrolledLstmSteps
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>The network of <see cref="LstmOperation"/> out of simple steps, each with the name of its time step.</summary>
        public Tensor<T> UnrolledLstm(
            LstmState<T> initialState, Tensor<T> inputWeight, Tensor<T> recurrentWeight, Tensor<T>? bias, SequenceOptions options)
        {
            var steps = new UnrolledSteps<T>(x, options, initialState.Hidden, initialState.Cell, inputWeight, recurrentWeight, bias);
            var state = initialState;
            for (int t = 1; t <= steps.Count; t++)
            {
                var before = t == 1 ? state : new(steps.CutBehind(t - 1, state.Hidden), steps.CutBehind(t - 1, state.Cell));
                var next = steps.Input(t).LstmStep(before, inputWeight, recurrentWeight, bias, $"_{t}");
                state = new(steps.Hold(t, next.Hidden, before.Hidden), steps.Hold(t, next.Cell, before.Cell));
                steps.Give(t, state.Hidden, state.Cell);
            }
            return options.State ? steps.Output(state.Hidden, state.Cell) : steps.Output(state.Hidden);
        }

        /// <summary>One time step, of x_t and what stood before.</summary>
        /// <param name="state">h_{t−1} and c_{t−1}.</param>
        /// <param name="inputWeight">W_x.</param>
        /// <param name="recurrentWeight">W_h.</param>
        /// <param name="bias">b.</param>
        /// <param name="at">What the names of the gates end in: <c>_3</c>; without it they have none.</param>
        public LstmState<T> LstmStep(LstmState<T> state, Tensor<T> inputWeight, Tensor<T> recurrentWeight, Tensor<T>? bias, string at = "")
        {
            var z = Named(x.Linear(inputWeight, bias).Add(state.Hidden.MatMul(recurrentWeight)), "z");
            int units = recurrentWeight.Shape[0];
            var i = Named(z.Slice(1, 0, units).Sigmoid(), "i");
            var f = Named(z.Slice(1, units, units).Sigmoid(), "f");
            var g = Named(z.Slice(1, 2 * units, units).Tanh(), "g");
            var o = Named(z.Slice(1, 3 * units, units).Sigmoid(), "o");
            var cell = Named(f.Multiply(state.Cell).Add(i.Multiply(g)), "c");
            return new(Named(o.Multiply(cell.Tanh()), "h"), cell);

            Tensor<T> Named(Tensor<T> tensor, string letter) => at.Length > 0 ? tensor.Named(letter + at) : tensor;
        }
    }
}
