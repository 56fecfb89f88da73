using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Backprop.Saving;

namespace Backprop.Cli.Networks;

/// <summary>A network that was found, to be built in float or double, as often as it is needed.</summary>
internal abstract class OpenedNetwork
{
    /// <summary>What it is called in messages.</summary>
    public required string File { get; init; }

    /// <summary>Whether its numbers are float.</summary>
    public required bool IsSinglePrecision { get; init; }

    /// <summary>A SHA-256, in hexadecimal digits, that tells it with its data from every other.</summary>
    public required string Identity { get; init; }

    /// <summary>Builds it: a new one each time.</summary>
    /// <exception cref="Data.DataException">What the file says does not fit.</exception>
    public abstract NetworkFile<T> Build<T>() where T : unmanaged, IFloatingPointIeee754<T>;
}

/// <summary>A network file.</summary>
internal sealed class OpenedFile(string text) : OpenedNetwork
{
    public static OpenedFile Of(string text, string file) => new(text)
    {
        File = file,
        IsSinglePrecision = NetworkFile.IsSinglePrecision(text, file),
        Identity = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))),
    };

    public override NetworkFile<T> Build<T>() => NetworkFile<T>.Parse(text, File);
}

/// <summary>A saved model, with samples that it has not brought along.</summary>
internal sealed class OpenedModel(ModelSamples samples) : OpenedNetwork
{
    public static OpenedModel Of(string file, NetworkWords words, Terminal terminal)
    {
        var samples = ModelSamples.Read(file, words, terminal);
        byte[] numbers = [.. MemoryMarshal.AsBytes(samples.Inputs.Values), .. MemoryMarshal.AsBytes<double>(samples.Targets)];
        string text = string.Create(CultureInfo.InvariantCulture, $"{samples.Checksum} {samples.Inputs.Shape} {Convert.ToHexStringLower(numbers)}");
        return new OpenedModel(samples)
        {
            File = file,
            IsSinglePrecision = Safetensors.Load(file) is var content && content.Names.All(name => content[name].Type != "F64"),
            Identity = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))),
        };
    }

    public override NetworkFile<T> Build<T>()
    {
        var saved = SavedModel<T>.Load(File, unrolled: true);
        try
        {
            return new NetworkFile<T>(saved, samples.Of<T>(), Path.GetFileNameWithoutExtension(File));
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            throw new InputException($"{File}: {error.Message}");
        }
    }
}
