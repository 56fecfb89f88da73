namespace Backprop.Bench;

/// <summary>A suite says how much one call does; the columns GFLOP/s and GB/s follow from it.</summary>
public abstract class Suite
{
    /// <summary>Floating-point operations of one call; 0 where they say nothing.</summary>
    public abstract double Operations { get; }

    /// <summary>Bytes read and written by one call; 0 where they say nothing.</summary>
    public abstract double Bytes { get; }

    /// <summary>Numbers between −1 and 1.</summary>
    protected static float[] Numbers(int count, int seed)
    {
        var random = new Random(seed);
        var numbers = new float[count];
        for (int i = 0; i < count; i++) numbers[i] = random.NextSingle() * 2 - 1;
        return numbers;
    }
}
