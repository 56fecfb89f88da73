using System.Numerics;

namespace Backprop.Data;

/// <summary>A folder with MNIST's four files: <c>train-images-idx3-ubyte</c>, <c>train-labels-idx1-ubyte</c>, and <c>t10k-…</c> for the test part.</summary>
/// <remarks>Each may end with <c>.gz</c>, and the last hyphen before <c>idx</c> may be a dot. Where both are there the unpacked one is read.</remarks>
public static class IdxFolder
{
    /// <summary>Whether a folder has a training part by these names.</summary>
    public static bool IsOne(string folder) => Find(folder, "train-images", 3) is not null;

    /// <summary>Reads the training part and, if the folder has one, the test part; <see cref="Idx.ReadPictures{T}"/> says how.</summary>
    /// <exception cref="DataException">A file is missing or is not what it should be.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static (DataSet<T> Train, DataSet<T>? Test) Read<T>(string folder) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(folder);
        var train = Idx.ReadPictures<T>(Needed(folder, "train-images", 3), Needed(folder, "train-labels", 1));
        if (Find(folder, "t10k-images", 3) is not { } testImages) return (train, null);
        string testLabels = Needed(folder, "t10k-labels", 1);
        var test = Idx.ReadPictures<T>(testImages, testLabels, train.ClassNames);
        return test.SampleShape == train.SampleShape ? (train, test)
            : throw new DataException(testImages, $"its pictures are {test.SampleShape}, those of the training part {train.SampleShape}");
    }

    private static string Needed(string folder, string name, int axes) => Find(folder, name, axes)
        ?? throw new DataException(folder, $"there is no {name}-idx{axes}-ubyte in it, plain or .gz; a folder of IDX files has train-images-idx3-ubyte and " +
            "train-labels-idx1-ubyte, and for a test part t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte");

    private static string? Find(string folder, string name, int axes) =>
        new[] { $"{name}-idx{axes}-ubyte", $"{name}.idx{axes}-ubyte", $"{name}-idx{axes}-ubyte.gz", $"{name}.idx{axes}-ubyte.gz" }
            .Select(file => Path.Combine(folder, file)).FirstOrDefault(File.Exists);
}
