namespace Backprop.Cli;

/// <summary>The user gave something that cannot be used; the message is one line that says what came and what is needed.</summary>
internal sealed class InputException(string message) : Exception(message);
