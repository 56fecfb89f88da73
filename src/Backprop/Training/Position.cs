namespace Backprop.Training;

/// <summary>How far an epoch is.</summary>
/// <param name="Epoch">The whole epochs before it.</param>
/// <param name="Batches">The batches done in it; 0 where it has not begun.</param>
/// <param name="LossSum">The sum of the losses of their samples.</param>
/// <param name="Order">The state of the random numbers before the order of its samples was drawn; empty where none is drawn.</param>
internal sealed record Position(int Epoch, int Batches, double LossSum, string Order);
