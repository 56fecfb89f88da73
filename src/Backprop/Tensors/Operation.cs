using System.Numerics;
using Backprop.Kernels;

namespace Backprop.Tensors;

/// <summary>One step of a tape: what it computes, what flows back, and the formula of both, side by side.</summary>
/// <remarks>
/// An operation of your own derives from this class, says <see cref="InferShape"/>, <see cref="Forward"/>, <see cref="Backward"/>,
/// <see cref="Terms"/> and its formulas, and runs by <see cref="Apply"/>. It is gradient-checked, replayed and explained like every other.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public abstract partial class Operation<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Tensor<T>[] inputs;
    private Tensor<T>? output;
    private string? name;

    /// <summary>Makes an operation on tensors.</summary>
    protected Operation(params ReadOnlySpan<Tensor<T>> inputs)
    {
        foreach (var input in inputs) ArgumentNullException.ThrowIfNull(input, nameof(inputs));
        this.inputs = inputs.ToArray();
        wants = new bool[inputs.Length];
        adds = new bool[inputs.Length];
        clears = new bool[inputs.Length];
    }

    /// <summary>The tensors that the operation reads.</summary>
    public IReadOnlyList<Tensor<T>> Inputs => inputs;

    /// <summary>The whole numbers that the operation reads (classes, positions), if any.</summary>
    public virtual Indices? Indices => null;

    /// <summary>What the operation computed.</summary>
    public Tensor<T> Output => output ?? throw new InvalidOperationException($"{Name} has not run: call Apply().");

    /// <summary>The name of the operation, as the field calls it.</summary>
    public virtual string Name => name ??= NameOfClass();

    /// <summary>The forward formula. {0}, {1}, … stand for the inputs: <c>{0}·{1}</c>.</summary>
    public abstract string Formula { get; }

    /// <summary>The formula of what flows back to one input. {0}, {1}, … stand for the inputs, {y} for the output,
    /// {dy} for its gradient: <c>{dy}·{1}ᵀ</c>.</summary>
    public abstract string GradientFormula(int input);

    /// <summary>What forward remembers for backward, by name.</summary>
    public IReadOnlyList<Kept<T>> Kept => kept;

    /// <summary>The products whose sum is this operation's contribution to one entry of one input's gradient.</summary>
    /// <param name="input">The input, counted from 0.</param>
    /// <param name="index">The entry, in row-major order.</param>
    public abstract IEnumerable<Term<T>> Terms(int input, int index);

    /// <summary>The forward formula of one output entry with the numbers put in: <c>tanh(0.162435)</c>.</summary>
    /// <param name="index">The entry, in row-major order.</param>
    /// <param name="number">How a number is written.</param>
    public abstract string WithNumbers(int index, Func<T, string> number);

    /// <summary>The formula of what flows back to one entry of one input, with the numbers put in and {dy} left for the gradient of the output; null where
    /// that is the sum of the <see cref="Terms"/>, written as products.</summary>
    /// <param name="input">The input, counted from 0.</param>
    /// <param name="index">The entry, in row-major order.</param>
    /// <param name="number">How a number is written.</param>
    internal virtual string? GradientWithNumbers(int input, int index, Func<T, string> number) => null;

    /// <summary>The same computation out of simpler operations, for the reader of a fused one; null where it is simple itself.</summary>
    /// <param name="inputs">Stand-ins for the inputs, of the same shapes.</param>
    public virtual Tensor<T>? Unfold(IReadOnlyList<Tensor<T>> inputs) => null;

    /// <summary>The shape of the output.</summary>
    /// <exception cref="ShapeException">The inputs do not fit; the message says what came, what is needed and what to try.</exception>
    protected abstract Shape InferShape();

    /// <summary>Reserves what forward remembers for backward, by <see cref="Keep"/> and <see cref="KeepIndices"/>, and working memory,
    /// by <see cref="Reserve"/>.</summary>
    protected virtual void Prepare()
    {
    }

    /// <summary>Checks values that must be in range (classes, positions) before anything is written.</summary>
    protected internal virtual void Validate()
    {
    }

    /// <summary>Computes <see cref="Result"/> from the inputs. Pure: twice gives the same bits.</summary>
    protected abstract void Forward();

    /// <summary>Contributes to <see cref="GradientOf"/> each input that <see cref="Wants"/> one, in the order of the inputs;
    /// where <see cref="Accumulate"/> says so it adds, else it writes every entry.</summary>
    protected abstract void Backward();

    /// <summary>What a training step changes on the side, once, after the backward pass.</summary>
    protected internal virtual void Commit()
    {
    }

    /// <summary>Whether <see cref="Backward"/> reaches every entry of an input's gradient. One that does not finds it cleared, and adds.</summary>
    protected virtual bool ReachesAll(int input) => true;

    /// <summary>The multiply-adds of one forward run; 0 for what is not a product.</summary>
    public virtual long MultiplyAdds => 0;

    /// <summary>Whether the gradient of the output flows to the inputs at all.</summary>
    protected virtual bool PassesGradient => true;

    /// <summary>The output's values, to be written by <see cref="Forward"/>.</summary>
    protected Span<T> Result => Output.Writable;

    /// <summary>The gradient of the loss with respect to the output.</summary>
    protected ReadOnlySpan<T> OutputGradient => Output.WritableGradient;

    /// <summary>The gradient of the loss with respect to an input, to be written by <see cref="Backward"/>.</summary>
    protected Span<T> GradientOf(int input) => inputs[input].WritableGradient;

    /// <summary>Whether a gradient is wanted for an input; one that is not is skipped.</summary>
    protected bool Wants(int input) => wants[input];

    /// <summary>Whether the contribution to an input's gradient adds to what is there; the first contribution writes.</summary>
    protected bool Accumulate(int input) => adds[input];

    /// <summary>Whether the tape trains; false for inference and where nothing is recorded.</summary>
    protected bool Training => Tape?.Training ?? false;

    /// <summary>How many threads the kernels may use: those of the tape.</summary>
    private protected Work Work => new(Tape?.Threads ?? 1);

    /// <summary>Reserves a tensor that forward remembers.</summary>
    protected Tensor<T> Keep(string name, Shape shape)
    {
        var tensor = NewTensor(shape, Tape);
        kept.Add(new Kept<T>(name, tensor, null));
        return tensor;
    }

    /// <summary>Reserves whole numbers that forward remembers.</summary>
    protected Indices KeepIndices(string name, Shape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var indices = new Indices(shape, new int[shape.Elements]);
        kept.Add(new Kept<T>(name, null, indices));
        return indices;
    }

    /// <summary>Reserves working memory for <see cref="Forward"/> and <see cref="Backward"/>, so that a replay allocates none; nothing in it is
    /// remembered from one to the other.</summary>
    protected Memory<T> Reserve(int length)
    {
        if (Tape is null) return new T[length];
        var (buffer, offset) = Tape.Arena.Take(length);
        return new Memory<T>(buffer, offset, length);
    }

    /// <summary>The values of a kept tensor, to be written by <see cref="Forward"/>.</summary>
    protected static Span<T> Write(Tensor<T> keptTensor)
    {
        ArgumentNullException.ThrowIfNull(keptTensor);
        return keptTensor.Writable;
    }

    /// <summary>Kept whole numbers, to be written by <see cref="Forward"/>.</summary>
    protected static Span<int> Write(Indices keptIndices)
    {
        ArgumentNullException.ThrowIfNull(keptIndices);
        return keptIndices.Writable;
    }

    /// <summary>Joins the products of one sum for <see cref="WithNumbers"/>: all of a small sum, up to those of a 3×3 kernel; of a larger
    /// one the first few, then how many more there are.</summary>
    protected static string Sum(int count, Func<int, string> product)
    {
        const int Small = 9, First = 4;
        ArgumentNullException.ThrowIfNull(product);
        int shown = count <= Small ? count : First;
        string products = string.Join(" + ", Enumerable.Range(0, shown).Select(product));
        return shown < count ? $"{products} + … ({count - shown} more)" : products;
    }

    private string NameOfClass()
    {
        string name = GetType().Name.Split('`')[0];
        return name.EndsWith("Op", StringComparison.Ordinal) ? name[..^2] : name;
    }
}
