using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Backprop.Saving;

namespace Backprop.Cli.Networks;

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
            throw new InputException($"{File}: {ArgumentText.Of(error)}");
        }
    }
}
