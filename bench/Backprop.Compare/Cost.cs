namespace Backprop.Compare;

/// <summary>What one training step cannot do without: floating-point operations and bytes moved.</summary>
/// <remarks>
/// A product of weights costs 2 operations per multiply-add, and that three times: forward, dW and dx; the first layer has no dx.
/// Nothing else is counted as an operation. Bytes: the batch is copied (read and written); the output of every layer with weights or
/// windows is written and read, and so is its gradient; SGD moves 3 arrays of the parameters, Adam 7.
/// </remarks>
internal readonly record struct Cost(double Operations, double Outputs, double Parameters)
{
    public static Cost operator +(Cost a, Cost b) => new(a.Operations + b.Operations, a.Outputs + b.Outputs, a.Parameters + b.Parameters);

    /// <summary>A fully connected layer.</summary>
    public static Cost Linear(double n, int inputs, int outputs, bool first = false) =>
        new(2 * n * inputs * outputs * (first ? 2 : 3), n * outputs, (inputs + 1) * outputs);

    /// <summary>A convolution with square kernels onto a square plane.</summary>
    public static Cost Conv(double n, int channels, int filters, int kernel, int side, bool first = false) =>
        new(2 * n * filters * side * side * channels * kernel * kernel * (first ? 2 : 3), n * filters * side * side,
            filters * (channels * kernel * kernel + 1));

    /// <summary>Pooling onto square planes.</summary>
    public static Cost Pool(double n, int channels, int side) => new(0, n * channels * side * side, 0);

    /// <summary>Batch normalisation of square planes.</summary>
    public static Cost BatchNorm(double n, int channels, int side) => new(0, n * channels * side * side, 2 * channels);

    /// <summary>A recurrent network that reads data and has so many gates; its first state is zero and costs nothing.</summary>
    public static Cost Recurrent(double n, int steps, int inputs, int units, int gates) =>
        new(gates * (2 * n * steps * inputs * units * 2 + 2 * n * (steps - 1) * units * units * 3), n * steps * units * (gates == 1 ? 1 : gates + 1),
            gates * (inputs + units + 1) * units);

    /// <summary>The bytes that a step moves.</summary>
    public double Bytes(double batchNumbers, bool adam) => 4 * (2 * batchNumbers + 4 * Outputs + (adam ? 7 : 3) * Parameters);
}
