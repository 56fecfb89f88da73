using Backprop.Optimizers;
using Backprop.Tensors;
using static Backprop.Nn<float>;

namespace Backprop.Compare;

/// <summary>Our side of a comparison.</summary>
internal interface IWork
{
    void Step();

    /// <summary>The losses of the next steps.</summary>
    double[] Losses(int count);
}

/// <summary>Training as a user of the library writes it: record once, then replay with new batches.</summary>
internal sealed class TrainingWork : IWork
{
    private const int Batches = 4;

    private readonly (Tensor<float> X, IInput Y)[] data;
    private readonly Optimizer<float> optimizer;
    private readonly Tape<float> tape;
    private readonly Tensor<float> loss;
    private int at;

    public TrainingWork(Workload workload, int threads, bool dropout = true)
    {
        data = [.. Enumerable.Range(0, Batches).Select(i => Batch(workload, 1000 + i))];
        var (x, y) = Batch(workload, 1000);
        var model = workload.Build(dropout).Model;
        optimizer = workload.Adam ? Adam(model.Parameters, workload.LearningRate) : Sgd(model.Parameters, workload.LearningRate);
        tape = Record(model.Parameters, x, y);
        var output = model.Forward(x);
        loss = y is Indices classes ? SoftmaxCrossEntropy(output, classes) : MeanSquaredError(output, (Tensor<float>)y);
        tape.Backward(loss);
        tape.Threads = optimizer.Threads = threads;
    }

    public void Step()
    {
        var (x, y) = data[at++ % Batches];
        tape.Replay(x, y);
        tape.Backward(loss);
        optimizer.Step();
    }

    public double[] Losses(int count)
    {
        var losses = new double[count];
        for (int i = 0; i < count; i++)
        {
            Step();
            losses[i] = loss.Value;
        }
        return losses;
    }

    private static (Tensor<float> X, IInput Y) Batch(Workload workload, int seed)
    {
        Shape shape = [workload.Batch, .. workload.Sample];
        var x = Tensor(shape, Formula.Numbers(seed, shape.Elements));
        return workload.Classes > 0
            ? (x, new Indices([workload.Batch], Formula.Classes(seed + 100, workload.Batch, workload.Classes)))
            : (x, Tensor([workload.Batch, 1], Formula.Numbers(seed + 100, workload.Batch, 0.5, offset: 0.5f)));
    }
}
