using System.Globalization;
using Backprop.Explaining;
using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests;

/// <summary>The worked examples of <c>docs/derivations</c>, computed again by the library.</summary>
public class DerivationTests
{
    private readonly Dictionary<string, double[]> computed = [];

    [Fact]
    public void Elementwise()
    {
        var x = Parameter([2], 0.5, -1.2);
        using var tape = Record([x]);
        var y = x.Tanh();
        tape.Backward(y, Tensor([2], 2, 3));
        Put("y", y);
        computed["1-y²"] = [.. y.Values.ToArray().Select(v => 1 - v * v)];
        Put("dx", x.Gradient);
        var slope = Parameter([], 0.25);
        Unit("prelu", bent => bent.PRelu(slope));
        Put("da of prelu", slope.Gradient);
        Unit("elu", bent => bent.Elu());
        Unit("gelu", bent => bent.Gelu());
        Unit("silu", bent => bent.Silu());
        Unit("softplus", bent => bent.Softplus());
        Compare("elementwise");

        void Unit(string name, Func<Tensor<double>, Tensor<double>> unit)
        {
            var bent = Parameter([2], 0.5, -1.2);
            using var other = Record([bent, slope]);
            var result = unit(bent);
            other.Backward(result, Tensor([2], 2, 3));
            Put(name, result);
            Put($"dx of {name}", bent.Gradient);
        }
    }

    [Fact]
    public void Linear()
    {
        var (x, y) = (Tensor([1, 2], 0.05, 0.10), Tensor([1, 2], 0.01, 0.99));
        var (w1, w2) = (Parameter([2, 2], 0.15, 0.25, 0.20, 0.30), Parameter([2, 2], 0.40, 0.50, 0.45, 0.55));
        using var tape = Record([w1, w2], x, y);
        var z1 = x.Linear(w1, Filled([2], 0.35));
        var a1 = z1.Sigmoid();
        var z2 = a1.Linear(w2, Filled([2], 0.60));
        var prediction = z2.Sigmoid();
        var loss = HalfSquaredError(prediction, y);
        tape.Backward(loss);
        Put("z1", z1);
        Put("a1", a1);
        Put("z2", z2);
        Put("ŷ", prediction);
        Put("L", loss);
        Put("δ2", z2.Gradient);
        Put("dW2", w2.Gradient);
        Put("da1", a1.Gradient);
        Put("δ1", z1.Gradient);
        Put("dW1", w1.Gradient);
        Sgd([w1, w2], learningRate: 0.5).Step();
        Put("W2+", w2);
        Put("W1+", w1);
        tape.Replay();
        Put("L+", loss);
        Compare("linear");
    }

    [Fact]
    public void Shapes()
    {
        var table = Parameter([3, 2], 1, 2, 3, 4, 5, 6);
        using var tape = Record([table]);
        var y = table.Gather(Indices([3], 2, 0, 2));
        tape.Backward(y, Tensor([3, 2], 1, 10, 2, 20, 3, 30));
        Put("y", y);
        Put("dx", table.Gradient);
        using var other = Record([table]);
        other.Backward(table.Embed(Tensor([3], 2, 0, 2)), Tensor([3, 2], 1, 10, 2, 20, 3, 30));
        Put("dx of embed", table.Gradient);
        var rows = Parameter([2, 2], 0.5, 2, -0.5, 0);
        using var beside = Record([table, rows]);
        var columns = EmbeddedColumns([1], Embedding(table)).Forward(rows);
        beside.Backward(columns, Tensor([2, 3], 7, 1, 10, 8, 2, 20));
        Put("y of columns", columns);
        Put("dx of columns", rows.Gradient);
        Put("dW of columns", table.Gradient);
        Compare("shapes");
    }

    [Fact]
    public void Reductions()
    {
        var x = Parameter([2, 3], 1, 4, 1, 0, -2, 5);
        using (var tape = Record([x]))
        {
            var max = x.Max(1);
            tape.Backward(max, Tensor([2], 10, 20));
            Put("max", max);
            Put("dx of max", x.Gradient);
        }
        using (var tape = Record([x]))
        {
            var mean = x.Mean();
            tape.Backward(mean, Filled([], 12));
            Put("mean", mean);
            Put("dx of mean", x.Gradient);
        }
        Compare("reductions");
    }

    [Fact]
    public void Softmax()
    {
        var z = Parameter([1, 3], 1, 2, 4);
        using var tape = Record([z]);
        var loss = SoftmaxCrossEntropy(z, Indices([1], 1));
        tape.Backward(loss);
        Put("p", Tensor([1, 3], 1, 2, 4).Softmax());
        Put("L", loss);
        Put("dz", z.Gradient);
        using var other = Record([z]);
        var smoothed = SoftmaxCrossEntropy(z, Indices([1], 1), classWeights: Tensor([3], 1, 2, 1), labelSmoothing: 0.3);
        other.Backward(smoothed);
        Put("smoothed", smoothed);
        Put("dz of smoothed", z.Gradient);
        Compare("softmax");
    }

