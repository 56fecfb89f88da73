namespace Backprop.Cli;

/// <summary>The command was interrupted, and something was written that it can go on from; the message says what.</summary>
internal sealed class InterruptedException(string message) : Exception(message);
