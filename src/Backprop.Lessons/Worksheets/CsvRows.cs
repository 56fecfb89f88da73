using System.Text;

namespace Backprop.Lessons.Worksheets;

/// <summary>Reads rows of cells; a cell in quotes may hold the separator, line ends and doubled quotes.</summary>
internal static class CsvRows
{
    /// <summary>The rows that are not empty, with the lines on which they begin, from 1.</summary>
    public static IReadOnlyList<(int Line, IReadOnlyList<string> Cells)> Read(string text, char separator)
    {
        var rows = new List<(int, IReadOnlyList<string>)>();
        var cells = new List<string>();
        var cell = new StringBuilder();
        bool quoted = false;
        int line = 1, begin = 1;
        for (int i = 0; i <= text.Length; i++)
        {
            char letter = i < text.Length ? text[i] : '\n';
            if (letter == '\n') line++;
            if (quoted && i < text.Length)
            {
                if (letter != '"') cell.Append(letter);
                else if (i + 1 < text.Length && text[i + 1] == '"') cell.Append(text[++i]);
                else quoted = false;
            }
            else if (letter == '"' && cell.Length == 0) quoted = true;
            else if (letter == separator) EndCell();
            else if (letter == '\n')
            {
                EndCell();
                if (cells.Exists(each => each.Length > 0)) rows.Add((begin, cells));
                (cells, begin) = ([], line);
            }
            else if (letter != '\r') cell.Append(letter);
        }
        return rows;

        void EndCell()
        {
            cells.Add(cell.ToString());
            cell.Clear();
        }
    }
}
