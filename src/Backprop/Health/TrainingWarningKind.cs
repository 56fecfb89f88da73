namespace Backprop.Health;

/// <summary>What can go wrong in training, as far as its numbers tell it.</summary>
/// <remarks>The limits are those of <see cref="HealthLimits"/>; each says there why it lies where it does.</remarks>
public enum TrainingWarningKind
{
    /// <summary>A NaN or an infinity: training has stopped.</summary>
    NotFinite,

    /// <summary>On its way back from the loss the gradient shrinks from layer to layer.</summary>
    /// <remarks>Source: Glorot, Bengio, Understanding the Difficulty of Training Deep Feedforward Neural Networks (2010).</remarks>
    VanishingGradient,

    /// <summary>On its way back from the loss the gradient grows from layer to layer.</summary>
    /// <remarks>Source: as of <see cref="VanishingGradient"/>.</remarks>
    ExplodingGradient,

    /// <summary>The gradient of a recurrent network shrinks from time step to time step.</summary>
    /// <remarks>Source: Bengio, Simard, Frasconi, Learning Long-Term Dependencies with Gradient Descent is Difficult (1994).</remarks>
    VanishingThroughTime,

    /// <summary>The gradient of a recurrent network grows from time step to time step.</summary>
    /// <remarks>Source: Pascanu, Mikolov, Bengio, On the Difficulty of Training Recurrent Neural Networks (2013).</remarks>
    ExplodingThroughTime,

    /// <summary>Rectified units that are 0 for every sample, so that no gradient reaches their weights.</summary>
    /// <remarks>Source: Lu, Shin, Su, Karniadakis, Dying ReLU and Initialization (2019).</remarks>
    DeadUnits,

    /// <summary>Sigmoids or tanhs at the flat ends of their curve, where hardly a gradient passes.</summary>
    /// <remarks>Source: LeCun, Bottou, Orr, Müller, Efficient BackProp (1998), §4.4; Glorot, Bengio (2010).</remarks>
    SaturatedUnits,

    /// <summary>All units of a layer have the same weights, and so they stay.</summary>
    /// <remarks>Source: Rumelhart, Hinton, Williams, Learning Internal Representations by Error Propagation (1986), on breaking symmetry.</remarks>
    EqualUnits,

    /// <summary>The loss has not fallen since training began.</summary>
    LossNotFalling,

    /// <summary>The loss rises.</summary>
    LossRising,

    /// <summary>The loss on the training part falls while that on the other part rises.</summary>
    /// <remarks>Source: Prechelt, Early Stopping – But When? (1998).</remarks>
    Overfitting,

    /// <summary>The network says the same for every sample.</summary>
    ConstantPrediction,

    /// <summary>The inputs are far larger than the weights were drawn for.</summary>
    /// <remarks>Source: LeCun, Bottou, Orr, Müller, Efficient BackProp (1998), §4.3.</remarks>
    LargeInputs,

    /// <summary>The numbers to predict are far larger than what a network gives at first.</summary>
    LargeTargets,
}
