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

        throw new CommandFailedException($"the model {path} cannot be read: this build has no engine (profile {profile}, {(allVoices ? "all voices" : "the author's voice")}).");
    }
}
