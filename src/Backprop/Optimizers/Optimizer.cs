using System.Globalization;
using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Optimizers;

/// <summary>Changes parameters by their gradients. It knows no layer and no tape.</summary>
/// <typeparam name="T">float or double.</typeparam>
public abstract class Optimizer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private T learningRate;

    /// <summary>Makes an optimizer of parameters.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The learning rate is not a finite number above 0.</exception>
    protected Optimizer(ParameterList<T> parameters, double learningRate)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Parameters = parameters;
        LearningRate = T.CreateChecked(learningRate);
    }

    /// <summary>What the optimizer changes.</summary>
    public ParameterList<T> Parameters { get; }

    /// <summary>η, per step, above 0. May be changed between steps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not a finite number above 0.</exception>
    public T LearningRate
    {
        get => learningRate;
        set => learningRate = T.IsFinite(value) && value > T.Zero ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value), $"The learning rate {value.ToString(null, CultureInfo.InvariantCulture)} came; it is a finite number above 0, 0.001 to 0.1 suits most networks.");
    }

    /// <summary>The number of steps taken.</summary>
    public long Steps { get; private protected set; }

    /// <summary>What kind of optimizer it is, as network files say it: <c>sgd</c>, <c>adam</c>.</summary>
    public abstract string Type { get; }

    /// <summary>The update as a formula: <c>w ← w − η·g</c>.</summary>
    public abstract string Formula { get; }

    /// <summary>The settings that make an equal optimizer, as network files say them, without the learning rate.</summary>
    public virtual IReadOnlyList<(string Key, object Value)> Settings => [];

    /// <summary>Changes every trainable parameter that the last backward pass reached; a parameter without a gradient is left alone.</summary>
    public void Step()
    {
        Steps++;
        BeginStep();
        for (int i = 0; i < Parameters.Count; i++)
        {
            var parameter = Parameters[i];
            if (parameter.Trainable && parameter.HasGradient) Update(i, parameter.ForUpdate(), parameter.Gradient);
        }
    }

    /// <summary>The update formula of one entry with the numbers put in, for the step that comes next or has just been taken.</summary>
    /// <param name="parameter">The position of the parameter in <see cref="Parameters"/>.</param>
    /// <param name="index">The entry, in row-major order.</param>
    /// <param name="before">The value before the update.</param>
    /// <param name="number">How a number is written.</param>
    public abstract string WithNumbers(int parameter, int index, T before, Func<T, string> number);

    /// <summary>The optimizer's memory, by name: <c>velocity</c>, <c>mean</c>; one array per parameter, empty until its first step.</summary>
    public virtual IReadOnlyList<(string Name, IReadOnlyList<T[]> Values)> State => [];

    /// <summary>Restores the number of steps, after <see cref="State"/> has been filled.</summary>
    public virtual void Resume(long steps)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        Steps = steps;
    }

    /// <summary>What is done once per step, before the first update.</summary>
    protected virtual void BeginStep()
    {
    }

    /// <summary>Changes one parameter.</summary>
    /// <param name="parameter">Its position in <see cref="Parameters"/>.</param>
    /// <param name="values">Its values.</param>
    /// <param name="gradient">The gradient of the loss with respect to them.</param>
    protected abstract void Update(int parameter, Span<T> values, ReadOnlySpan<T> gradient);
}
