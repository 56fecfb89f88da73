using Backprop.Layers;
using Backprop.Tensors;
using static Backprop.Nn<float>;

namespace Backprop.Lessons.Comparison;

/// <summary>ANN: one hidden layer, every input to every unit.</summary>
internal sealed class DenseFamily(Shape sample, int outputs) : ComparedFamily(sample, outputs)
{
    public override string Name => "ANN";

    public override string MadeFor => "rows of numbers";

    public override string Reads => $"{Sample.Elements} numbers in no order";

    public override string Sharing => "none";

    public override string Structure(int width) => $"{Sample.Elements} → {width} ReLU → {Outputs}";

    public override long Parameters(int width) => (Sample.Elements + 1L) * width + (width + 1L) * Outputs;

    public override Sequential<float> Create(int width, Random random)
    {
        Layer<float>[] dense = [Linear(Sample.Elements, width, random, HeUniform()), Relu(), Linear(width, Outputs, random)];
        return new Sequential<float>(IsPictures ? [Flatten(), .. dense] : dense);
    }
}
