using Backprop.Cli.Train;
using Backprop.Data;
using Backprop.Saving;

namespace Backprop.Cli.Data;

/// <summary>One kind of data that DATA may name: how it becomes samples that train, and how later data of its kind become samples for the model.</summary>
internal abstract class DataSource
{
    /// <summary>What such data are in messages: <c>a table</c>.</summary>
    public abstract string Called { get; }

    /// <summary>The names of those options about data that belong to it.</summary>
    public abstract IReadOnlyList<string> Options { get; }

    /// <summary>Whether DATA names such data.</summary>
    public abstract bool Takes(TrainSettings settings);

    /// <summary>Reads what DATA names, parts it, and fits to the training part what the network's inputs need; every rule is said as it is applied.</summary>
    /// <exception cref="InputException">An option does not suit the data.</exception>
    /// <exception cref="DataException">A file is not what it should be.</exception>
    public abstract TrainingData Read(TrainSettings settings, Random random, Terminal terminal);

    /// <summary>Whether a model was trained on such data.</summary>
    public abstract bool Trained(SavedModel<float> model);

    /// <summary>Whether later data may be piped in, as - in the place of a file.</summary>
    public virtual bool ReadsInput => false;

    /// <summary>Reads later data for a model, as training read those that trained it.</summary>
    /// <exception cref="InputException">They are not what the model was trained on.</exception>
    /// <exception cref="DataException">A file is not what it should be.</exception>
    public abstract Samples ReadSamples(SampleWords words, SavedModel<float> model, Terminal terminal);
}
