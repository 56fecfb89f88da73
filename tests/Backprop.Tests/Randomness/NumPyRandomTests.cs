using System.Text.Json;
using Backprop.Randomness;

namespace Backprop.Tests.Randomness;

public class NumPyRandomTests
{
    // Cases of tools/golden/numpy_random.py: seeds 0, 1, 42, 2³² − 1, a short and a long list.
    [Theory]
    [InlineData(0), InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5)]
    public void Every_draw_is_NumPys_to_the_last_digit(int index)
    {
        using var golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "numpy-random.json")));
        JsonElement wanted = golden.RootElement[index], seed = wanted.GetProperty("seed");
        var random = seed.ValueKind == JsonValueKind.Number
            ? new NumPyRandom(seed.GetInt64())
            : new NumPyRandom(seed.EnumerateArray().Select(word => word.GetUInt32()).ToArray());

        foreach (var number in wanted.GetProperty("random").EnumerateArray()) Assert.Equal(number.GetDouble(), random.NextDouble());
        foreach (var number in wanted.GetProperty("randn").EnumerateArray()) Assert.Equal(number.GetDouble(), random.NextGaussian());
        (long Low, long High)[] bounds = [(0, 128), (0, 1), (-5, 6), (0, int.MaxValue), (0, 1L << 32), (0, (1L << 32) + 1), (-(1L << 62), 1L << 62), (3, 1000)];
        int k = 0;
        foreach (var (low, high) in bounds)
            for (int i = 0; i < 8; i++)
            {
                long drawn = i % 2 == 0 && high <= int.MaxValue ? random.Next((int)low, (int)high) : random.NextInt64(low, high);
                Assert.Equal(wanted.GetProperty("randint")[k++].GetInt64(), drawn);
            }
        Assert.Equal(wanted.GetProperty("randnAfterRandint").EnumerateArray().Select(number => number.GetDouble()), [random.NextGaussian(), random.NextGaussian()]);
        byte[] bytes = new byte[11];
        random.NextBytes(bytes);
        Assert.Equal(wanted.GetProperty("bytes").EnumerateArray().Select(number => number.GetByte()), bytes);
        Assert.Equal(wanted.GetProperty("permutation").EnumerateArray().Select(number => number.GetInt32()), random.Permutation(50));
        char[] letters = [.. "abcdefghij"];
        random.Permute<char>(letters);
        Assert.Equal(wanted.GetProperty("shuffle").EnumerateArray().Select(letter => letter.GetString()![0]), letters);
        Assert.Equal(wanted.GetProperty("last").GetDouble(), random.NextDouble());
    }

    [Fact]
    public void The_published_numbers_of_seed_0_and_1_come_out()
    {
        var zero = new NumPyRandom(0);
        double[] gaussians = [1.764052345967664, 0.4001572083672233, 0.9787379841057392, 2.240893199201458, 1.8675579901499675];
        Assert.Equal(gaussians, gaussians.Select(_ => zero.NextGaussian()));
        var one = new NumPyRandom(1);
        double[] uniforms = [0.417022004702574, 0.7203244934421581, 0.00011437481734488664];
        Assert.Equal(uniforms, uniforms.Select(_ => one.NextDouble()));
    }

    /// <summary>The numbers are those of NumPy 1.24 after <c>RandomState(7).randn(3)</c>.</summary>
    [Fact]
    public void The_state_is_NumPy_s_and_repeats_the_numbers_from_there()
    {
        var random = new NumPyRandom(7);
        for (int i = 0; i < 3; i++) random.NextGaussian();
        var state = random.State;
        Assert.Equal([2022286329, 1444425037, 2858264774], state.Key.Take(3));
        Assert.Equal((624, 4033246365, 12, 0.40751628299650783), (state.Key.Count, state.Key[^1], state.Position, state.Gaussian));
        Assert.Equal(624, new NumPyRandom(0).State.Position);

        double[] next = [random.NextGaussian(), random.NextDouble(), random.Next(100)];
        Assert.Equal((0.40751628299650783, 0.5011204636599379), (next[0], next[1]));
        var other = new NumPyRandom(1) { State = NumPyRandomState.Parse(state.ToString()) };
        double[] again = [other.NextGaussian(), other.NextDouble(), other.Next(100)];
        Assert.Equal(next, again);
    }

    [Fact]
    public void What_is_no_state_is_refused()
    {
        string text = new NumPyRandom(0).State.ToString();
        Assert.Equal(text, NumPyRandomState.Parse(text).ToString());
        string[] others =
        [
            "", "MT19937", text[..^1], text + " 1", text.Replace("624", "625", StringComparison.Ordinal), text.Replace(" - ", " x ", StringComparison.Ordinal),
            new SeededRandom(1).State.ToString(),
        ];
        foreach (string wrong in others)
            Assert.Throws<FormatException>(() => NumPyRandomState.Parse(wrong));
        Assert.Throws<ArgumentException>(() => new NumPyRandom(0) { State = new NumPyRandomState([1, 2], 0, null) });
    }

    [Fact]
    public void A_seed_that_NumPy_refuses_is_refused()
    {
        Assert.Contains("-1", Assert.Throws<ArgumentOutOfRangeException>(() => new NumPyRandom(-1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new NumPyRandom(1L << 32));
        Assert.Throws<ArgumentException>(() => new NumPyRandom([]));
    }
}
