namespace Backprop.Health;

/// <summary>What the batches that were looked at tell of a training's health.</summary>
/// <param name="Epoch">The epoch after which they were judged, counted from 1.</param>
/// <param name="Layers">The layers with weights or with an activation that can die or saturate, in the order of the forward pass.</param>
/// <param name="Recurrent">The recurrent networks.</param>
/// <param name="Movement">By how much of their size the weights moved in this epoch: ‖w after − w before‖ / ‖w before‖.</param>
/// <param name="Skill">What has been learnt, of 1, see <see cref="HealthLimits.StruggleSkill"/>; null where prediction and target cannot be compared.</param>
public sealed record EpochHealth(
    int Epoch, IReadOnlyList<LayerHealth> Layers, IReadOnlyList<RecurrentHealth> Recurrent, double Movement, double? Skill);

/// <summary>How a layer does.</summary>
/// <param name="Layer">Its path.</param>
/// <param name="GradientNorm">The Euclidean norm of the gradient of the loss with respect to its output, over the samples of a batch; null for a layer
/// without weights.</param>
/// <param name="DeadShare">The share of its rectified units that were 0 for every sample; null where there are none, or too few samples yet.</param>
/// <param name="SaturatedShare">The share of its outputs that were saturated; null where they are no sigmoids or tanhs.</param>
public sealed record LayerHealth(string Layer, double? GradientNorm, double? DeadShare, double? SaturatedShare);

/// <summary>What becomes of the gradient in a recurrent network.</summary>
/// <param name="Layer">Its path.</param>
/// <param name="TimeSteps">The time steps that the gradient goes back through; the last one included.</param>
/// <param name="Factors">By what each hop multiplies the norm, the one from the last time step first.</param>
/// <param name="Overall">By what all of them together multiply it.</param>
public sealed record RecurrentHealth(string Layer, int TimeSteps, IReadOnlyList<double> Factors, double Overall);
