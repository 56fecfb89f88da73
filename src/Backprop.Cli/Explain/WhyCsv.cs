using System.Globalization;
using System.Numerics;
using System.Text;
using Backprop.Explaining;

namespace Backprop.Cli.Explain;

/// <summary>Gradients taken apart with a row per term, however many.</summary>
internal static class WhyCsv
{
    public static string Of<T>(Explanation<T> explanation) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var text = new StringBuilder("step,entry,label,from,sample,time,local,localValue,incoming,incomingValue,term,share,reason,why\n");
        foreach (var step in explanation.Shown)
            foreach (var why in step.Whys)
                foreach (var term in why.Anatomy.Terms) Write(text, step.Number, why.Anatomy, term);
        return text.ToString();
    }

    private static void Write<T>(StringBuilder text, int step, GradientAnatomy<T> anatomy, AnatomyTerm<T> term) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var local = term.Factors.Where(factor => factor != term.Incoming).ToList();
        string[] fields =
        [
            Whole(step), Text(anatomy.Path), Text(anatomy.Label), Text(term.From), Whole(term.Sample), Whole(term.Time),
            Text(string.Join(" × ", local.Select(factor => factor.Symbol))),
            local.Count > 0 ? Number(local.Aggregate(T.One, (product, factor) => product * factor.Value)) : "",
            Text(term.Incoming?.Symbol ?? ""), term.Incoming is { } incoming ? Number(incoming.Value) : "",
            Number(term.Value), Number(anatomy.ShareOf(term.Value)), Text(term.Reason), Text(term.Incoming?.Path ?? ""),
        ];
        text.AppendJoin(',', fields).Append('\n');

        static string Text(string field) => ExplainCsv.Field(field);

        static string Whole(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

        static string Number(T value) => value.ToString(null, CultureInfo.InvariantCulture);
    }
}
