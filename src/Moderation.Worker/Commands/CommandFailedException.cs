namespace Moderation.Worker.Commands;

/// <summary>A failure that its message explains to the person at the terminal; no stack trace is shown.</summary>
public sealed class CommandFailedException(string message, Exception? cause = null) : Exception(message, cause);
