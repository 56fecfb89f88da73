using System.Globalization;
using System.Text;

namespace Backprop.Cli.Tests;

/// <summary>Tables made by formula.</summary>
internal static class Flowers
{
    /// <summary>Sixty rows of three kinds that two numbers and a colour tell apart; as spreadsheets save it, with a byte order mark and CRLF.</summary>
    public static string Write(TemporaryFolder folder, string name = "Blüten daten.csv") => folder.Write(name, [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(Text())]);

    public static string Text() => "length,width,colour,kind\r\n" + string.Concat(Enumerable.Range(0, 60).Select(Row));

    /// <summary>Forty rows of x, 2x + 100 and a text.</summary>
    public static string Line(TemporaryFolder folder) =>
        Write(folder, "line.csv", "x,y\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{Number(i / 4.0)},{Number(i / 2.0 + 100)}\n")));

    public static string Write(TemporaryFolder folder, string name, string text) => folder.Write(name, Encoding.UTF8.GetBytes(text));

    private static string Row(int i)
    {
        int kind = i % 3;
        double away = 0.1 * (i % 7) - 0.3;
        return $"{Number(kind + away)},{Number(2 - kind + away)},{(kind == 0 ? "weiß" : "rot")},{"ABC"[kind]}\r\n";
    }

    private static string Number(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
