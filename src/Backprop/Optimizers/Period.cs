namespace Backprop.Optimizers;

/// <summary>What a schedule counts.</summary>
public enum Period
{
    /// <summary>Steps: each update counts.</summary>
    Step,

    /// <summary>Epochs: each pass over the data counts.</summary>
    Epoch,
}
