using System.Numerics;
using System.Text;
using Backprop.Explaining;

namespace Backprop.Cli.Explain;

/// <summary>Gradients taken apart as plain text.</summary>
internal static class WhyText
{
    private const int Width = 80;
    private const string Margin = "   ", GoOn = "go on with", Option = "--why";

    public static string Of<T>(Explanation<T> explanation, int digits) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var text = new StringBuilder();
        bool titled = explanation.Shown is not [{ Number: 1 }];
        foreach (var step in explanation.Shown)
        {
            if (text.Length > 0) text.Append('\n');
            if (titled) text.Append(ExplainText.Title(step, digits)).Append("\n\n");
            text.AppendJoin('\n', step.Whys.Select(why => Of(why, digits)));
        }
        return text.ToString();
    }

    private static string Of<T>(ExplainedWhy<T> why, int digits) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var text = new StringBuilder(AnatomyText.Of(why.Anatomy, digits));
        if (why.Update is not null || AnatomyText.GoOn(why.Anatomy).Count > 0) text.Append('\n');
        if (Update(why, digits) is { } update) text.Append(Margin).Append("update".PadRight(GoOn.Length)).Append("  ").Append(update).Append('\n');
        string line = $"{Margin}{GoOn}  {Option}";
        int begin = line.Length;
        foreach (string path in AnatomyText.GoOn(why.Anatomy))
        {
            if (line.Length > begin && line.Length + 2 + path.Length > Width)
            {
                text.Append(line).Append('\n');
                line = new string(' ', begin);
            }
            line += $"  {path}";
        }
        return (line.Length > begin ? text.Append(line).Append('\n') : text).ToString();
    }

    /// <summary>The update of the entry: <c>K[0,1] = −0.1 − 0.1·(−0.00256630) = −0.0997434</c>.</summary>
    public static string? Update<T>(ExplainedWhy<T> why, int digits) where T : unmanaged, IFloatingPointIeee754<T> =>
        why.Update is { } update ? $"{update.Name} = {update.Numbers} = {NumberText.Of(update.After, digits)}" : null;
}
