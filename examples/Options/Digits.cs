using Backprop.Data;
using Backprop.Operations;

namespace Backprop.Examples;

/// <summary>MNIST's handwritten digits, pictures [N, 1, 28, 28], to train on and to test on.</summary>
public static class Digits
{
    /// <summary>Asks for the folder, --data FOLDER.</summary>
    public static string Folder(Options options) => options.Data("mnist", "FOLDER (MNIST's four IDX files)");

    /// <summary>Reads them with pixels from 0 to 1; without them the program ends and says where to get them.</summary>
    public static (DataSet<float> Train, DataSet<float> Test) Read(string folder)
    {
        var (train, test) = Bytes(folder);
        return (train.WithInputs(train.Inputs / 255), test.WithInputs(test.Inputs / 255));
    }

    /// <summary>As <see cref="Read"/>, but the pixels to train on have the mean 0 and the deviation 1.</summary>
    public static (DataSet<float> Train, DataSet<float> Test) ReadStandardized(string folder)
    {
        var (train, test) = Bytes(folder);
        var standard = Standardizer.OfAll(train.Inputs);
        return (train.WithInputs(standard.Apply(train.Inputs)), test.WithInputs(standard.Apply(test.Inputs)));
    }

    private static (DataSet<float> Train, DataSet<float> Test) Bytes(string folder)
    {
        if (!IdxFolder.IsOne(folder))
        {
            Options.Stop(
                $"There are no digits in '{folder}': give --data FOLDER with MNIST's four IDX files, " +
                "from https://yann.lecun.com/exdb/mnist");
        }
        var (train, test) = IdxFolder.Read<float>(folder);
        if (test is null) Options.Stop($"'{folder}' has no test part (t10k-…), which this example needs.");
        return (train, test);
    }
}
