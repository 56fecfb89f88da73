using Backprop.Data;
using Backprop.Saving;
using Backprop.Tensors;
using static Backprop.Nn<float>;

namespace Backprop.Tests.Saving;

public class FingerprintTests
{
    private static string Of(string name, Shape shape, params float[] values) => Fingerprint.Of(new ParameterList<float>([(name, Parameter(shape, values))]));

    [Fact]
    public void It_is_equal_for_equal_bits_alone()
    {
        string first = Of("w", [2], 1, 0);
        Assert.Matches("^[0-9a-f]{64}$", first);
        Assert.Equal(first, Of("w", [2], 1, 0));
        string[] others = [Of("v", [2], 1, 0), Of("w", [1, 2], 1, 0), Of("w", [2], 1, -0f), Of("w", [2], 0, 1), Of("w", [1], 1)];
        Assert.Equal(6, others.Append(first).Distinct().Count());
    }

    [Fact]
    public void That_of_data_covers_inputs_targets_and_names()
    {
        DataSet<float>[] data =
        [
            new(Tensor([2, 1], 1, 2), Tensor([2, 1], 3, 4)), new(Tensor([2, 1], 1, 2), Tensor([2, 1], 3, 5)), new(Tensor([2, 1], 1, 3), Tensor([2, 1], 3, 4)),
            new(Tensor([2, 1], 1, 2), new Indices([2], 0, 1)), new(Tensor([2, 1], 1, 2), new Indices([2], 1, 0)),
            new(Tensor([2, 1], 1, 2), new Indices([2], 0, 1), ["a", "b"]), new(Tensor([2, 1], 1, 2), new Indices([2], 0, 1), ["ab", ""]),
        ];
        Assert.Equal(data.Length, data.Select(Fingerprint.Of).Distinct().Count());
        Assert.Equal(Fingerprint.Of(data[0]), Fingerprint.Of(data[0].Select(0, 1)));
    }

    /// <summary>sha256 of: 1, "w", rank 1, 2, and the bytes of 1 and 0, each whole number in four bytes, little-endian.</summary>
    [Fact]
    public void It_can_be_computed_by_hand()
    {
        byte[] bytes = [1, 0, 0, 0, (byte)'w', 1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0x80, 0x3F, 0, 0, 0, 0];
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), Of("w", [2], 1, 0));
    }
}
