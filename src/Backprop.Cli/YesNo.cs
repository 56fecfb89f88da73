namespace Backprop.Cli;

/// <summary>An answer on the command line; without it a rule decides.</summary>
internal enum YesNo
{
    Yes,
    No,
}
