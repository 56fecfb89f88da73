using System.Diagnostics;
using Backprop.Data;
using Backprop.Randomness;
using Backprop.Tensors;
using Backprop.Training;
using static Backprop.Nn<float>;

namespace Backprop.Lessons.Comparison;

/// <summary>Trains an ANN, a CNN and an RNN with about as many parameters on the same data.</summary>
/// <remarks>
/// Every family is trained with each learning rate and each seed. The validation part chooses its learning rate, by the best mean over the
/// seeds; the test part
/// is looked at once, afterwards. The same seed gives the same figures, times excepted.
/// </remarks>
public sealed class FamilyComparison
{
    /// <summary>Where no number is wished: small enough for a minute on a laptop, large enough to learn digits or a table.</summary>
    private const long UsualForPictures = 7000, UsualForRows = 1000;

    private readonly ComparisonData data;
    private readonly ComparisonOptions options;
    private readonly Candidate[] candidates;
    private readonly long startedAt = Stopwatch.GetTimestamp();
    private readonly IProgress<ComparisonProgress>? progress;
    private readonly CancellationToken cancellation;
    private double done;

    private FamilyComparison(
        ComparisonData data, ComparisonOptions options, IProgress<ComparisonProgress>? progress, CancellationToken cancellation)
    {
        (this.data, this.options, this.progress, this.cancellation) = (data, options, progress, cancellation);
        var families = ComparedFamily.All(data.Train.SampleShape, data.Outputs);
        long usual = data.Train.SampleShape.Rank == 1 ? UsualForRows : UsualForPictures;
        var widths = MatchedWidths.Find(families, options.Parameters ?? MatchedWidths.Usual(families, usual));
        candidates = [.. families.Zip(widths, (family, width) => new Candidate(family, width, data))];
    }

