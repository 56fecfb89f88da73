using System.CommandLine;

namespace Backprop.Cli.Train;

/// <summary>Options that belong together: they stand side by side in the help, and go into the settings together.</summary>
internal interface IOptionGroup
{
    /// <summary>The settings with what was given of these options.</summary>
    /// <exception cref="InputException">An option does not go with another one.</exception>
    TrainSettings Apply(ParseResult parsed, TrainSettings settings);
}
