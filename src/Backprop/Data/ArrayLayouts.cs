using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Data;

/// <summary>Decides what the axes of an array mean, and brings them into the library's order.</summary>
internal static class ArrayLayouts
{
    /// <summary>The layout that the number of axes speaks for: columns, pictures without or with channels; the channels come last where
    /// only the last axis has 1, 3 or 4.</summary>
    /// <exception cref="DataException">There are too few axes or too many.</exception>
    public static ArrayLayout Usual(Shape shape, string array) => shape.Rank switch
    {
        1 or 2 => ArrayLayout.Columns,
        3 => ArrayLayout.Pictures,
        4 => IsChannels(shape[3]) && !IsChannels(shape[1]) ? ArrayLayout.ChannelsLast : ArrayLayout.Pictures,
        _ => throw new DataException(array, $"it is {shape}; samples are [N, D], [N, H, W], [N, C, H, W], [N, H, W, C] or [N, T, D]"),
    };

    /// <summary>Brings an array into the shape that networks read: [N, D], [N, C, H, W] or [N, T, D].</summary>
    /// <exception cref="DataException">The layout does not suit the number of axes.</exception>
    public static Tensor<T> Apply<T>(Tensor<T> x, ArrayLayout layout, string array) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var shape = x.Shape;
        return (layout, shape.Rank) switch
        {
            (ArrayLayout.Columns, >= 1) => shape.Rank == 2 ? x : Nn<T>.Tensor([shape[0], shape.Without(0).Elements], x.Values),
            (ArrayLayout.Pictures, 3) => Nn<T>.Tensor([shape[0], 1, shape[1], shape[2]], x.Values),
            (ArrayLayout.Pictures, 4) or (ArrayLayout.Sequences, 3) => x,
            (ArrayLayout.ChannelsLast, 4) => ChannelsFirst(x),
            _ => throw new DataException(array, $"it is {shape}; {Needed(layout)}"),
        };
    }

    private static Tensor<T> ChannelsFirst<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int pictures = x.Shape[0], pixels = x.Shape[1] * x.Shape[2], channels = x.Shape[3];
        var from = x.Values;
        var to = new T[x.Length];
        for (int i = 0, at = 0; i < pictures; i++)
            for (int channel = 0; channel < channels; channel++)
                for (int pixel = 0; pixel < pixels; pixel++)
                    to[at++] = from[(i * pixels + pixel) * channels + channel];
        return Nn<T>.Tensor([pictures, channels, x.Shape[1], x.Shape[2]], to);
    }

    private static bool IsChannels(int size) => size is 1 or 3 or 4;

    private static string Needed(ArrayLayout layout) => layout switch
    {
        ArrayLayout.Pictures => "pictures are [N, H, W] or [N, C, H, W]",
        ArrayLayout.ChannelsLast => "pictures with channels last are [N, H, W, C]",
        ArrayLayout.Sequences => "sequences are [N, T, D]",
        _ => "an axis that counts the samples is missing",
    };
}
