using Moderation.Annotation;
using Moderation.Annotation.Learning;
using Moderation.Annotation.Results;
using Moderation.Worker.Commands;

namespace Moderation.Worker;

/// <summary>The one place that finds a model and makes an annotator of it.</summary>
public static class AnnotatorFactory
{
    /// <param name="modelPath">The model file; null for the default one (<see cref="ModelLocation.FindDefault"/>).</param>
    /// <param name="profile">The profile whose thresholds decide what is sent.</param>
    /// <param name="allVoices">Whether words of quoted speakers are flagged too, each with its owner.</param>
    /// <exception cref="CommandFailedException">There is no such model, or it cannot be used; the message names the file.</exception>
    public static IAnnotator Load(string? modelPath, string profile, bool allVoices)
    {
        var path = modelPath ?? ModelLocation.FindDefault() ?? throw new CommandFailedException(
            $"there is no model: put {ModelLocation.Name} into a folder \"models\" beside the program, name one with --model, or build one with \"moderation train\".");
        if (!File.Exists(path))
            throw new CommandFailedException($"there is no model at {path}: name another with --model, or build one with \"moderation train\".");
        try
        {
            return Annotator.Load(File.ReadAllBytes(path), path, profile, allVoices);
        }
        catch (Exception exception) when (exception is ModelFileException or IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(exception.Message);
        }
    }
}
