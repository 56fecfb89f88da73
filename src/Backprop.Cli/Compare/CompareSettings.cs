using Backprop.Cli.Train;
using Backprop.Lessons.Comparison;

namespace Backprop.Cli.Compare;

/// <summary>The forms of a comparison.</summary>
internal enum CompareFormat
{
    Text,
    Json,
    Markdown,
}

/// <summary>What the user asked <c>backprop compare</c> for.</summary>
/// <param name="Reading">What to read and how; null takes digits that the program draws.</param>
/// <param name="Options">How the networks are made and trained.</param>
/// <param name="Format">The form of the result.</param>
internal sealed record CompareSettings(TrainSettings? Reading, ComparisonOptions Options, CompareFormat Format);
