using System.Globalization;
using Backprop.Data;

namespace Backprop.Saving;

/// <summary>A format's name and newest version, as they stand in a file's metadata: <c>backprop-model/1</c>.</summary>
/// <param name="Name">The name.</param>
/// <param name="Version">The newest version that is read here.</param>
/// <param name="What">What such a file is, for messages.</param>
internal sealed record SavedFormat(string Name, int Version, string What)
{
    public const string Key = "format";

    public static readonly SavedFormat Model = new("backprop-model", 1, "model"), Checkpoint = new("backprop-checkpoint", 1, "checkpoint");

    /// <inheritdoc/>
    public override string ToString() => $"{Name}/{Version}";

    /// <summary>Reads a file of this format, and refuses another one, a damaged one, and one of a newer version.</summary>
    /// <exception cref="DataException">It is none of these.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public Safetensors Load(string file)
    {
        var content = Safetensors.Load(file);
        Check(content, file);
        return content;
    }

    /// <summary>Whether the content is of this format in a version that is not known here.</summary>
    public bool IsNewer(Safetensors content) => VersionIfAny(content) > Version;

    /// <summary>Refuses another format, a damaged file, and a newer version.</summary>
    /// <exception cref="DataException">It is none of these.</exception>
    public void Check(Safetensors content, string file)
    {
        if (VersionOf(content, file) > Version)
            throw new DataException(
                file, $"its format is {content.Metadata[Key]}, this version of Backprop reads up to {this}; a newer Backprop is needed");
        if (content.ChecksumHolds != true)
            throw new DataException(
                file, content.ChecksumHolds is null ? "its checksum is missing: it is damaged, or was changed by another program"
                    : "its checksum does not agree with its content: it is damaged, or was changed by another program");
    }

    private int VersionOf(Safetensors content, string file)
    {
        if (!content.Metadata.TryGetValue(Key, out string? format))
            throw new DataException(file, $"it is a safetensors file, but no {What} of Backprop: its metadata has no format, {this} is needed");
        return VersionIfAny(content) ?? throw new DataException(file, $"its format is '{format}', {this} is needed");
    }

    private int? VersionIfAny(Safetensors content) =>
        content.Metadata.TryGetValue(Key, out string? format) && format.StartsWith($"{Name}/", StringComparison.Ordinal)
        && int.TryParse(format.AsSpan(Name.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int version) && version >= 1
            ? version : null;
}
