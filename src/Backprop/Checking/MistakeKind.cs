namespace Backprop.Checking;

/// <summary>The mistakes that are made with gradients, as the doctor names them.</summary>
public enum MistakeKind
{
    /// <summary>A contribution is subtracted where it belongs added: δ of the other sign, ascent for descent.</summary>
    SignFlipped,

    /// <summary>A contribution is a constant times the right one: 2, ½, 1/N, a learning rate.</summary>
    WrongFactor,

    /// <summary>The loss is a mean, the gradient that of the sum.</summary>
    SumForMean,

    /// <summary>The loss is a sum, the gradient that of the mean.</summary>
    MeanForSum,

    /// <summary>The entries of a gradient stand in the places of its transpose.</summary>
    Transposed,

    /// <summary>What flows back goes through W where it belongs through Wᵀ.</summary>
    WeightNotTransposed,

    /// <summary>A kernel is turned by 180° on one way and not on the other.</summary>
    KernelTurned,

    /// <summary>One product of each sum is left out: a loop that ends too early or begins too late.</summary>
    TermMissing,

    /// <summary>One product of each sum is counted twice.</summary>
    TermDoubled,

    /// <summary>One product of each sum stands for all of them: a bias gradient that is not summed over the batch.</summary>
    OneTermOnly,

    /// <summary><c>=</c> stands where <c>+=</c> belongs: only the contribution that came last is left.</summary>
    Overwritten,

    /// <summary><c>+=</c> stands where the first contribution belongs written: what was there before stays in the sum.</summary>
    NotCleared,

    /// <summary>Some entries of a gradient are never written.</summary>
    EntriesNotWritten,

    /// <summary>A gradient does not flow on along one of its paths.</summary>
    PathCut,

    /// <summary>The gradient of a shared weight counts the last time step only.</summary>
    LastTimeStepOnly,

    /// <summary>The state of time step t stands where that of t − 1 belongs.</summary>
    StateOfSameStep,

    /// <summary>The last time step only, and with its own state in the place of the one before: two faults that come together.</summary>
    LastTimeStepWithItsOwnState,

    /// <summary>The derivative of an activation is left out.</summary>
    DerivativeLeftOut,

    /// <summary>The derivative of an activation is taken at the wrong place: at z instead of a = f(z), or the other way round.</summary>
    DerivativeMisplaced,

    /// <summary>The derivative of an activation is multiplied twice.</summary>
    DerivativeTwice,

    /// <summary>Softmax, or sigmoid, is applied to what has gone through it already.</summary>
    SoftmaxTwice,

    /// <summary>The gradient of a pooled window goes to all of its entries.</summary>
    GradientToAll,

    /// <summary>The gradient of a pooled window goes to an entry that did not win.</summary>
    WrongWinner,

    /// <summary>The padding is forgotten on the way back, so that the gradient of the picture is shifted.</summary>
    PaddingForgotten,

    /// <summary>A weight is updated before the layers below have their gradient.</summary>
    UpdatedTooEarly,
}