    /// <summary>Makes the comparison.</summary>
    /// <param name="data">What is learnt.</param>
    /// <param name="options">How; if left out, as the options say by themselves.</param>
    /// <param name="progress">Hears how far it is, on this thread.</param>
    /// <param name="cancellation">Stops between two training steps.</param>
    /// <exception cref="ShapeException">The samples are too small for a convolution.</exception>
    /// <exception cref="ArgumentException">No networks of the wished size have about as many parameters.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number of the options is too small.</exception>
    /// <exception cref="NotFiniteNumberException">Every learning rate made a training diverge.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static ComparisonResult Run(
        ComparisonData data, ComparisonOptions? options = null, IProgress<ComparisonProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        options ??= new();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Seeds, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.LearningRates.Count, 1);
        return new FamilyComparison(data, options, progress, cancellation).Compare();
    }

    private ComparisonResult Compare()
    {
        foreach (double rate in options.LearningRates)
        {
            // The families take turns, so that a machine that grows slower or faster treats them alike.
            for (int i = 0; i < options.Seeds; i++)
                foreach (var candidate in candidates) Train(candidate, rate, options.Seed + i);
            foreach (var candidate in candidates)
                progress?.Report(Progress(candidate, rate, options.Seed + options.Seeds - 1) with { Tried = candidate.Tried(rate) });
        }
        return new ComparisonResult(data, options, [.. candidates.Select(Result)]);
    }

    private void Train(Candidate candidate, double rate, int seed)
    {
        var random = new SeededRandom(seed);
        var model = candidate.Family.Create(candidate.Width, random);
        var optimizer = Adam(model.Parameters, rate);
        int batch = options.BatchSize;
        var trainer = data.IsClassification
            ? new Trainer<float>(model, (Tensor<float> y, Indices t) => SoftmaxCrossEntropy(y, t), optimizer) { BatchSize = batch, Shuffle = random }
            : new Trainer<float>(model, (Tensor<float> y, Tensor<float> t) => MeanSquaredError(y, t), optimizer) { BatchSize = batch, Shuffle = random };
        trainer.Threads = options.Threads;
        int epochs = options.EpochsFor(data.Train.Count), trainings = options.LearningRates.Count * options.Seeds;
        double before = done, share = candidate.MultiplyAdds / candidates.Sum(one => (double)one.MultiplyAdds) / trainings;
        var relay = new Relay(fraction =>
        {
            done = before + share * fraction;
            progress?.Report(Progress(candidate, rate, seed));
        });
        try
        {
            double seconds = 0;
            foreach (var epoch in trainer.Epochs(candidate.Train, epochs, progress: relay, cancellation: cancellation))
                seconds = epoch.Elapsed.TotalSeconds;
            var evaluation = trainer.Evaluate(candidate.Validation, cancellation);
            bool usable = double.IsFinite(evaluation.Loss);
            candidate.Runs.Add(new(rate, usable ? Score(evaluation) : null, usable ? evaluation.Loss : null, trainer, seconds));
        }
        catch (DivergedException)
        {
            // A learning rate that is too large for one family is a fair part of the comparison: it is not chosen.
            candidate.Runs.Add(new(rate, null, null, trainer, null));
        }
        done = before + share;
    }

    private FamilyResult Result(Candidate candidate)
    {
        RateResult[] rates = [.. options.LearningRates.Select(candidate.Tried)];
        var best = rates.Where(rate => rate.Validation is not null)
            .OrderBy(rate => data.IsClassification ? -rate.Validation : rate.Validation).ThenBy(rate => rate.ValidationLoss).FirstOrDefault()
            ?? throw new NotFiniteNumberException(
                $"the {candidate.Family.Name} diverged with every learning rate; are there numbers far from the others in the data?");
        var chosen = candidate.Runs.Where(run => run.Rate == best.LearningRate);
        double[] scores = [.. chosen.Select(run => Score(run.Trainer.Evaluate(candidate.Test, cancellation)))];
        double[] seconds = [.. candidate.Runs.Where(run => run.Seconds is not null).Select(run => run.Seconds!.Value).Order()];
        var parameters = candidate.Runs[0].Trainer.Model.Parameters;
        long weights = parameters.Where(parameter => parameter.Shape.Rank > 1).Sum(parameter => (long)parameter.Length);
        return new FamilyResult(
            candidate.Family, candidate.Width, parameters.Elements, weights, candidate.MultiplyAdds, best.LearningRate, rates, scores, seconds[seconds.Length / 2]);
    }

    /// <summary>Accuracy, or the root of the mean squared error in the unit of the target.</summary>
    private double Score(Evaluation evaluation) => evaluation.Accuracy ?? evaluation.Rmse!.Value * data.TargetScale;

    private ComparisonProgress Progress(Candidate candidate, double rate, int seed) =>
        new(candidate.Family.Name, rate, seed, done, Stopwatch.GetElapsedTime(startedAt));

    /// <summary>A family at its width, with the data as it meets them and what its trainings came to.</summary>
    private sealed class Candidate(ComparedFamily family, int width, ComparisonData data)
    {
        public ComparedFamily Family { get; } = family;

        public int Width { get; } = width;

        public DataSet<float> Train { get; } = family.View(data.Train);

        public DataSet<float> Validation { get; } = family.View(data.Validation);

        public DataSet<float> Test { get; } = family.View(data.Test);

        public long MultiplyAdds { get; } = family.Create(width, new SeededRandom(0)).Describe([1, .. family.SampleView]).MultiplyAdds;

        public List<TrainingRun> Runs { get; } = [];

        public RateResult Tried(double rate)
        {
            TrainingRun[] runs = [.. Runs.Where(run => run.Rate == rate)];
            return Array.TrueForAll(runs, run => run.Validation is not null)
                ? new(rate, runs.Average(run => run.Validation), runs.Average(run => run.ValidationLoss)) : new(rate, null, null);
        }
    }

    private sealed record TrainingRun(double Rate, double? Validation, double? ValidationLoss, Trainer<float> Trainer, double? Seconds);

    private sealed class Relay(Action<double> hear) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => hear(value.Fraction);
    }
}
