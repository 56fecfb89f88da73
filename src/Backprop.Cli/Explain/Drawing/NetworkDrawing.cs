using System.Numerics;

namespace Backprop.Cli.Explain.Drawing;

/// <summary>A picture of a network with its numbers: units and weighted lines, pictures with the field of the kernel, recurrent networks
/// unrolled over time.</summary>
internal static class NetworkDrawing
{
    private const double TitleHeight = 14, TitleRoom = 18;

    /// <summary>The picture as an SVG element.</summary>
    /// <param name="snapshot">The network and its numbers.</param>
    /// <param name="description">The same in words, for who cannot see it.</param>
    /// <param name="address">Where a number leads to, by its path; null where it leads nowhere.</param>
    public static string Of<T>(NetworkSnapshot<T> snapshot, string description, Func<string, string?> address)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var stages = StageList<T>.Of(snapshot);
        var svg = new SvgPicture(address);
        double x = 0, axis = stages.Max(stage => stage.Stage.Above + stage.Stage.Titles.Count * TitleHeight) + TitleRoom;
        var places = new List<double>();
        foreach (var (stage, _) in stages)
        {
            if (places.Count > 0) x += stage.Gap;
            places.Add(x);
            x += stage.Width;
        }
        // Lines first: units and pictures lie above them.
        for (int i = 1; i < stages.Count; i++)
            if (stages[i].Connection is { } connection and not WindowConnection)
                connection.Draw(svg, places[i - 1] + stages[i - 1].Stage.Width, places[i], axis);
        for (int i = 0; i < stages.Count; i++)
        {
            var stage = stages[i].Stage;
            stage.Draw(svg, places[i], axis);
            for (int line = 0; line < stage.Titles.Count; line++)
                svg.Text(
                    places[i] + stage.Width / 2, axis - stage.Above - 10 - (stage.Titles.Count - 1 - line) * TitleHeight, stage.Titles[line],
                    line == 0 ? "name" : "note");
        }
        for (int i = 1; i < stages.Count; i++)
            if (stages[i].Connection is WindowConnection window)
                window.Draw(svg, places[i - 1] + stages[i - 1].Stage.Width, places[i], axis);
        string name = snapshot.Network.Name.Length > 0 ? snapshot.Network.Name : "the network";
        return svg.ToElement($"A picture of {name}", description);
    }
}