    [Fact]
    public void Losses()
    {
        var target = Tensor([2], 1, 0);
        Loss("mse", "dmse", [0.8, 0.3], prediction => MeanSquaredError(prediction, target));
        Loss("half", "dhalf", [0.8, 0.3], prediction => HalfSquaredError(prediction, target));
        Loss("bce", "dbce", [0.8, 0.3], prediction => BinaryCrossEntropy(prediction, target));
        Loss("bce", "dz", [1.386294361119891, -0.847297860387204], logits => BinaryCrossEntropyWithLogits(logits, target));
        Loss("absolute", "dabsolute", [0.8, 0.3], prediction => MeanAbsoluteError(prediction, target));
        Loss("huber", "dhuber", [0.8, 0.3], prediction => Huber(prediction, target, delta: 0.25));
        Loss("weighted", "dweighted", [1.386294361119891, -0.847297860387204], logits => BinaryCrossEntropyWithLogits(logits, target, Filled([], 3)));
        Loss("kl", "dkl", [Math.Log(0.8), Math.Log(0.2)], logs => KullbackLeibler(logs, Filled([2], 0.5)));
        Loss("hinge", "dhinge", [0.8, -0.3], scores => Hinge(scores, Tensor([2], 1, -1)));
        Loss("classes", "dclasses", [0.8, -0.3, 0.4], scores => MultiClassHinge(scores.Reshape([1, 3]), Indices([1], 0)));
        Compare("losses");

        void Loss(string value, string gradient, double[] values, Func<Tensor<double>, Tensor<double>> function)
        {
            var prediction = Parameter([values.Length], values);
            using var tape = Record([prediction]);
            var loss = function(prediction);
            tape.Backward(loss);
            Put(value, loss);
            Put(gradient, prediction.Gradient);
        }
    }

    [Fact]
    public void Convolution()
    {
        var x = Parameter([1, 1, 3, 3], 1, 2, 0, 0, -1, 3, 2, 1, 1);
        var kernel = Parameter([1, 1, 2, 2], 1, 0, 2, -1);
        var delta = Tensor([1, 1, 2, 2], 1, -1, 0.5, 2);
        using (var tape = Record([x, kernel]))
        {
            var z = x.Conv2d(kernel);
            tape.Backward(z, delta);
            Put("z", z);
            Put("dK", kernel.Gradient);
            Put("dx", x.Gradient);
        }
        using (var tape = Record([x]))
        {
            var max = x.MaxPool2d(2, stride: 1);
            tape.Backward(max, delta);
            Put("max", max);
            Put("dx of max", x.Gradient);
        }
        Gradients("dilated", [Parameter([1, 1, 1, 5], 1, 2, 3, 4, 5), Parameter([1, 1, 1, 2], 1, 10)], p => p[0].Conv2d(p[1], dilation: 3), [1, -1], "z", "dx", "dK");
        Gradients("grouped", [Parameter([1, 2, 1, 2], 1, 2, 3, 4), Parameter([2, 1, 1, 1], 2, 5)], p => p[0].Conv2d(p[1], groups: 2), [1, 1, 1, -1], "z", "dx", "dK");
        Gradients(
            "transposed", [Parameter([1, 1, 1, 2], 2, 3), Parameter([1, 1, 1, 3], 1, 10, 100)],
            p => p[0].ConvTranspose2d(p[1], null, (1, 2), (0, 1), (0, 1)), [1, -1, 0.5, 2], "z", "dx", "dK");
        Gradients("blended", [Parameter([1, 1, 1, 2], 4, 8)], p => p[0].Upsample2d((1, 2), bilinear: true), [1, -1, 0.5, 2], "y", "dx");
        Gradients("repeated", [Parameter([1, 1, 1, 2], 4, 8)], p => p[0].Upsample2d((1, 2)), [1, -1, 0.5, 2], "y", "dx");
        Gradients("cut", [Parameter([1, 1, 3], 1, 2, 6)], p => p[0].AveragePool1d(2, ceilMode: true), [1, 3], "y", "dx");
        Compare("convolution");
    }

