using Backprop.Layers;
using Backprop.Tensors;
using static Backprop.Nn<float>;

namespace Backprop.Compare;

/// <summary>Builds a network layer by layer with weights by formula, uniform within 1/√(fan in), and adds up its cost.</summary>
internal sealed class Network(int batch, bool dropout)
{
    private readonly List<Layer<float>> layers = [];
    private int seed;

    public Cost Cost { get; private set; }

    public Sequential<float> Model => Sequential([.. layers]);

    public Network Linear(int inputs, int outputs)
    {
        Cost += Cost.Linear(batch, inputs, outputs, first: layers.Count == 0);
        return Add(Nn<float>.Linear(Next([inputs, outputs], inputs), Next([outputs], inputs)));
    }

    public Network Conv(int channels, int filters, int kernel, int side, int padding = 0, bool bias = true)
    {
        Cost += Cost.Conv(batch, channels, filters, kernel, side, first: layers.Count == 0);
        int fan = channels * kernel * kernel;
        return Add(Conv2d(Next([filters, channels, kernel, kernel], fan), bias ? Next([filters], fan) : null, padding: padding));
    }

    public Network Rnn(int steps, int inputs, int units)
    {
        Cost += Cost.Recurrent(batch, steps, inputs, units, gates: 1);
        return Add(Nn<float>.Rnn(RnnCell(Next([inputs, units], units), Next([units, units], units), Next([units], units))));
    }

    public Network Lstm(int steps, int inputs, int units)
    {
        Cost += Cost.Recurrent(batch, steps, inputs, units, gates: 4);
        return Add(Nn<float>.Lstm(LstmCell(Next([inputs, 4 * units], units), Next([units, 4 * units], units), Next([4 * units], units))));
    }

    public Network Gru(int steps, int inputs, int units)
    {
        Cost += Cost.Recurrent(batch, steps, inputs, units, gates: 3);
        return Add(Nn<float>.Gru(GruCell(
            Next([inputs, 3 * units], units), Next([units, 3 * units], units), Next([3 * units], units), Next([3 * units], units))));
    }

    public Network MaxPool(int channels, int side)
    {
        Cost += Cost.Pool(batch, channels, side);
        return Add(MaxPool2d(2));
    }

    public Network AveragePool(int channels, int side)
    {
        Cost += Cost.Pool(batch, channels, side);
        return Add(AveragePool2d(2));
    }

    /// <summary>Leaves numbers out at random, unless losses are to be compared: every library draws other masks.</summary>
    public Network Dropout(double rate) => dropout ? Add(Nn<float>.Dropout(rate, seed: 1)) : this;

    /// <summary>A convolution that keeps the size of the plane, batch normalisation, ReLU.</summary>
    public Network Normalised(int channels, int filters, int side)
    {
        Conv(channels, filters, 3, side, padding: 1, bias: false);
        Cost += Cost.BatchNorm(batch, filters, side);
        return Add(BatchNorm2d(filters)).Add(Relu());
    }

    public Network Add(Layer<float> layer)
    {
        layers.Add(layer);
        return this;
    }

    private Tensor<float> Next(Shape shape, int fanIn) => Tensor(shape, Formula.Numbers(++seed, shape.Elements, 1 / Math.Sqrt(fanIn)));
}
