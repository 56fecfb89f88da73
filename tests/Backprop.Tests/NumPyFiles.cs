using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Backprop.Tests;

/// <summary>NumPy's files, byte by byte.</summary>
internal static class NumPyFiles
{
    /// <summary>Writes an archive in the place of what stands there, and gives its path.</summary>
    public static string Npz(string file, params (string Name, byte[] Array)[] arrays)
    {
        File.Delete(file);
        using var archive = ZipFile.Open(file, ZipArchiveMode.Create);
        foreach (var (name, array) in arrays)
        {
            using var entry = archive.CreateEntry(name + ".npy").Open();
            entry.Write(array);
        }
        return file;
    }

    /// <summary>An array of bytes that count from 0.</summary>
    public static byte[] Bytes(params int[] shape) => Array("|u1", shape, Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(i => new[] { (byte)i }));

    /// <summary>An array [N] of whole numbers.</summary>
    public static byte[] Whole(params long[] values) => Array("<i8", [values.Length], values.Select(BitConverter.GetBytes));

    public static byte[] Fractions(int[] shape, params float[] values) => Array("<f4", shape, values.Select(BitConverter.GetBytes));

    public static byte[] Array(string kind, int[] shape, IEnumerable<byte[]> values)
    {
        string sizes = string.Concat(shape.Select(size => size.ToString(CultureInfo.InvariantCulture) + ", "));
        string header = $"{{'descr': '{kind}', 'fortran_order': False, 'shape': ({sizes}), }}\n";
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, (byte)(header.Length >> 8), .. Encoding.ASCII.GetBytes(header), .. values.SelectMany(value => value)];
    }
}
