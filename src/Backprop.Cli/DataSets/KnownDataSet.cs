namespace Backprop.Cli.DataSets;

/// <summary>A collection of data that <c>backprop data get</c> knows.</summary>
/// <param name="Name">What it is called on the command line.</param>
/// <param name="Title">What it is.</param>
/// <param name="Terms">By whom it is, and under which terms it may be used.</param>
/// <param name="Files">Its files.</param>
/// <param name="Trains">The file that a training reads; empty for the folder.</param>
/// <param name="Options">What it needs besides.</param>
/// <param name="Hint">Why; empty where that is plain.</param>
internal sealed record KnownDataSet(string Name, string Title, string Terms, IReadOnlyList<RemoteFile> Files, string Trains, string Options, string Hint = "")
{
    private static readonly Uri[] MnistPlaces = [new("https://ossci-datasets.s3.amazonaws.com/mnist/"), new("https://storage.googleapis.com/cvdf-datasets/mnist/")];

    /// <summary>All of them.</summary>
    /// <remarks>The page that first had MNIST is closed; these are the mirrors that PyTorch and TensorFlow take it from. The sums are those of the original files.</remarks>
    public static IReadOnlyList<KnownDataSet> All { get; } =
    [
        new(
            "mnist", "handwritten digits, 60,000 to train and 10,000 to test, 28×28", "LeCun, Cortes, Burges; CC BY-SA 3.0",
            [
                Mnist("train-images-idx3-ubyte.gz", 9_912_422, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
                Mnist("train-labels-idx1-ubyte.gz", 28_881, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
                Mnist("t10k-images-idx3-ubyte.gz", 1_648_877, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
                Mnist("t10k-labels-idx1-ubyte.gz", 4_542, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"),
            ],
            "", "--model lenet"),
        new(
            "iris", "150 flowers of three kinds by four lengths", "Fisher; UCI Machine Learning Repository, CC BY 4.0",
            [
                new(
                    "iris.data", 4_551, "6f608b71a7317216319b4d27b4d9bc84e6abd734eda7872b71a458569e2656c0",
                    [new("https://archive.ics.uci.edu/ml/machine-learning-databases/iris/iris.data")]),
            ],
            "iris.data", "--target 4",
            "the file has no header: its columns are called 0 to 4, the kind is column 4"),
    ];

    private static RemoteFile Mnist(string name, long length, string sha256) => new(name, length, sha256, [.. MnistPlaces.Select(place => new Uri(place, name))]);
}
