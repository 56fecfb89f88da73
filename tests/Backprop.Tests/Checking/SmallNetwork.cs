using Backprop.Saving;
using Backprop.Tensors;

namespace Backprop.Tests.Checking;

/// <summary>A network file on a tape: the first step, up to its loss.</summary>
internal sealed class SmallNetwork : IDisposable
{
    public static TheoryData<string> Lessons => ["ann", "cnn", "rnn", "lstm", "mazur", "pooling"];

    private SmallNetwork(NetworkFile<double> file)
    {
        File = file;
        var batch = file.Batches().First();
        Tape = Nn<double>.Record(file.Model.Parameters, batch.Inputs, batch.Targets);
        Loss = file.LossOf(file.Model.Forward(batch.Inputs), batch.Targets).Loss;
    }

    public NetworkFile<double> File { get; }

    public Tape<double> Tape { get; }

    public Tensor<double> Loss { get; }

    public static SmallNetwork Of(string lesson) =>
        Parse(System.IO.File.ReadAllText(Path.Combine(Repository.Root, "src", "Backprop.Lessons", "Networks", $"{lesson}.json")), lesson);

    public static SmallNetwork Parse(string json, string name = "test") => new(NetworkFile<double>.Parse(json, name));

    /// <summary>The right gradients by their paths.</summary>
    public Dictionary<string, double[]> Gradients()
    {
        Tape.Replay();
        Tape.Backward(Loss);
        return Tape.Parameters.Where(parameter => parameter.HasGradient).ToDictionary(Tape.NameOf, parameter => parameter.Gradient.ToArray());
    }

    public void Dispose() => Tape.Dispose();
}
