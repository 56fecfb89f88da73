namespace Backprop.Pictures;

/// <summary>A picture of a data set.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Name">Its path within the folder of the data set, with <c>/</c> between: <c>cat/001.png</c>.</param>
/// <param name="Class">Its class by position in the names of the classes; null where there are none.</param>
public sealed record PictureFile(string Path, string Name, int? Class = null);
