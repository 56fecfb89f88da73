using System.Numerics;
using System.Text;
using Backprop.Explaining;

namespace Backprop.Cli.Explain;

/// <summary>What flows back through time as rows of the phase <c>through-time</c>.</summary>
internal static class ThroughTimeCsv
{
    private const string Phase = "through-time";

    public static void Write<T>(StringBuilder text, int step, ExplainedTime<T> time) where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (var network in time.Networks)
        {
            foreach (var state in network.States.Concat(network.Cells)) WriteState(text, step, network.Layer, state);
            foreach (var weight in network.Weights) WriteWeight(text, step, weight, time.Truncate);
            Number(text, step, "factor of one time step back", network.Layer, network.Flow.PerTimeStep);
            Number(text, step, "factor of the whole way back", network.Layer, network.Flow.Overall);
        }
    }

    private static void WriteState<T>(StringBuilder text, int step, string layer, StateGradient<T> state) where T : unmanaged, IFloatingPointIeee754<T>
    {
        string symbol = $"∂L/∂{state.Symbol}";
        foreach (var (name, values, norm) in new[]
        {
            (symbol, state.Total, state.TotalNorm), ($"{symbol} direct part", state.Direct, state.DirectNorm), ($"{symbol} from t + 1", state.FromNext, state.FromNextNorm),
        })
        {
            ExplainCsv.Write(text, step, Phase, name, layer, state.Shape, values);
            Number(text, step, $"norm of {name}", layer, norm);
        }
    }

    private static void WriteWeight<T>(StringBuilder text, int step, WeightThroughTime<T> weight, int? truncate) where T : unmanaged, IFloatingPointIeee754<T>
    {
        string symbol = $"∂L/∂{weight.Symbol}";
        foreach (var part in weight.Outside is { } outside ? [.. weight.Shares, outside] : weight.Shares)
        {
            string name = part.Time is { } t ? $"{symbol} of t = {t}" : $"{symbol} from elsewhere";
            ExplainCsv.Write(text, step, Phase, name, weight.Path, weight.Shape, part.Values);
            Number(text, step, $"norm of {name}", weight.Path, part.Norm);
            Number(text, step, $"share of {name}", weight.Path, part.Share);
        }
        if (weight.Truncated is { } truncated) Compared($"{symbol} cut after {truncate}", truncated);
        Compared($"{symbol} of the last time step only", weight.LastTimeStepOnly);

        void Compared(string name, ComparedGradient<T> compared)
        {
            ExplainCsv.Write(text, step, Phase, name, weight.Path, weight.Shape, compared.Values);
            Number(text, step, $"norm of {name}", weight.Path, compared.Norm);
            Number(text, step, $"cosine of {name}", weight.Path, compared.Cosine);
            Number(text, step, $"wrong signs of {name}", weight.Path, compared.WrongSigns);
        }
    }

    private static void Number(StringBuilder text, int step, string name, string path, double value) =>
        ExplainCsv.Write(text, step, Phase, name, path, [], [value]);
}
