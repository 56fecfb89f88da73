using System.Numerics;
using Backprop.Data;
using Backprop.Tensors;

namespace Backprop.Pictures;

/// <summary>Reads PNG, JPEG and BMP files as one tensor.</summary>
/// <remarks>
/// Pixels are 0 … 255, as in IDX files; of 16 bits the upper 8 are taken. What is transparent is laid over white, as a page shows it.
/// Resizing stretches the whole picture, so that its sides may change their ratio; nothing is cut. A camera's note that a picture is to be
/// turned is not followed.
/// </remarks>
public static class PictureFiles
{
    /// <summary>Whether a file has the name of a picture: it ends with .png, .jpg, .jpeg or .bmp, in letters of any size.</summary>
    public static bool IsOne(string file) => PictureDecoder.IsNamedSo(file);

    /// <summary>Reads pictures.</summary>
    /// <param name="files">The paths, at least one.</param>
    /// <param name="form">What they are to have in common; null keeps their size and takes grey if all are grey.</param>
    /// <param name="notice">Hears what a user should know and what is no error, in one sentence.</param>
    /// <returns>[N, C, H, W] in the order of the files, with 1 or 3 channels.</returns>
    /// <exception cref="ArgumentException">There is no file.</exception>
    /// <exception cref="DataException">A file is no picture, damaged or cut off; or two have different sizes, and none is asked
    /// for.</exception>
    /// <exception cref="IOException">One cannot be read.</exception>
    public static Tensor<T> Read<T>(IReadOnlyList<string> files, PictureForm? form = null, Action<string>? notice = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(files);
        if (files.Count == 0) throw new ArgumentException("PictureFiles: no file came; at least one is needed.", nameof(files));
        form ??= new PictureForm();
        if (form.Size is { } size && (size.Height < 1 || size.Width < 1))
            throw new ArgumentException($"PictureFiles: the size {size.Height}×{size.Width} came; height and width are 1 or more.", nameof(form));
        var pictures = new Picture[files.Count];
        for (int i = 0; i < pictures.Length; i++)
        {
            pictures[i] = Formed(PictureDecoder.Read(files[i]), form);
            CheckSize(files, pictures, i, form);
        }
        int transparent = pictures.Count(picture => picture.WasTransparent);
        if (transparent > 0) notice?.Invoke($"transparent: {transparent} of {files.Count} pictures, laid over white");
        return Tensor<T>(pictures, Channels(form) ?? pictures.Max(picture => picture.Channels));
    }

    private static int? Channels(PictureForm form) => form.Colour switch { PictureColour.Grey => 1, PictureColour.Rgb => 3, _ => null };

    private static Picture Formed(Picture picture, PictureForm form)
    {
        if (form.Colour == PictureColour.Grey) picture = picture.ToGrey();
        return form.Size is { } size ? picture.To(size.Height, size.Width) : picture;
    }

    private static void CheckSize(IReadOnlyList<string> files, Picture[] pictures, int i, PictureForm form)
    {
        var (first, now) = (pictures[0], pictures[i]);
        if ((now.Height, now.Width) != (first.Height, first.Width))
            throw new DataException(
                files[i], $"its size is {now.Height}×{now.Width} (height × width), {files[0]} has {first.Height}×{first.Width}; all need one size; "
                + "let them be resized (--size HEIGHTxWIDTH, in C# PictureForm.Size)");
        long numbers = (long)files.Count * (Channels(form) ?? first.Channels) * first.Height * first.Width;
        if (i == 0 && numbers > Array.MaxLength)
            throw new DataException(
                files[0], $"{files.Count} pictures of {first.Height}×{first.Width} have {numbers} numbers, at most {Array.MaxLength} find room; "
                + "resize them to smaller ones");
    }

    private static Tensor<T> Tensor<T>(Picture[] pictures, int channels) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int height = pictures[0].Height, width = pictures[0].Width, at = 0;
        var values = new T[checked(pictures.Length * channels * height * width)];
        foreach (var picture in pictures)
            for (int channel = 0; channel < channels; channel++)
                for (int pixel = 0; pixel < height * width; pixel++)
                    // A grey picture among coloured ones has its one number in every channel.
                    values[at++] = T.CreateChecked(picture.Pixels[pixel * picture.Channels + (picture.Channels == 1 ? 0 : channel)]);
        return Nn<T>.Tensor([pictures.Length, channels, height, width], values);
    }
}
