using System.Numerics;
using Backprop.Cli.Train;
using Backprop.Data;
using Backprop.Tensors;

namespace Backprop.Cli.Data;

/// <summary>What <c>--scale</c> comes to: fitted to the part that trains; null where numbers stay as they are.</summary>
internal static class Scales
{
    /// <summary>Each column by itself.</summary>
    public static Scaling? OfColumns<T>(ScaleKind kind, Tensor<T> train) where T : unmanaged, IFloatingPointIeee754<T> => kind switch
    {
        ScaleKind.None => null,
        ScaleKind.Min_Max => MinMaxScaler.OfColumns(train),
        _ => Standardizer.OfColumns(train),
    };

    /// <summary>All numbers alike: the pixels of pictures.</summary>
    public static Scaling? OfAll<T>(ScaleKind kind, Tensor<T> train) where T : unmanaged, IFloatingPointIeee754<T> => kind switch
    {
        ScaleKind.None => null,
        ScaleKind.Min_Max => MinMaxScaler.OfAll(train),
        _ => Standardizer.OfAll(train),
    };

    /// <summary>As a model takes it along.</summary>
    public static IReadOnlyList<Transform> Listed(Scaling? scale) => scale is null ? [] : [scale];

    /// <summary>What happens to the columns, for the notes.</summary>
    public static string OfColumns(ScaleKind kind) => kind switch
    {
        ScaleKind.None => "taken as they are",
        ScaleKind.Min_Max => "brought into 0 … 1 by least and most of the training part",
        _ => "standardised by mean and deviation of the training part",
    };

    /// <summary>What happens to the pixels, for the notes.</summary>
    public static string OfPixels(Scaling? scale) => scale switch
    {
        null => "taken as they are",
        MinMaxScaler range => $"brought into 0 … 1 by the training part, least {Number(range.Least)}, most {Number(range.Most)}",
        _ => $"standardised by the training part, mean {Number(scale.Shifts)}, deviation {Number(scale.Sizes)}",
    };

    private static string Number(IReadOnlyList<double> numbers) => ProgressLines.Number(numbers[0]);
}
