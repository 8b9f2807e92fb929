using System.Security.Cryptography;
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
        byte[] model;
        try
        {
            model = File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"the model cannot be read: {exception.Message}", exception);
        }

        try
        {
            return Annotator.Load(model, path, profile, allVoices);
        }
        catch (ModelFileException exception)
        {
            // The file's hash, as sha256sum prints it, tells which of several files this one is.
            throw new CommandFailedException($"{exception.Message} (The file has {model.Length} bytes and SHA-256 {Convert.ToHexStringLower(SHA256.HashData(model))}.)", exception);
        }
    }
}
