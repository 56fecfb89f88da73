using System.Numerics;

namespace Backprop.Tensors
{
    /// <summary>The record of one run: every operation that read a watched value, in the order in which it happened.</summary>
    /// <remarks>
    /// <para>A tape is <i>open</i> from <see cref="Record(ParameterList{T}, ReadOnlySpan{IInput})"/> until Backward, Replay or Dispose, and
    /// then <i>sealed</i>: its parameters are free for other recordings, while it can still be read and replayed.</para>
    /// <para>Only the thread that opened it may record. Parameters own their values and gradients; the tape owns everything else
    /// and takes it along when it is disposed. A tape that is never disposed leaks nothing.</para>
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    public sealed partial class Tape<T> : IDisposable where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly List<Operation<T>> steps = [];
        private readonly List<Tensor<T>> constants = [];
        private readonly Stack<string> layers = [];
        private readonly IInput[] inputs;
        private readonly bool[] trainable;
        private readonly int thread = Environment.CurrentManagedThreadId;
        private Arena<T>? arena;

        private Tape(ParameterList<T> parameters, bool training, IInput[] inputs)
        {
            Parameters = parameters;
            this.inputs = inputs;
            Training = training;
            trainable = [.. parameters.Select(parameter => parameter.Trainable)];
            Watch();
            arena = parameters.RentArena();
        }

        /// <summary>A dry tape: its operations infer shapes and compute nothing.</summary>
        private Tape(Tensor<T> input)
        {
            Parameters = [];
            inputs = [input];
            trainable = [];
            ShapesOnly = true;
            input.Tape = this;
            arena = new Arena<T>();
        }

        /// <summary>The parameters that the tape watches.</summary>
        public ParameterList<T> Parameters { get; }

        /// <summary>The inputs that the tape watches, in the order in which they were given.</summary>
        public IReadOnlyList<IInput> Inputs => inputs;

        /// <summary>Whether layers behave as in training (dropout drops) or as in inference.</summary>
        public bool Training { get; }

        /// <summary>The threads that the steps may use, 1 or more; 1 if nothing else is said. It may be changed at any time.</summary>
        /// <remarks>The results are the same to the last bit for every number of threads. Small steps use one thread whatever is said here, and more
        /// than 64 are taken for 64. The number of cores is a good choice for large networks.</remarks>
        /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
        public int Threads
        {
            get;
            set => field = value >= 1 ? value
                : throw new ArgumentOutOfRangeException(nameof(value), $"Threads: {value} came; it is 1 or more, the number of cores suits large networks.");
        } = 1;

        /// <summary>Whether the tape still records.</summary>
        public bool IsOpen { get; private set; } = true;

        /// <summary>What happened, in order.</summary>
        public IReadOnlyList<Operation<T>> Steps => arena is not null ? steps : throw Gone();

        /// <summary>The tensors that steps read but the tape does not watch: they stay as they are in a replay.</summary>
        public IReadOnlyList<Tensor<T>> Constants => constants;

        /// <summary>Whether this is a dry run that only infers shapes.</summary>
        internal bool ShapesOnly { get; }

        internal Arena<T> Arena => arena ?? throw Gone();

        /// <summary>Opens a tape for training.</summary>
        /// <param name="parameters">What gradients are wanted for.</param>
        /// <param name="inputs">What a replay may replace: the data and the targets.</param>
        /// <exception cref="InvalidOperationException">A parameter or an input is on another open tape.</exception>
        public static Tape<T> Record(ParameterList<T> parameters, params ReadOnlySpan<IInput> inputs) => Record(parameters, true, inputs);

        /// <summary>Opens a tape.</summary>
        /// <param name="parameters">What gradients are wanted for.</param>
        /// <param name="training">Whether layers behave as in training or as in inference.</param>
        /// <param name="inputs">What a replay may replace: the data and the targets.</param>
        /// <exception cref="InvalidOperationException">A parameter or an input is on another open tape.</exception>
        public static Tape<T> Record(ParameterList<T> parameters, bool training, params ReadOnlySpan<IInput> inputs)
        {
            ArgumentNullException.ThrowIfNull(parameters);
            foreach (var input in inputs) ArgumentNullException.ThrowIfNull(input, nameof(inputs));
            return new Tape<T>(parameters, training, inputs.ToArray());
        }

        /// <summary>Opens a dry tape over an input of a shape: what follows infers shapes, and multiplies nothing.</summary>
        internal static (Tape<T> Tape, Tensor<T> Input) Trace(Shape shape)
        {
            var input = new PlainTensor<T>(shape, null, 0, "input");
            return (new Tape<T>(input), input);
        }

        /// <summary>The name of a tensor: the path of a parameter, or the name that it was given.</summary>
        public string NameOf(Tensor<T> tensor) => Parameters.NameOf(tensor);

        /// <summary>The first step whose output has a NaN or an infinity, if any.</summary>
        public Operation<T>? FindNonFinite()
        {
            foreach (var step in Steps)
                foreach (T value in step.Output.Values)
                    if (!T.IsFinite(value)) return step;
            return null;
        }

        /// <summary>Gives the memory back. Values of the tape can then no longer be read; the parameters keep values and gradients.</summary>
        public void Dispose()
        {
            if (arena is null) return;
            Seal();
            foreach (var step in steps) step.Release();
            Parameters.ReturnArena(arena);
            arena = null;
        }

        private static ObjectDisposedException Gone() => new(
            null, "This tape is disposed, and its steps went with it. Read or replay it before the end of its using block.");
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <summary>Opens a tape for training: what follows is written down, until Backward.</summary>
        /// <inheritdoc cref="Tensors.Tape{T}.Record(Tensors.ParameterList{T}, ReadOnlySpan{Tensors.IInput})"/>
        public static Tensors.Tape<T> Record(Tensors.ParameterList<T> parameters, params ReadOnlySpan<Tensors.IInput> inputs) =>
            Tensors.Tape<T>.Record(parameters, inputs);

        /// <summary>Opens a tape for training or inference: what follows is written down, until Backward.</summary>
        /// <inheritdoc cref="Tensors.Tape{T}.Record(Tensors.ParameterList{T}, bool, ReadOnlySpan{Tensors.IInput})"/>
        public static Tensors.Tape<T> Record(Tensors.ParameterList<T> parameters, bool training, params ReadOnlySpan<Tensors.IInput> inputs) =>
            Tensors.Tape<T>.Record(parameters, training, inputs);
    }
}
