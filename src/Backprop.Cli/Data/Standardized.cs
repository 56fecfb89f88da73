using Backprop.Data;
using Backprop.Tensors;

namespace Backprop.Cli.Data;

/// <summary>A data set as the network meets it: scaled in double, then rounded to float.</summary>
internal static class Standardized
{
    public static DataSet<float> Of(DataSet<double> data, Scaling? inputs, Scaling? targets)
    {
        var scaled = Rounded(inputs?.Apply(data.Inputs) ?? data.Inputs);
        return data.Targets is Indices classes ? new DataSet<float>(scaled, classes, data.ClassNames)
            : new DataSet<float>(scaled, Rounded(targets?.Apply((Tensor<double>)data.Targets) ?? (Tensor<double>)data.Targets));
    }

    /// <summary>The same numbers in float.</summary>
    public static Tensor<float> Rounded(Tensor<double> tensor)
    {
        var values = new float[tensor.Length];
        for (int i = 0; i < values.Length; i++) values[i] = (float)tensor.Values[i];
        return Nn<float>.Tensor(tensor.Shape, values);
    }
}
