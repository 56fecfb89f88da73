using System.Numerics;
using Backprop.Data;
using Backprop.Tensors;

namespace Backprop.Pictures;

/// <summary>A folder of pictures: <c>cat/1.png</c>, <c>dog/2.jpg</c>, where sub-folders are classes; or <c>train/cat/1.png</c>,
/// <c>test/cat/2.png</c>, with parts of its own; or pictures alone, whose classes nobody knows yet.</summary>
/// <remarks>
/// Parts are called train or training, and test, testing, val, valid or validation (test before the others). Classes stand in ordinal order
/// of their names, files too. Hidden files and folders are passed over in silence; what else is not read stands in <see cref="Others"/>.
/// </remarks>
public sealed class PictureFolder
{
    private const int MostNamed = 3;

    private static readonly string[] TrainNames = ["train", "training"], TestNames = ["test", "testing", "val", "valid", "validation"];

    private readonly List<string> others = [];
    private string[] classNames = [];

    private PictureFolder(string folder) => Folder = folder;

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>The names of the classes, in their order; empty where there are none.</summary>
    public IReadOnlyList<string> ClassNames => classNames;

    /// <summary>The pictures of the training part; all, where the folder has no parts.</summary>
    public IReadOnlyList<PictureFile> Train { get; private set; } = [];

    /// <summary>The pictures of the test part; empty where the folder has no parts.</summary>
    public IReadOnlyList<PictureFile> Test { get; private set; } = [];

    /// <summary>The name of the folder of the test part; empty where there is none.</summary>
    public string TestName { get; private set; } = "";

    /// <summary>What is passed over: visible files that are no pictures by their names, and folders beside those that are read.</summary>
    public IReadOnlyList<string> Others => others;

    /// <summary>Whether there are pictures in a folder, in its sub-folders or in theirs.</summary>
    public static bool IsOne(string folder) => Directory.Exists(folder)
        && (HasPictures(folder) || Folders(folder).Any(inner => HasPictures(inner) || Folders(inner).Any(HasPictures)));

    /// <summary>Looks which pictures there are, without reading them.</summary>
    /// <exception cref="DataException">There are none, or they do not lie in folders by class.</exception>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static PictureFolder Open(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var found = new PictureFolder(folder);
        if (Part(folder, TrainNames) is { } train)
        {
            found.AddOthers(folder);
            if (Loose(folder) is { } loose)
                throw new DataException(
                    loose, $"the picture lies beside the part {Path.GetFileName(train)}; in a folder with parts each picture lies in a class of a part");
            found.classNames = Classes(train);
            found.Train = found.InClasses(train);
            string? test = Part(folder, TestNames);
            if (test is not null) (found.Test, found.TestName) = (found.InClasses(test), Path.GetFileName(test));
            found.others.AddRange(Folders(folder).Where(inner => inner != train && inner != test).Select(inner => Path.GetFileName(inner) + "/"));
        }
        else if (Folders(folder).Length == 0) found.Train = found.In(folder, null);
        else
        {
            if (Loose(folder) is { } loose)
                throw new DataException(loose, "the picture lies beside the folders of the classes, and has no class; move it into one of them");
            found.classNames = Classes(folder);
            found.Train = found.InClasses(folder);
        }
        return found.Train.Count > 0 ? found
            : throw new DataException(
                folder, "there is no picture in it; PNG, JPEG or BMP files in a sub-folder for each class are needed, as in cat/1.png and dog/2.png");
    }

    /// <summary>Reads the pictures with their classes; <see cref="PictureFiles"/> says how.</summary>
    /// <param name="form">What they are to have in common.</param>
    /// <param name="notice">Hears what a user should know and what is no error, in one sentence.</param>
    /// <returns>The training part, and the test part where the folder has one.</returns>
    /// <exception cref="DataException">There are fewer than two classes, or a picture cannot be read or is of another size.</exception>
    /// <exception cref="IOException">One cannot be read.</exception>
    public (DataSet<T> Train, DataSet<T>? Test) Read<T>(PictureForm? form = null, Action<string>? notice = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (ClassNames.Count < 2)
            throw new DataException(
                Folder, $"{(ClassNames.Count == 0 ? "its pictures have no classes" : $"there is one class alone, {ClassNames[0]}")}; "
                + "at least two sub-folders with pictures are needed, one for each class");
        string more = others.Count > MostNamed ? $" and {others.Count - MostNamed} more" : "";
        if (others.Count > 0) notice?.Invoke($"passed over: {string.Join(", ", others.Take(MostNamed))}{more}");
        // Both parts at once: whether they are grey is one decision, and so is their size.
        var all = PictureFiles.Read<T>([.. Train.Concat(Test).Select(file => file.Path)], form, notice);
        int size = all.Length / all.Shape[0];
        return (Part(Train, 0), Test.Count > 0 ? Part(Test, Train.Count) : null);

        DataSet<T> Part(IReadOnlyList<PictureFile> files, int start) => new(
            Nn<T>.Tensor(all.Shape.With(0, files.Count), all.Values.Slice(start * size, files.Count * size)),
            new Indices([files.Count], [.. files.Select(file => file.Class!.Value)]), ClassNames);
    }

    private static string? Part(string folder, string[] names) => names
        .Select(name => Array.Find(Folders(folder), inner => name.Equals(Path.GetFileName(inner), StringComparison.OrdinalIgnoreCase)))
        .FirstOrDefault(inner => inner is not null && Folders(inner).Length > 0);

    private static string[] Classes(string folder) => [.. Folders(folder).Select(inner => Path.GetFileName(inner)!)];

    private List<PictureFile> InClasses(string folder)
    {
        var files = new List<PictureFile>();
        AddOthers(folder);
        foreach (string inner in Folders(folder))
        {
            string name = Path.GetFileName(inner);
            int place = Array.IndexOf(classNames, name);
            if (place < 0)
                throw new DataException(inner, $"the class {name} is none of those that train: {string.Join(", ", ClassNames)}");
            if (Folders(inner).FirstOrDefault() is { } deeper)
                throw new DataException(
                    deeper, $"a folder within the class {name} came; pictures of a class lie side by side, "
                    + "and parts of the data are called train and test");
            var own = In(inner, place);
            if (own.Count == 0) throw new DataException(inner, "there is no picture in it; each class needs one at least");
            files.AddRange(own);
        }
        return files;
    }

    private List<PictureFile> In(string folder, int? place)
    {
        AddOthers(folder);
        return [.. Visible(Directory.GetFiles(folder)).Where(PictureDecoder.IsNamedSo).Select(file => new PictureFile(file, NameOf(file), place))];
    }

    private void AddOthers(string folder) =>
        others.AddRange(Visible(Directory.GetFiles(folder)).Where(file => !PictureDecoder.IsNamedSo(file)).Select(NameOf));

    private string NameOf(string file) => Path.GetRelativePath(Folder, file).Replace('\\', '/');

    private static bool HasPictures(string folder) => Loose(folder) is not null;

    private static string? Loose(string folder) => Visible(Directory.GetFiles(folder)).FirstOrDefault(PictureDecoder.IsNamedSo);

    private static string[] Folders(string folder) => [.. Visible(Directory.GetDirectories(folder))];

    private static IEnumerable<string> Visible(string[] paths) =>
        paths.Where(path => !Path.GetFileName(path).StartsWith('.')).Order(StringComparer.Ordinal);
}
