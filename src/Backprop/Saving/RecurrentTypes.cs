using System.Numerics;
using Backprop.Layers;
using Backprop.Tensors;

namespace Backprop.Saving;

/// <summary>Recurrent layers from their descriptions.</summary>
internal static class RecurrentTypes
{
    /// <summary>Builds a layer, its parameters not yet filled.</summary>
    /// <param name="type">The type as network files say it: rnn, lstm or gru.</param>
    /// <param name="fields">Its settings.</param>
    /// <param name="name">Its name; may be empty.</param>
    /// <param name="inputs">The numbers that each time step reads.</param>
    public static RecurrentLayer<T> Build<T>(string type, JsonFields fields, string name, int inputs) where T : unmanaged, IFloatingPointIeee754<T>
    {
        const int MostLayers = 1000;
        int units = fields.Size("units"), layers = fields.WholeIfAny("layers") ?? 1;
        if (layers is < 1 or > MostLayers) throw fields.Error($"layers is {layers}, 1 to {MostLayers} can be");
        bool all = fields.Flag("returnSequences", false), bias = fields.HasBias(), unrolled = fields.Flag("unrolled", fields.IsToRead);
        int? truncate = fields.WholeIfAny("truncate");
        return type switch
        {
            "lstm" => new Lstm<T>(Cells((x, h, b) => new LstmCell<T>(x, h, b), 4), all, truncate, unrolled, name),
            "gru" => new Gru<T>(
                Cells((x, h, b) => new GruCell<T>(x, h, b, b is null ? null : Unfilled("recurrentBias", 3 * units)), 3), all, truncate, unrolled, name),
            _ => Rnn(),
        };

        Rnn<T> Rnn()
        {
            string text = fields.Text("activation", "tanh");
            var activation = Rnn<T>.ActivationOf(text) ?? throw fields.Error($"the activation '{text}' is unknown; tanh and relu are known");
            return new(Cells((x, h, b) => new RnnCell<T>(x, h, b, activation), 1), all, truncate, unrolled, name);
        }

        TCell[] Cells<TCell>(Func<Parameter<T>, Parameter<T>, Parameter<T>?, TCell> cell, int gates) =>
        [
            .. Enumerable.Range(0, layers).Select(layer => cell(
                Unfilled("inputWeight", layer == 0 ? inputs : units, gates * units), Unfilled("recurrentWeight", units, gates * units),
                bias ? Unfilled("bias", gates * units) : null)),
        ];

        static Parameter<T> Unfilled(string name, params ReadOnlySpan<int> sizes) => Parameter<T>.Unfilled(new Shape(sizes), name);
    }
}
