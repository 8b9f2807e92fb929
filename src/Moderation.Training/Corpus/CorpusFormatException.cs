namespace Moderation.Training.Corpus;

/// <summary>A labelled file breaks the format of the guidelines; the message names file, line and remedy.</summary>
public sealed class CorpusFormatException(string message) : Exception(message);