    [Fact]
    public void Recurrence()
    {
        var x = Tensor([1, 3, 1], 1, -1, 2);
        foreach (int? truncate in new int?[] { null, 1 })
        {
            var rnn = Rnn(RnnCell(Tensor([1, 1], 0.5), Tensor([1, 1], 0.8), Tensor([1], 0.1)), truncate: truncate);
            using var tape = Record(rnn.Parameters, x);
            tape.Backward(rnn.Forward(x), Filled([1, 1], 1));
            string suffix = truncate is null ? "" : " last step";
            Put("dWx" + suffix, rnn.Parameters["inputWeight"].Gradient);
            Put("dWh" + suffix, rnn.Parameters["recurrentWeight"].Gradient);
            if (truncate is not null) continue;
            var kept = tape.Steps[0].Kept.ToDictionary(entry => entry.Name, entry => entry.Values!);
            Put("h", kept["h"].Values[1..]);
            Put("δ", kept["δ"]);
            Put("db", rnn.Parameters["bias"].Gradient);
        }
        var whole = Rnn(RnnCell(Tensor([1, 1], 0.5), Tensor([1, 1], 0.8), Tensor([1], 0.1)));
        var network = ThroughTime<double>.Of(whole.Parameters, [x], k => whole.Unroll(_ => k).Forward(x)).Networks[0];
        Put("dh", [.. network.States.Select(state => state.Total[0])]);
        Put("dWh by t", [.. network.Weights[1].Shares.Select(share => share.Values[0])]);
        Put("share in dWh", [.. network.Weights[1].Shares.Select(share => share.Share)]);
        Put("factor", [network.Flow.PerTimeStep]);
        Compare("recurrence");
    }

    [Fact]
    public void Gates()
    {
        var x = Tensor([1, 2, 1], 1, 2);
        var lstm = Lstm(LstmCell(Tensor([1, 4], 0.5, 0.4, 0.6, 0.3), Tensor([1, 4], 0.1, -0.2, 0.3, 0.2), Tensor([4], 0, 1, 0, 0)));
        using (var tape = Record(lstm.Parameters, x))
        {
            tape.Backward(lstm.Forward(x), Filled([1, 1], 1));
            foreach (var entry in tape.Steps[0].Kept) Put($"lstm {entry.Name}", entry.Values!);
            foreach (string name in lstm.Parameters.Names) Put($"lstm d {name}", lstm.Parameters[name].Gradient);
        }
        var gru = Gru(GruCell(Tensor([1, 3], 0.5, 0.4, 0.6), Tensor([1, 3], 0.1, -0.2, 0.3), Tensor([3], 0, 0, 0.1), Tensor([3], 0, 0, 0.2)));
        using (var tape = Record(gru.Parameters, x))
        {
            tape.Backward(gru.Forward(x), Filled([1, 1], 1));
            foreach (var entry in tape.Steps[0].Kept) Put($"gru {entry.Name}", entry.Values!);
            foreach (string name in gru.Parameters.Names) Put($"gru d {name}", gru.Parameters[name].Gradient);
        }
        Compare("gates");
    }

    [Fact]
    public void Normalization()
    {
        var x = Parameter([3, 1], 1, 5, 6);
        var layer = BatchNorm2d(Filled([1], 2), Filled([1], 10), Zeros([1]), Filled([1], 1), momentum: 0.1, epsilon: 1.0 / 3);
        using var tape = Record([x, .. layer.Parameters]);
        var y = layer.Forward(x);
        tape.Backward(y, Tensor([3, 1], 1, 0, 3));
        Put("μ", tape.Steps[0].Kept[0].Values!);
        Put("σ²", tape.Steps[0].Kept[1].Values!);
        Put("y", y);
        Put("dx", x.Gradient);
        Put("dγ", layer.Scale.Gradient);
        Put("dβ", layer.Shift.Gradient);
        Put("running mean", layer.RunningMean);
        Put("running variance", layer.RunningVariance);
        Put("inference", layer.Forward(x));
        Gradients(
            "layer", [Parameter([1, 3], 1, 5, 6), Parameter([3], 2, 1, 1), Parameter([3], 0, 0, 10)], p => p[0].LayerNorm(p[1], p[2], 1.0 / 3), [1, 0, 2], "y",
            "dx", "dγ", "dβ");
        Compare("normalization");
    }

    [Fact]
    public void Dropout()
    {
        var x = Parameter([4], 1, 2, 3, 4);
        using var tape = Record([x]);
        var y = x.Dropout(0.5, new(11));
        tape.Backward(y, Tensor([4], 1, -1, 0.5, 3));
        var mask = tape.Steps[0].Kept[0].Values!;
        Put("mask", mask);
        Put("y", y);
        Put("dx", x.Gradient);
        tape.Replay();
        Put("next mask", mask);
        var pictures = Parameter([1, 3, 1, 2], 1, 2, 3, 4, 5, 6);
        using (var other = Record([pictures]))
        {
            var dropped = pictures.Dropout2d(0.5, new(11));
            other.Backward(dropped, Filled([1, 3, 1, 2], 1));
            Put("channel mask", other.Steps[0].Kept[0].Values!);
            Put("channel y", dropped);
            Put("channel dx", pictures.Gradient);
        }
        Compare("dropout");
    }

