using Backprop.Data;
using Backprop.Operations;
using Backprop.Saving;
using Backprop.Tensors;
using Backprop.Training;

namespace Backprop.Cli.Evaluate;

/// <summary>Compares what a model says with what is right, batch by batch, and remembers both for each sample.</summary>
/// <remarks>For classes that is the position said and the probability that it was given; for numbers the number in the unit of the target.</remarks>
internal sealed class Judge(SavedModel<float> model) : Score<float>
{
    private readonly ClassScore<float> classes = new();
    private readonly RegressionScore<double> regression = new();
    private readonly List<Judged> judged = [];

    /// <summary>Which class was taken for which; null for numbers.</summary>
    public ConfusionMatrix? Confusion => classes.Matrix;

    /// <summary>The errors of the numbers, in the unit of the target.</summary>
    public RegressionScore<double> Regression => regression;

    /// <summary>What was said of each sample, and of each of its time steps or numbers, in order.</summary>
    public IReadOnlyList<Judged> All => judged;

    /// <summary>Judges a model by data.</summary>
    /// <returns>The judge, and the mean loss over the samples.</returns>
    /// <exception cref="InputException">The network gives something that cannot be compared.</exception>
    public static (Judge Judge, double Loss) Of(SavedModel<float> model, DataSet<float> samples, string file, CancellationToken cancellation)
    {
        var judge = new Judge(model);
        try
        {
            // It knows the losses by their names; nothing is trained here.
            var network = new NetworkFile<float>(model, samples);
            var optimizer = Nn<float>.Sgd(model.Model.Parameters, 1);
            var trainer = samples.Targets is Indices
                ? new Trainer<float>(model.Model, (Tensor<float> y, Indices t) => network.LossOf(y, t).DataLoss, optimizer) { BatchSize = 256, Score = () => judge }
                : new Trainer<float>(model.Model, (Tensor<float> y, Tensor<float> t) => network.LossOf(y, t).DataLoss, optimizer) { BatchSize = 256, Score = () => judge };
            trainer.Threads = Environment.ProcessorCount;
            return (judge, trainer.Evaluate(samples, cancellation).Loss);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            throw new InputException($"{file}: {ArgumentText.Of(error)}");
        }
    }

    public override void Add(Tensor<float> prediction, IInput target)
    {
        if (target is Indices right) AddClasses(prediction, right);
        else AddNumbers(prediction, (Tensor<float>)target);
    }

    public override Evaluation AddTo(Evaluation evaluation) => evaluation;

    private void AddClasses(Tensor<float> prediction, Indices right)
    {
        // Without names of classes it is not said what outputs mean: logits, as in most networks.
        var probabilities = model.ClassNames.Count > 0 ? model.Probabilities(prediction.Copy()) : prediction.Copy().Softmax();
        // The outputs themselves decide where each class has one: rounding can make two probabilities equal.
        var answers = prediction.Shape == probabilities.Shape ? prediction : probabilities;
        classes.Add(answers, right);
        int outputs = answers.Shape[^1];
        for (int i = 0; i < right.Shape.Elements; i++)
        {
            int said = ClassScore<float>.Highest(answers.Values.Slice(i * outputs, outputs));
            judged.Add(new Judged(right.Values[i], said, said < 0 ? double.NaN : probabilities.Values[i * outputs + said]));
        }
    }

    private void AddNumbers(Tensor<float> prediction, Tensor<float> target)
    {
        var (said, right) = (InUnits(prediction), InUnits(target));
        regression.Add(said, right);
        for (int i = 0; i < said.Length; i++) judged.Add(new Judged(right.Values[i], said.Values[i], double.NaN));
    }

    /// <summary>Back through the target's transforms, in double, from the last to the first.</summary>
    private Tensor<double> InUnits(Tensor<float> values)
    {
        var wide = Nn<double>.Tensor(values.Shape, [.. values.Values.ToArray().Select(value => (double)value)]);
        return model.TargetTransforms.Reverse().Aggregate(wide, (numbers, transform) => transform.Invert(numbers));
    }
}

/// <summary>What a model said.</summary>
/// <param name="Right">The class that is right, by its position, or the number.</param>
/// <param name="Said">The class or the number that was said; −1 where no output is a number.</param>
/// <param name="Sureness">The probability that the class said was given; NaN for numbers.</param>
internal readonly record struct Judged(double Right, double Said, double Sureness);
