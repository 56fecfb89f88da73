namespace Backprop.Exporting;

/// <summary>The functions that programs in NumPy are made of, each written out where a network needs it.</summary>
internal static partial class NumPyFunctions
{
    /// <summary>A function: its name, its text, and which others it calls.</summary>
    public sealed record Function(string Name, string Text, params string[] Needs);

    /// <summary>All of them, each behind those that it calls.</summary>
    public static IReadOnlyList<Function> All { get; } = [.. Activations, .. Normalization, .. Convolution, .. Pooling, .. Recurrence];

    private static Function[] Activations =>
    [
        new("sigmoid", """
            def sigmoid(x):
                return (1 + np.tanh(x / 2)) / 2    # 1 / (1 + exp(-x)), which would overflow
            """),
        new("relu", """
            def relu(x):
                return np.maximum(x, 0)
            """),
        new("elu", """
            def elu(x, alpha):
                return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))
            """),
        new("selu", """
            def selu(x):
                return 1.0507009873554805 * elu(x, 1.6732632423543772)
            """, "elu"),
        new("gelu", """
            def gelu(x):
                return x * (1 + np.vectorize(math.erf, [float])(x / math.sqrt(2))) / 2
            """),
        new("gelu_by_tanh", """
            def gelu_by_tanh(x):
                return x * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3))) / 2
            """),
        new("softmax", """
            def softmax(x):
                e = np.exp(x - x.max(axis=-1, keepdims=True))
                return e / e.sum(axis=-1, keepdims=True)
            """),
    ];

    private static Function[] Normalization =>
    [
        new("batch_norm", """"
            def batch_norm(x, scale, shift, mean, variance, epsilon):
                """The channels of x, its axis 1, by the statistics of training."""
                channels = (-1,) + (1,) * (x.ndim - 2)
                factor = scale / np.sqrt(variance.astype(float) + epsilon)
                return (x - mean.reshape(channels)) * factor.reshape(channels) + shift.reshape(channels)
            """"),
        new("layer_norm", """"
            def layer_norm(x, scale, shift, epsilon):
                """The last axes of x, as many as scale has."""
                axes = tuple(range(x.ndim - scale.ndim, x.ndim))
                away = x - x.mean(axes, keepdims=True)
                return away / np.sqrt((away**2).mean(axes, keepdims=True) + epsilon) * scale + shift
            """"),
    ];
}
