using System.Numerics;
using Backprop.Layers;
using Backprop.Tensors;

namespace Backprop.Saving;

/// <summary>The numbers of the layers of a network file: read where they are given, else drawn in the order of the file.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class LayerNumbers<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly List<(JsonFields Fields, Layer<T> Layer, Initializer<T>? Initializer, HashSet<Parameter<T>> Given)> layers = [];

    private readonly HashSet<string> named = [];

    /// <summary>The textbook's names of the entries of parameters that have some.</summary>
    public Dictionary<Parameter<T>, string[]> Labels { get; } = [];

    /// <summary>Reads the numbers that stand beside the settings of a layer.</summary>
    public void Read(JsonFields fields, Layer<T> layer)
    {
        var own = layer.OwnParameters().ToArray();
        var given = new HashSet<Parameter<T>>();
        foreach (var (path, parameter) in own)
        {
            if (fields.IsList(path) || (parameter.Shape.Rank == 0 && fields.Has(path)))
            {
                parameter.LendValues([.. Fitting(fields, path, parameter.Shape, fields.Nested(path)).Select(T.CreateTruncating)], 0);
                given.Add(parameter);
            }
            else if (path != "bias" && fields.Has(path)) throw fields.Wrong(path, $"a list of numbers {parameter.Shape}");
        }
        bool drawn = own.Any(entry => Kind(entry.Path) is "weight" or "inputWeight" or "recurrentWeight");
        var initializer = drawn && fields.Has("init") ? InitializerTypes.Build<T>(fields.Object("init")) : null;
        ReadTraining(fields, own);
        ReadLabels(fields, own);
        layers.Add((fields, layer, initializer, given));
    }

    /// <summary>Draws what was not given, in the order of the file.</summary>
    public void Draw(Random random)
    {
        for (int i = 0; i < layers.Count; i++)
        {
            var (fields, layer, initializer, given) = layers[i];
            bool beforeRelu = i + 1 < layers.Count && layers[i + 1].Layer is Relu<T> or LeakyRelu<T> or PRelu<T>;
            try
            {
                foreach (var (path, parameter) in layer.OwnParameters())
                    if (!given.Contains(parameter)) parameter.LendValues(Drawn(layer, Kind(path), parameter.Shape, initializer, beforeRelu, random), 0);
            }
            catch (ArgumentException error)
            {
                throw fields.Error(ArgumentText.Of(error), error);
            }
        }
    }

    private static T[] Drawn(Layer<T> layer, string kind, Shape shape, Initializer<T>? initializer, bool beforeRelu, Random random)
    {
        var values = new T[shape.Elements];
        switch (kind)
        {
            case "weight" or "inputWeight" or "recurrentWeight":
                initializer ??= kind == "recurrentWeight" ? Nn<T>.Orthogonal() : layer is Embedding<T> ? Nn<T>.Normal()
                    : beforeRelu ? Nn<T>.HeUniform() : Nn<T>.GlorotUniform();
                var (inputs, outputs) = Fans(layer, shape);
                return initializer.Parameter(kind, shape, inputs, outputs, random).Values.ToArray();
            case "bias" when layer is Lstm<T> lstm:
                values.AsSpan(lstm.Units, lstm.Units).Fill(T.One);
                break;
            case "scale" or "runningVariance":
                values.AsSpan().Fill(T.One);
                break;
            case "slope":
                values.AsSpan().Fill(T.CreateTruncating(0.25));
                break;
        }
        return values;
    }

    /// <summary>How many numbers each output sums up, and how many outputs each input goes to; kernels count their places.</summary>
    private static (int Inputs, int Outputs) Fans(Layer<T> layer, Shape shape)
    {
        if (shape.Rank == 2) return (shape[0], shape[1]);
        int places = shape.Product(2, shape.Rank);
        int groups = layer switch { Conv2d<T> conv => conv.Groups, Conv1d<T> conv => conv.Groups, ConvTranspose2d<T> conv => conv.Groups, _ => 1 };
        return layer is ConvTranspose2d<T> ? (shape[0] / groups * places, shape[1] * places) : (shape[1] * places, shape[0] / groups * places);
    }

    private static void ReadTraining(JsonFields fields, (string Path, Parameter<T> Parameter)[] own)
    {
        var biases = own.Where(entry => Kind(entry.Path) is "bias" or "recurrentBias").ToArray();
        if (biases.Length == 0 || fields.Flag("trainBias", true)) return;
        foreach (var (_, bias) in biases) bias.Trainable = false;
    }

    /// <summary>Names in the shape of the weight; or an object with names for several parameters.</summary>
    private void ReadLabels(JsonFields fields, (string Path, Parameter<T> Parameter)[] own)
    {
        if (own.Length == 0 || !fields.Has("labels")) return;
        bool several = fields.IsObject("labels");
        var labels = several ? fields.Object("labels") : fields;
        foreach (var (path, parameter) in own)
        {
            string field = several ? path : "labels";
            if (several ? labels.Has(path) : path == "weight")
                Labels[parameter] = Own(labels, field, Fitting(labels, field, parameter.Shape, labels.NestedTexts(field)));
        }
        if (several) labels.Finish();
        else if (!own.Any(entry => entry.Path == "weight"))
            throw fields.Wrong("labels", $"this layer has {string.Join(", ", own.Select(entry => entry.Path))}: an object with names for some of them");
    }

    /// <summary>Names of which none stands for two entries; an empty one stands for none.</summary>
    private string[] Own(JsonFields fields, string field, string[] names) =>
        names.FirstOrDefault(name => name.Length > 0 && !named.Add(name)) is not { } twice ? names
            : throw fields.ErrorAt(field, $"has '{twice}', which is the name of another entry already; every entry needs its own");

    private static TItem[] Fitting<TItem>(JsonFields fields, string name, Shape needed, (Shape Shape, TItem[] Values) found) => found.Shape == needed
        ? found.Values : throw fields.ErrorAt(name, $"is {found.Shape}, {needed} is needed");

    /// <summary>The last part of a path: the second layer of a stack has <c>layer2.bias</c>.</summary>
    private static string Kind(string path) => path[(path.LastIndexOf('.') + 1)..];
}