    [Fact]
    public void Optimizers()
    {
        Steps("sgd", parameters => Sgd(parameters, 0.1));
        Steps("momentum", parameters => Sgd(parameters, 0.1, momentum: 0.9));
        Steps("nesterov", parameters => Sgd(parameters, 0.1, momentum: 0.9, nesterov: true));
        Steps("adagrad", parameters => Adagrad(parameters, 0.1));
        Steps("rmsprop", parameters => RmsProp(parameters, 0.1));
        Steps("adadelta", parameters => Adadelta(parameters, 0.1));
        Steps("adam", parameters => Adam(parameters, 0.1));
        Steps("adamw", parameters => AdamW(parameters, 0.1));
        Steps("l2", parameters => Sgd(parameters, 0.1), sgd => sgd.L2 = 0.1);
        Steps("l1", parameters => Sgd(parameters, 0.1), sgd => sgd.L1 = 0.1);
        Steps("decay", parameters => Sgd(parameters, 0.1), sgd => sgd.WeightDecay = 0.1);
        Steps("norm", parameters => Sgd(parameters, 0.1), sgd => sgd.MaxGradientNorm = 0.25);
        Steps("cosine", parameters => Sgd(parameters, 0.1), schedule: CosineSchedule(2));
        Compare("optimizers");

        void Steps(
            string name, Func<ParameterList<double>, Backprop.Optimizers.Optimizer<double>> make, Action<Backprop.Optimizers.Optimizer<double>>? set = null,
            Backprop.Optimizers.Schedule? schedule = null)
        {
            var w = Parameter([1, 1], 1);
            var optimizer = make([w]);
            set?.Invoke(optimizer);
            computed[name] = [.. new[] { 0.5, -0.25 }.Select(gradient =>
            {
                schedule?.Apply(optimizer, optimizer.Steps);
                using var tape = Record([w]);
                tape.Backward(w.Detach() + w, Tensor([1, 1], gradient));
                optimizer.Step();
                return w.Value;
            })];
        }
    }

    [Fact]
    public void Every_page_is_in_the_list()
    {
        string[] pages = [.. Directory.GetFiles(Folder, "*.md").Select(file => Path.GetFileNameWithoutExtension(file)).Where(name => name != "README")];
        string list = File.ReadAllText(Path.Combine(Folder, "README.md"));
        Assert.All(pages, page => Assert.Contains($"({page}.md)", list, StringComparison.Ordinal));
        Assert.All(pages, page => Assert.NotNull(GetType().GetMethod(char.ToUpperInvariant(page[0]) + page[1..])));
    }

    /// <summary>Puts the output of a function and the gradients of its inputs under a common first word.</summary>
    private void Gradients(string word, Parameter<double>[] inputs, Func<Parameter<double>[], Tensor<double>> function, double[] delta, params string[] names)
    {
        using var tape = Record([.. inputs]);
        var output = function(inputs);
        tape.Backward(output, Tensor(output.Shape, delta));
        Put($"{word} {names[0]}", output);
        for (int i = 0; i < inputs.Length; i++) Put($"{word} {names[i + 1]}", inputs[i].Gradient);
    }

    private static string Folder => Path.Combine(Repository.Root, "docs", "derivations");

    private void Put(string name, Tensor<double> tensor) => Put(name, tensor.Values);

    private void Put(string name, ReadOnlySpan<double> values) => computed[name] = values.ToArray();

    /// <summary>Holds every line <c>name = numbers</c> of the page's blocks to what was computed, within half a unit of the last digit printed.</summary>
    private void Compare(string page)
    {
        bool inside = false;
        int lines = 0;
        foreach (string line in File.ReadLines(Path.Combine(Folder, page + ".md")))
        {
            if (line.StartsWith("```", StringComparison.Ordinal)) inside = line == "```numbers";
            else if (inside)
            {
                string[] sides = line.Split(" = ");
                Assert.True(computed.TryGetValue(sides[0], out double[]? values), $"{page}: '{sides[0]}' is not computed");
                string[] printed = sides[1].Split(' ');
                Assert.Equal(values!.Length, printed.Length);
                for (int i = 0; i < printed.Length; i++)
                {
                    int digits = printed[i].Contains('.', StringComparison.Ordinal) ? printed[i].Length - printed[i].IndexOf('.', StringComparison.Ordinal) - 1 : 0;
                    Assert.Equal(double.Parse(printed[i], CultureInfo.InvariantCulture), values[i], 0.5000001 * double.Parse($"1e-{digits}", CultureInfo.InvariantCulture));
                }
                lines++;
            }
        }
        Assert.True(lines > 0, $"{page} has no worked example");
    }
}
