using Backprop.Kernels;
using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<float>;

namespace Backprop.Tests.Tensors;

public class EpilogueTests
{
    public static TheoryData<int, int, int, int> Products
    {
        get
        {
            var data = new TheoryData<int, int, int, int>();
            (int Rows, int In, int Out)[] sizes = [(1, 2, 4), (0, 3, 2), (3, 2, 0), (200, 0, 100), (64, 30, 1), (300, 70, 520), (20, 64, 4096), (2000, 8, 40), (257, 300, 33)];
            foreach (var (rows, inputs, outputs) in sizes)
                foreach (int threads in (int[])[1, 2, 3, 4, 8]) data.Add(rows, inputs, outputs, threads);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Products))]
    public void A_replayed_product_with_its_activation_has_the_bits_of_the_steps_one_by_one(int rows, int inputs, int outputs, int threads)
    {
        var random = new Random(rows + inputs + outputs);
        var (w, b) = (Parameter([inputs, outputs], Numbers(inputs * outputs, random)), Parameter([outputs], Numbers(outputs, random)));
        Examine([w, b], [rows, inputs], x => x.Linear(w, b), random, threads);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void A_replayed_convolution_with_its_activation_has_the_bits_of_the_steps_one_by_one(int threads)
    {
        var random = new Random(7);
        var (k, b) = (Parameter([16, 3, 3, 3], Numbers(16 * 27, random)), Parameter([16], Numbers(16, random)));
        Examine([k, b], [9, 3, 32, 31], x => x.Conv2d(k, b, padding: 1), random, threads);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void A_replayed_normalisation_with_its_activation_has_the_bits_of_the_steps_one_by_one(int threads)
    {
        var random = new Random(8);
        var (pictures, rows) = (BatchNorm2d(5), BatchNorm1d(5));
        Examine(pictures.Parameters, [6, 5, 81, 31], x => pictures.Forward(x), random, threads);
        Examine(rows.Parameters, [64, 5], x => rows.Forward(x), random, threads);
    }

    [Fact]
    public void A_pin_between_a_product_and_its_activation_is_kept_to()
    {
        var w = Parameter([1, 2], 1, 2);
        var x = Tensor([1, 1], 3);
        using var tape = Record([w], x);
        var z = x.Linear(w);
        var y = z.Relu();
        tape.Replay();
        tape.Replay([new Pin<float>(z, 0, -5)]);
        Assert.Equal([-5, 6], z.Values.ToArray());
        Assert.Equal([0, 6], y.Values.ToArray());
    }

    [Fact]
    public void An_activation_of_something_else_than_the_last_product_runs_by_itself()
    {
        var w = Parameter([1, 2], 1, 2);
        var x = Tensor([1, 1], 3);
        using var tape = Record([w], x);
        var first = x.Linear(w);
        var second = x.Linear(w);
        var y = first.Relu();
        tape.Replay(Tensor([1, 1], 4));
        Assert.Equal([4, 8], y.Values.ToArray());
        Assert.Equal([4, 8], second.Values.ToArray());
    }

    [Fact]
    public void What_follows_a_product_runs_along_with_it_from_the_first_replay_on()
    {
        var (w, x) = (Parameter([1, 2], 1, 2), Tensor([1, 1], 3));
        using var tape = Record([w], x);
        var doubling = new DoublingOp(x.Linear(w));
        var y = doubling.Apply();
        tape.Replay();
        tape.Replay(Tensor([1, 1], 4));
        Assert.Equal([8, 16], y.Values.ToArray());
        Assert.Equal((1, 2), (doubling.Forwards, doubling.Parts));
    }

    private static void Examine(ParameterList<float> parameters, Shape shape, Func<Tensor<float>, Tensor<float>> forward, Random random, int threads)
    {
        var (x, other) = (Tensor(shape, Numbers(shape.Elements, random)), Tensor(shape, Numbers(shape.Elements, random)));
        using var tape = Record(parameters, x);
        var z = forward(x);
        var y = z.Tanh();
        tape.Threads = threads;
        tape.Replay(other);

        using var fresh = Record(parameters, other);
        var expected = forward(other);
        Assert.Equal(expected.Values, z.Values);
        Assert.Equal(expected.Tanh().Values, y.Values);
    }

    private static float[] Numbers(int count, Random random)
    {
        float[] numbers = new float[count];
        for (int i = 0; i < numbers.Length; i++) numbers[i] = (float)(random.NextDouble() * 2 - 1);
        return numbers;
    }

    /// <summary>Doubles its input and counts how it was run.</summary>
    private sealed class DoublingOp(Tensor<float> x) : Operation<float>(x), IEpilogue
    {
        public int Forwards { get; private set; }

        public int Parts { get; private set; }

        internal override IEpilogue AsEpilogue => this;

        public override string Formula => "2·{0}";

        public override string GradientFormula(int input) => "2·{dy}";

        public override IEnumerable<Term<float>> Terms(int input, int index) => [new(Factor.Number("2", 2f), Factor.GradientOf(Output, index))];

        public override string WithNumbers(int index, Func<float, string> number) => $"2·{number(x.Values[index])}";

        public void Finish(int start, int length, Work threads)
        {
            Parts++;
            for (int i = start; i < start + length; i++) Result[i] = 2 * x.Values[i];
        }

        protected override Shape InferShape() => x.Shape;

        protected override void Forward()
        {
            Forwards++;
            for (int i = 0; i < x.Length; i++) Result[i] = 2 * x.Values[i];
        }

        protected override void Backward()
        {
            for (int i = 0; i < x.Length; i++) GradientOf(0)[i] = (Accumulate(0) ? GradientOf(0)[i] : 0) + 2 * OutputGradient[i];
        }
    }
}
