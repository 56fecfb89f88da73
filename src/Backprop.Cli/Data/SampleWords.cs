using System.CommandLine;
using Backprop.Tabular;

namespace Backprop.Cli.Data;

/// <summary>Which samples a model is to meet.</summary>
/// <param name="Model">The model file.</param>
/// <param name="Data">The samples: a table, an IDX file, or a folder with some.</param>
/// <param name="Header">Whether the first row of a table names the columns; null as in training.</param>
/// <param name="Unknown">What happens to texts of a table that were not there in training; null as in training.</param>
internal sealed record SampleWords(string Model, string Data, bool? Header = null, UnknownPolicy? Unknown = null)
{
    /// <summary>The option of <see cref="Unknown"/>.</summary>
    public static Option<UnknownPolicy?> UnknownOption() => Value.Choice<UnknownPolicy>(
        "--unknown", "A text that its column did not hold in training is an error, or is read as none of its values. [default: as in training, else refuse]");
}
