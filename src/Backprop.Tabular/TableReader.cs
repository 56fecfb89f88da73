using System.Text;
using Backprop.Data;
using CsvHelper;

namespace Backprop.Tabular;

/// <summary>Reads rows of cells from CSV or TSV text.</summary>
internal static class TableReader
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static Table Read(Stream stream, string source, bool? header)
    {
        var records = ReadRecords(ReadText(stream, source), source);
        if (records.Count == 0) throw new DataException(source, "the file is empty; a table with at least one row is needed");
        return new Table(source, records, HeaderRule.Decide(records, header));
    }

    private static string ReadText(Stream stream, string source)
    {
        try
        {
            using var reader = new StreamReader(stream, Utf8, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
            string text = reader.ReadToEnd();
            if (!text.Contains('\0', StringComparison.Ordinal)) return text;
        }
        catch (DecoderFallbackException)
        {
            // Said below: a picture or an archive may fail on its zero bytes as well.
        }
        throw new DataException(source, "bytes that are no UTF-8 text; a CSV or TSV file saved as UTF-8 is needed");
    }

    private static List<Record> ReadRecords(string text, string source)
    {
        using var reader = CsvReader.FromText(text, new CsvReaderOptions
        {
            HasHeader = false,
            Separator = Path.GetExtension(source).ToUpperInvariant() is ".TSV" or ".TAB" ? '\t' : null,
            TrimWhitespace = true,
            TrackLineNumbers = true,
            PoolStrings = true,
            MalformedData = CsvMalformedDataHandling.Throw,
        });
        var records = new List<Record>();
        try
        {
            while (reader.Read()) records.Add(Take(reader, source, records));
        }
        catch (CsvFormatException error)
        {
            throw new DataException(
                source, "a quote inside a cell or one that does not end; \"…\" around the whole cell is needed, with \"\" for each quote in it",
                (int)error.LineNumber, error);
        }
        return records;
    }

    private static Record Take(CsvReader reader, string source, List<Record> earlier)
    {
        int line = (int)reader.LineNumber;
        if (earlier.Count > 0 && reader.FieldCount != earlier[0].Cells.Length)
            throw new DataException(
                source, $"{Wording.Count(reader.FieldCount, "cell")} found; {earlier[0].Cells.Length} needed, as in row {earlier[0].Line}", line);
        var cells = new string[reader.FieldCount];
        for (int i = 0; i < cells.Length; i++) cells[i] = reader.GetString(i);
        return new Record(line, cells);
    }
}
