using Backprop.Tensors;

namespace Backprop.Explaining;

/// <summary>What one step of a tape costs.</summary>
/// <param name="Name">The operation's name.</param>
/// <param name="Parameter">The path of the first parameter that it reads; empty if it reads none.</param>
/// <param name="Output">The shape of what it computes.</param>
/// <param name="Forward">The time of one forward run.</param>
/// <param name="Backward">The time of one backward run; zero where no gradient flows.</param>
/// <param name="ForwardBytes">The bytes of all that forward reads, remembers and writes, each tensor counted once.</param>
/// <param name="BackwardBytes">The same of backward, with the gradients.</param>
/// <param name="ForwardMultiplyAdds">The multiply-adds of one forward run; 0 for what is not a product.</param>
/// <param name="BackwardMultiplyAdds">The same of backward: a product has as many again for each of its two factors that a gradient is wanted for.</param>
public sealed record ProfiledStep(
    string Name, string Parameter, Shape Output, TimeSpan Forward, TimeSpan Backward, long ForwardBytes, long BackwardBytes,
    long ForwardMultiplyAdds, long BackwardMultiplyAdds)
{
    /// <summary>The time of both ways.</summary>
    public TimeSpan Time => Forward + Backward;

    /// <summary>The bytes of both ways.</summary>
    public long Bytes => ForwardBytes + BackwardBytes;

    /// <summary>10⁹ floating-point operations per second over both ways, where a multiply-add is two; 0 for what is not a product.</summary>
    public double GigaflopsPerSecond => Time > TimeSpan.Zero ? 2 * (ForwardMultiplyAdds + BackwardMultiplyAdds) / Time.TotalSeconds / 1e9 : 0;
}
