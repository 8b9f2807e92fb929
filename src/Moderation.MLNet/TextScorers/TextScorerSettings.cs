namespace Moderation.MLNet.TextScorers;

/// <summary>Where an ML.NET text classifier lies, and which of its columns matter.</summary>
/// <param name="Path">The zip that ML.NET saved.</param>
/// <param name="InputColumn">The column that takes the text.</param>
/// <param name="ScoreColumn">The column that the answer is read from: a probability, or a vector with one for each class.</param>
/// <param name="Class">Where the column is a vector: the class that is looked for, by name, or by number from 0.</param>
public sealed record TextScorerSettings(string Path, string InputColumn = "Text", string ScoreColumn = "Probability", string? Class = null);
