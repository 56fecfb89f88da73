namespace Backprop.Pictures;

/// <summary>What the channels of a picture are.</summary>
public enum PictureColour
{
    /// <summary>One channel; colours become 0.299 red + 0.587 green + 0.114 blue (ITU-R BT.601).</summary>
    Grey,

    /// <summary>Three channels: red, green, blue.</summary>
    Rgb,
}

/// <summary>What pictures of a data set are to have in common.</summary>
/// <param name="Colour">The channels; null for grey if all pictures are grey, else for colours.</param>
/// <param name="Size">Height and width, to which pictures are stretched or shrunk; null if all have one size already.</param>
public sealed record PictureForm(PictureColour? Colour = null, (int Height, int Width)? Size = null);
