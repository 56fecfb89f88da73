namespace Backprop.Cli.Train;

/// <summary>The optimizers that the command line knows.</summary>
internal enum OptimizerKind
{
    Adam,
    AdamW,
    Sgd,
    RmsProp,
    Adagrad,
    Adadelta,
}

/// <summary>A number (or a yes, which is 1) that an optimizer is made with.</summary>
/// <param name="Option">The option that gives it.</param>
/// <param name="Key">Its name in network files.</param>
/// <param name="Kinds">The optimizers that have it; all of them if none is named.</param>
internal sealed record OptimizerSetting(string Option, string Key, params OptimizerKind[] Kinds)
{
    public const string Nesterov = "--nesterov";

    public static readonly IReadOnlyList<OptimizerSetting> All =
    [
        new("--momentum", "momentum", OptimizerKind.Sgd, OptimizerKind.RmsProp),
        new(Nesterov, "nesterov", OptimizerKind.Sgd),
        new("--beta1", "beta1", OptimizerKind.Adam, OptimizerKind.AdamW),
        new("--beta2", "beta2", OptimizerKind.Adam, OptimizerKind.AdamW),
        new("--alpha", "alpha", OptimizerKind.RmsProp),
        new("--rho", "rho", OptimizerKind.Adadelta),
        new("--epsilon", "epsilon", OptimizerKind.Adam, OptimizerKind.AdamW, OptimizerKind.RmsProp, OptimizerKind.Adagrad, OptimizerKind.Adadelta),
        new("--weight-decay", "weightDecay"),
        new("--l1", "l1"),
        new("--l2", "l2"),
        new("--clip-norm", "maxGradientNorm"),
        new("--clip-value", "maxGradient"),
    ];

    /// <summary>Whether an optimizer has it.</summary>
    public bool Suits(OptimizerKind kind) => Kinds.Length == 0 || Kinds.Contains(kind);
}
