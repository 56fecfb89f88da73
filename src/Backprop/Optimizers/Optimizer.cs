using System.Globalization;
using System.Numerics;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Optimizers;

/// <summary>Changes parameters by their gradients. It knows no layer and no tape.</summary>
/// <remarks>An optimizer of your own derives from this class and says <see cref="Update"/>; what it remembers from step to step it
/// names in the constructor, and then it is saved and restored like ours.</remarks>
/// <typeparam name="T">float or double.</typeparam>
public abstract partial class Optimizer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly string[] memoryNames;
    private readonly T[][][] memory;
    private readonly long[] updates;
    private double learningRate;

    /// <summary>Makes an optimizer of parameters.</summary>
    /// <param name="parameters">What it changes.</param>
    /// <param name="learningRate">η, per step, above 0.</param>
    /// <param name="memoryNames">What it remembers of each parameter, one number per element: <c>velocity</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The learning rate is not a finite number above 0.</exception>
    protected Optimizer(ParameterList<T> parameters, double learningRate, params ReadOnlySpan<string> memoryNames)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Parameters = parameters;
        LearningRate = InitialLearningRate = Setting.AboveZero<T>(GetType().Name.Split('`')[0], nameof(learningRate), learningRate, 0.001);
        updates = new long[parameters.Count];
        this.memoryNames = memoryNames.ToArray();
        memory = [.. this.memoryNames.Select(_ => NoMemory())];
    }

    /// <summary>What the optimizer changes.</summary>
    public ParameterList<T> Parameters { get; }

    /// <summary>The learning rate that the optimizer was made with; a <see cref="Schedule"/> multiplies it.</summary>
    public double InitialLearningRate { get; }

    /// <summary>η, per step, 0 or more. May be changed between steps, by hand or by a <see cref="Schedule"/>; at 0, where some schedules end, the
    /// weights stay.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double LearningRate
    {
        get => learningRate;
        set => learningRate = value >= 0 && T.IsFinite(T.CreateTruncating(value)) ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value), string.Create(CultureInfo.InvariantCulture, $"learningRate {value} came; it is a finite number, 0 or more, and 0.001 to 0.1 suits most networks."));
    }

    /// <summary>The threads that a step may use, 1 or more; 1 if nothing else is said. The weights are the same to the last bit for every number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public int Threads
    {
        get;
        set => field = value >= 1 ? value
            : throw new ArgumentOutOfRangeException(nameof(value), $"Threads: {value} came; it is 1 or more, the number of cores suits large networks.");
    } = 1;

    /// <summary>The number of steps taken.</summary>
    public long Steps { get; private set; }

    /// <summary>What kind of optimizer it is, as network files say it: <c>sgd</c>, <c>adam</c>.</summary>
    public abstract string Type { get; }

    /// <summary>The update as a formula. {w} stands for the parameter, {dw} for its gradient: <c>{w} ← {w} − η·{dw}</c>.</summary>
    public abstract string Formula { get; }

    /// <summary>The settings that make an equal optimizer, as network files say them, without the learning rate; penalties and clipping are said
    /// where there are any.</summary>
    /// <remarks>Each value is a double or a bool.</remarks>
    public IReadOnlyList<(string Key, object Value)> Settings => [.. OwnSettings, .. AdjustmentSettings];

    /// <summary>The settings of this kind of optimizer.</summary>
    protected virtual IReadOnlyList<(string Key, object Value)> OwnSettings => [];

    /// <summary>All that the optimizer remembers, for a checkpoint: reading it takes a copy, setting it goes on from there bit for bit.</summary>
    /// <exception cref="ArgumentException">The state is that of another kind of optimizer, or of other parameters.</exception>
    public OptimizerState<T> State
    {
        get => new(Steps, [.. updates], memoryNames.Zip(memory).ToDictionary(
            pair => pair.First, IReadOnlyList<T[]> (pair) => [.. pair.Second.Select(values => values.ToArray())]));
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            value.Check(this, memoryNames);
            Steps = value.Steps;
            for (int i = 0; i < updates.Length; i++)
            {
                updates[i] = value.Updates[i];
                for (int name = 0; name < memory.Length; name++) memory[name][i] = [.. value.Memory[memoryNames[name]][i]];
                Restore(i, updates[i]);
            }
        }
    }

    /// <summary>Changes every trainable parameter that the last backward pass reached; a parameter without a gradient is left alone,
    /// with all that is remembered of it.</summary>
    public void Step()
    {
        Steps++;
        Measure();
        for (int i = 0; i < updates.Length; i++)
        {
            var parameter = Parameters[i];
            if (!parameter.Trainable || !parameter.HasGradient) continue;
            foreach (var remembered in memory)
                if (remembered[i].Length != parameter.Length) remembered[i] = new T[parameter.Length];
            updates[i]++;
            var values = parameter.ForUpdate();
            Update(i, values, AdjustsItself ? parameter.Gradient : Adjusted(i, values, parameter.Gradient));
        }
    }

    /// <summary>The right-hand side of the update of one entry with the numbers put in: <c>0.0319039 − 0.3·(−0.039829)</c>.</summary>
    /// <param name="parameter">The position of the parameter in <see cref="Parameters"/>; it has a gradient.</param>
    /// <param name="index">The entry, in row-major order.</param>
    /// <param name="before">For the step that has just been taken, the value before it; null for the step that comes next, which begins at the
    /// present value.</param>
    /// <param name="number">How a number is written; a negative one behind an operator gets parentheses if it has none.</param>
    public abstract string WithNumbers(int parameter, int index, T? before, Func<T, string> number);

    /// <summary>What was worked with at the last update of a parameter, in the letters of <see cref="Formula"/>: what is remembered after it, and what
    /// follows from that.</summary>
    /// <param name="parameter">The position of the parameter in <see cref="Parameters"/>.</param>
    public virtual IReadOnlyList<OptimizerQuantity<T>> Quantities(int parameter) =>
        [.. memoryNames.Select((name, i) => new OptimizerQuantity<T>(SymbolOf(name), name, memory[i][parameter].ToArray()))];

    /// <summary>The letter that stands for a memory in <see cref="Formula"/>; its name if nothing else is said.</summary>
    /// <param name="memory">The memory's name in the constructor's list.</param>
    protected virtual string SymbolOf(string memory) => memory;

    /// <summary>Changes one parameter.</summary>
    /// <param name="parameter">Its position in <see cref="Parameters"/>.</param>
    /// <param name="values">Its values.</param>
    /// <param name="gradient">The gradient of the loss with respect to them; penalties and clipping are in it.</param>
    protected abstract void Update(int parameter, Span<T> values, ReadOnlySpan<T> gradient);

    /// <summary>Works out again what follows from the number of updates alone, when <see cref="State"/> has been set.</summary>
    /// <param name="parameter">The position of the parameter.</param>
    /// <param name="updates">How many updates it has had.</param>
    protected virtual void Restore(int parameter, long updates)
    {
    }

    /// <summary>What is remembered of a parameter; zeros at its first update.</summary>
    /// <param name="memory">The position of the memory's name in the constructor's list.</param>
    /// <param name="parameter">The position of the parameter.</param>
    protected Span<T> Memory(int memory, int parameter) => this.memory[memory][parameter];

    /// <summary>One remembered number; 0 before the first update.</summary>
    /// <param name="memory">The position of the memory's name in the constructor's list.</param>
    /// <param name="parameter">The position of the parameter.</param>
    /// <param name="index">The entry, in row-major order.</param>
    protected T Remembered(int memory, int parameter, int index) =>
        this.memory[memory][parameter] is { Length: > 0 } values ? values[index] : T.Zero;

    /// <summary>A number as it stands behind an operator: a negative one in parentheses.</summary>
    protected static string Operand(T value, Func<T, string> number)
    {
        ArgumentNullException.ThrowIfNull(number);
        string text = number(value);
        return text is ['-' or '−', ..] ? $"({text})" : text;
    }

    private protected Work Work => new(Threads);

    private T[][] NoMemory()
    {
        var none = new T[Parameters.Count][];
        none.AsSpan().Fill([]);
        return none;
    }
}
