using System.Security.Cryptography;
using System.Text;
using Backprop.Saving;

namespace Backprop.Cli.Networks;

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
