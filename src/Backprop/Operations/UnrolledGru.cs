using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Operations;

internal static class UnrolledGruSteps
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>The network of <see cref="GruOperation"/> out of simple steps, each with the name of its time step.</summary>
        public Tensor<T> UnrolledGru(
            Tensor<T> initialState, Tensor<T> inputWeight, Tensor<T> recurrentWeight, Tensor<T>? bias, Tensor<T>? recurrentBias, SequenceOptions options)
        {
            var steps = new UnrolledSteps<T>(x, options, initialState, null, inputWeight, recurrentWeight, bias, recurrentBias);
            var state = initialState;
            for (int t = 1; t <= steps.Count; t++)
            {
                var before = t == 1 ? state : steps.CutBehind(t - 1, state);
                state = steps.Hold(t, steps.Input(t).GruStep(before, inputWeight, recurrentWeight, bias, recurrentBias, $"_{t}"), before);
                steps.Give(t, state);
            }
            return steps.Output(state);
        }

        /// <summary>One time step, of x_t and h_{t−1}.</summary>
        /// <param name="state">h_{t−1}.</param>
        /// <param name="inputWeight">W_x.</param>
        /// <param name="recurrentWeight">W_h.</param>
        /// <param name="bias">b.</param>
        /// <param name="recurrentBias">b′.</param>
        /// <param name="at">What the names of the gates end in: <c>_3</c>; without it they have none.</param>
        public Tensor<T> GruStep(
            Tensor<T> state, Tensor<T> inputWeight, Tensor<T> recurrentWeight, Tensor<T>? bias, Tensor<T>? recurrentBias, string at = "")
        {
            var u = Named(x.Linear(inputWeight, bias), "u");
            var v = Named(state.Linear(recurrentWeight, recurrentBias), "v");
            int units = recurrentWeight.Shape[0];
            // The update gate is z: what the gates read is zr, zz and zn.
            var r = Named(Named(u.Slice(1, 0, units).Add(v.Slice(1, 0, units)), "zr").Sigmoid(), "r");
            var z = Named(Named(u.Slice(1, units, units).Add(v.Slice(1, units, units)), "zz").Sigmoid(), "z");
            var n = Named(Named(u.Slice(1, 2 * units, units).Add(r.Multiply(v.Slice(1, 2 * units, units))), "zn").Tanh(), "n");
            return Named(((1 - z) * n).Add(z.Multiply(state)), "h");

            Tensor<T> Named(Tensor<T> tensor, string letter) => at.Length > 0 ? tensor.Named(letter + at) : tensor;
        }
    }
}
