using System.Text;
using Backprop.Data;

namespace Backprop.Tabular.Tests;

/// <summary>Tables from text, without a file.</summary>
internal static class Text
{
    public static Table Table(string text, bool? header = null, string source = "data.csv") =>
        Tabular.Table.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), source, header);

    public static string Refusal(string text, bool? header = null, string source = "data.csv") =>
        Assert.Throws<DataException>(() => Table(text, header, source)).Message;

    public static string Refusal(Func<object?> action) => Assert.Throws<DataException>(action).Message;

    public static string Cells(Table table) => string.Join(" | ", table.Columns.Select(column => string.Join(" ", column.Cells.Prepend(column.Name + ":"))));
}
