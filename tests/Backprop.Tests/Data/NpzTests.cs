using System.IO.Compression;
using Backprop.Data;
using Backprop.Saving;
using static Backprop.Nn<float>;

namespace Backprop.Tests.Data;

public sealed class NpzTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static SavedModel<float> Model() => new(Sequential(Linear(2, 3, new Random(1)), Tanh(), Linear(3, 1, new Random(2), bias: false)), [2]);

    [Fact]
    public void The_parameters_of_a_model_stand_under_their_paths()
    {
        var model = Model();
        model.SaveNpz(folder["model.npz"]);
        var arrays = Npz.Read<double>(folder["model.npz"]);
        Assert.Equal(["linear1.weight", "linear1.bias", "linear2.weight"], arrays.Keys);
        Assert.Equal([2, 3], arrays["linear1.weight"].Shape);
        Assert.Equal(model.Model.Parameters["linear2.weight"].Values.ToArray().Select(value => (double)value), arrays["linear2.weight"].Values.ToArray());
    }

    [Fact]
    public void Equal_models_give_equal_files_and_an_existing_one_is_kept()
    {
        Model().SaveNpz(folder["a.npz"]);
        Model().SaveNpz(folder["b.npz"]);
        Assert.Equal(File.ReadAllBytes(folder["a.npz"]), File.ReadAllBytes(folder["b.npz"]));
        Assert.Throws<IOException>(() => Model().SaveNpz(folder["a.npz"]));
        Model().SaveNpz(folder["a.npz"], overwrite: true);
        Assert.Equal(2, Directory.GetFiles(folder.Path).Length);
    }

    [Fact]
    public void A_compressed_archive_is_read()
    {
        using (var archive = ZipFile.Open(folder["small.npz"], ZipArchiveMode.Create))
        using (var entry = archive.CreateEntry("x.npy", CompressionLevel.SmallestSize).Open())
            Npy.Write(entry, Tensor([100], Enumerable.Repeat(2f, 100).ToArray()));
        Assert.Equal(200, Npz.Read<float>(folder["small.npz"])["x"].Values.ToArray().Sum());
    }

    [Fact]
    public void What_is_no_archive_of_arrays_is_refused()
    {
        string text = folder.Write("text.npz", "a text"u8.ToArray());
        Assert.Contains("it is no .npz archive", Assert.Throws<DataException>(() => Npz.Read<float>(text)).Message, StringComparison.Ordinal);
        using (var archive = ZipFile.Open(folder["other.npz"], ZipArchiveMode.Create)) archive.CreateEntry("notes.txt");
        Assert.Contains("'notes.txt', which is no .npy", Assert.Throws<DataException>(() => Npz.Read<float>(folder["other.npz"])).Message, StringComparison.Ordinal);
        using (var archive = ZipFile.Open(folder["empty.npz"], ZipArchiveMode.Create)) archive.CreateEntry("x.npy");
        Assert.Contains("empty.npz, x.npy: it is no .npy file", Assert.Throws<DataException>(() => Npz.Read<float>(folder["empty.npz"])).Message, StringComparison.Ordinal);
    }
}
