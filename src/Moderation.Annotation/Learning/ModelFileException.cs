namespace Moderation.Annotation.Learning;

/// <summary>A model file is missing, damaged, or of a version that this program does not read; the message names the file and what to do.</summary>
public sealed class ModelFileException(string message, Exception? inner = null) : Exception(message, inner);
