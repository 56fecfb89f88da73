using System.Runtime.CompilerServices;

namespace Backprop.Kernels;

internal static partial class VectorMath
{
    /// <summary>The error function, erf x = 2/√π·∫ e^(−t²) from 0 to x: 1 − e^(−q) with q = −log(1 − erf |x|), a polynomial; then x's sign. erf(−0) = −0.</summary>
    /// <remarks>An error of q counts e^(−q) in the result, and less the larger x is: one polynomial does for all x.</remarks>
    [MethodImpl(Inline)]
    public static V Erf<V>(V x) where V : struct, ILanes<V>
    {
        V magnitude = V.Abs(x);
        V bound = V.All(6, 4); // from here on the nearest number is 1
        magnitude = V.Select(magnitude > bound, bound, magnitude);
        V tail = V.Fma(magnitude, ErfTail(magnitude), V.All(1.533545961316588e-17, -5.8635382771399236e-08));
        V q = V.Fma(magnitude, V.All(1.1283791670955126, 1.128379225730896), magnitude * tail);
        return V.Abs(ExpMinusOne(-q)) | SignOf(x);
    }

    /// <summary>(q − 2/√π·x)/x² for x from 0 to 6 (4).</summary>
    [MethodImpl(Inline)]
    private static V ErfTail<V>(V x) where V : struct, ILanes<V>
    {
        V t;
        if (V.IsDouble)
        {
            t = V.All(-3.642550136203987e-15);
            t = V.Fma(t, x, V.All(1.6366216665110015e-13));
            t = V.Fma(t, x, V.All(-3.407939380387407e-12));
            t = V.Fma(t, x, V.All(4.355626976503164e-11));
            t = V.Fma(t, x, V.All(-3.8066376634068103e-10));
            t = V.Fma(t, x, V.All(2.389242809891117e-09));
            t = V.Fma(t, x, V.All(-1.0909940260227545e-08));
            t = V.Fma(t, x, V.All(3.5089765077101955e-08));
            t = V.Fma(t, x, V.All(-6.72056725292911e-08));
            t = V.Fma(t, x, V.All(-8.293417439922058e-09));
            t = V.Fma(t, x, V.All(5.643031632470003e-07));
            t = V.Fma(t, x, V.All(-2.0278079147555924e-06));
            t = V.Fma(t, x, V.All(3.1218739220451326e-06));
            t = V.Fma(t, x, V.All(3.180064489654021e-06));
            t = V.Fma(t, x, V.All(-2.9583319637557173e-05));
            t = V.Fma(t, x, V.All(6.442483924253878e-05));
            t = V.Fma(t, x, V.All(2.5902602938727344e-05));
            t = V.Fma(t, x, V.All(-0.0005901318187323742));
            t = V.Fma(t, x, V.All(0.0016962075285686098));
            t = V.Fma(t, x, V.All(-0.00020919483162669644));
            t = V.Fma(t, x, V.All(-0.019128446995330037));
            t = V.Fma(t, x, V.All(0.1027726033014424));
            t = V.Fma(t, x, V.All(0.6366197723675876));
        }
        else
        {
            t = V.All(-9.33718456508359e-06);
            t = V.Fma(t, x, V.All(0.00011839707440230995));
            t = V.Fma(t, x, V.All(-0.0006356673547998071));
            t = V.Fma(t, x, V.All(0.001672496902756393));
            t = V.Fma(t, x, V.All(-0.00016623805277049541));
            t = V.Fma(t, x, V.All(-0.01914963871240616));
            t = V.Fma(t, x, V.All(0.10277680307626724));
            t = V.Fma(t, x, V.All(0.636619508266449));
        }
        return t;
    }
}
