using Backprop.Exporting;
using Backprop.Importing;
using Backprop.Saving;
using Backprop.Tests.Exporting;

namespace Backprop.Tests.Importing;

public sealed class WeightImportTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>Models of every layer, and again of the same kind with zeros.</summary>
    private static IEnumerable<(SavedModel<float> Model, SavedModel<float> Empty)> Pairs(TemporaryFolder folder)
    {
        foreach (var (i, model) in ExportCases.All().Index())
        {
            model.Save(folder[$"model{i}.safetensors"]);
            var empty = SavedModel<float>.Load(folder[$"model{i}.safetensors"]);
            foreach (string name in empty.Model.Parameters.Names) empty.Model.Parameters[name].Set(new float[empty.Model.Parameters[name].Length]);
            yield return (model, empty);
        }
    }

    [Fact]
    public void What_was_exported_for_PyTorch_comes_back()
    {
        int taken = 0;
        foreach (var (model, empty) in Pairs(folder).Where(pair => pair.Model.Model.Parameters.Names.Any()))
        {
            PyTorchWeights.Of(model).Save(folder["weights.safetensors"], overwrite: true);
            new WeightImport<float>(WeightFile<float>.Load(folder["weights.safetensors"]), empty.Model, empty.Input, WeightLayout.PyTorch).Apply();
            AssertSame(model, empty);
            taken++;
        }
        Assert.InRange(taken, 40, 200);
    }

    [Fact]
    public void A_model_and_an_archive_of_ours_come_back()
    {
        foreach (var (i, (model, empty)) in Pairs(folder).Index())
        {
            if (!model.Model.Parameters.Names.Any()) continue;
            var plan = new WeightImport<float>(WeightFile<float>.Load(folder[$"model{i}.safetensors"]), empty.Model, empty.Input);
            Assert.Equal(WeightLayout.Backprop, plan.Layout);
            Assert.All(empty.Model.Parameters.Names, name => Assert.All(empty.Model.Parameters[name].Values.ToArray(), value => Assert.Equal(0, value)));
            plan.Apply();
            AssertSame(model, empty);
            model.SaveNpz(folder["archive.npz"], overwrite: true);
            new WeightImport<float>(WeightFile<float>.Load(folder["archive.npz"]), empty.Model, empty.Input, WeightLayout.Backprop).Apply();
            AssertSame(model, empty);
        }
    }

    private static void AssertSame(SavedModel<float> model, SavedModel<float> other) =>
        Assert.All(model.Model.Parameters.Names, name => Assert.Equal(model.Model.Parameters[name].Values.ToArray(), other.Model.Parameters[name].Values.ToArray()));
}
