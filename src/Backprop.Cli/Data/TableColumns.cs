using System.Globalization;
using Backprop.Cli.Train;
using Backprop.Tabular;

namespace Backprop.Cli.Data;

/// <summary>What the options about columns come to on a table, and how it is said.</summary>
internal static class TableColumns
{
    /// <summary>The rules that the options ask for.</summary>
    /// <exception cref="InputException">An option names the target, or a column twice.</exception>
    public static TableRules Rules(TrainSettings settings, Table table, TableColumn target)
    {
        string[] ignored = [.. settings.Ignore.Select(name => Other(table.Column(name), $"--ignore {name}").Name)];
        var embedded = new Dictionary<string, int?>();
        foreach (string words in settings.Embed)
        {
            var (column, size) = Sized(table, words);
            string option = $"--embed {words}";
            if (ignored.Contains(Other(column, option).Name)) throw new InputException($"{option}: the column is left out by --ignore; leave one of the two out");
            if (!embedded.TryAdd(column.Name, size)) throw new InputException($"{option}: the column is embedded already; give it once");
        }
        return new TableRules { Ignored = ignored, Embedded = embedded, Missing = settings.Missing, Unknown = settings.Unknown ?? UnknownPolicy.Refuse };

        TableColumn Other(TableColumn column, string option) => column.Index != target.Index ? column
            : throw new InputException($"{option}: the column is the --target; leave one of the two out");
    }

    /// <summary>Says what becomes of the columns.</summary>
    /// <param name="train">The rows that train.</param>
    /// <param name="schema">What was fitted on them.</param>
    /// <param name="terminal">Where to say it.</param>
    public static void Say(Table train, TableSchema schema, Terminal terminal)
    {
        foreach (var feature in schema.Features.Where(feature => feature.Values is not null))
            terminal.Note($"{train.Columns[feature.Index].Title}: {(feature.Embedding is { } size ? Vectors(train, feature, size) : $"text, one input for each of {Wording.List(feature.ValueNames)}")}");
        var used = schema.Features.Select(feature => feature.Index).Append(schema.TargetIndex).ToHashSet();
        string[] left = [.. train.Columns.Where(column => !used.Contains(column.Index)).Select(column => column.Name)];
        if (left.Length > 0) terminal.Note($"left out: {Wording.List(left)}");
    }

    /// <summary>Says which cells were not taken as they stand.</summary>
    /// <param name="inputs">What was read.</param>
    /// <param name="where">Of which rows: <c> of the test part</c>.</param>
    /// <param name="terminal">Where to say it.</param>
    public static void Say(TableInputs inputs, string where, Terminal terminal)
    {
        if (inputs.Filled > 0)
            terminal.Note($"missing: {Wording.Count(inputs.Filled, "value")}{where} filled, numbers by the median of the training part, texts as (missing)");
        if (inputs.Unknown.Count > 0)
            terminal.Note($"unknown: {Wording.Count(inputs.Unknown.Count, "text")}{where} that did not train, read as none of the values: {Wording.List(inputs.Unknown)}");
    }

    private static string Vectors(Table train, Feature feature, int size)
    {
        int alone = train.Columns[feature.Index].Cells.CountBy(cell => cell).Count(count => count.Value == 1);
        string single = alone > 0 ? $", {alone} of them in one row only" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{Wording.Count(feature.Values!.Count, "value")}{single}, each a learnt vector of {Wording.Count(size, "number")}");
    }

    /// <summary>A column's own name may have an equals sign.</summary>
    private static (TableColumn Column, int? Size) Sized(Table table, string words)
    {
        int equals = words.LastIndexOf('=');
        if (equals < 0 || table.Find(words) is not null) return (table.Column(words), null);
        return int.TryParse(words.AsSpan(equals + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int size) && size > 0
            ? (table.Column(words[..equals]), size)
            : throw new InputException($"--embed {words}: '{words[(equals + 1)..]}' came for the length of the vectors; a whole number from 1 on is needed");
    }
}
