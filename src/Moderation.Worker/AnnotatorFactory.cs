using System.Security.Cryptography;
using Moderation.Annotation;
using Moderation.Annotation.Learning;
using Moderation.Annotation.Results;
using Moderation.Annotation.Scorers;
using Moderation.Worker.Commands;
using Moderation.Worker.Models;
using Moderation.Worker.Options;

namespace Moderation.Worker;

/// <summary>The one place that finds a model and makes an annotator of it.</summary>
public static class AnnotatorFactory
{
    /// <summary>Has a bit of everything: a claim, a quotation, an attribution, a charged word.</summary>
    private static readonly Article Trial = new() { Id = "trial", Text = "The mayor slammed the audit on Monday.\n“It is wrong,” she said. The council has lost two million euros." };

    /// <param name="modelPath">The model file; null for the default one (<see cref="ModelLocation.FindDefault"/>).</param>
    /// <param name="profile">The profile whose thresholds decide what is sent.</param>
    /// <param name="allVoices">Whether words of quoted speakers are flagged too, each with its owner.</param>
    /// <param name="scorers">Scorers of the newsroom's own, to run beside it.</param>
    /// <exception cref="CommandFailedException">There is no such model, or it cannot be used; the message names the file.</exception>
    public static IAnnotator Load(string? modelPath, string profile, bool allVoices, IEnumerable<ScorerOptions> scorers)
    {
        try
        {
            var engine = Load(modelPath, profile, allVoices);
            OwnScorer[] own = [.. scorers.Select(static options => new OwnScorer(MLNetBackend.TextScorer(options), options.EffectiveName, options.Family, options.Label, options.Threshold, options.Severity))];
            return own.Length == 0 ? engine : new OwnScorersAnnotator(engine, own);
        }
        catch (ModelFileException exception)
        {
            throw new CommandFailedException(exception.Message, exception);
        }
    }

    /// <inheritdoc cref="Load(string?, string, bool, IEnumerable{ScorerOptions})"/>
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
            var annotator = MLNetBackend.Reads(model) ? MLNetBackend.Load(model, path, profile, allVoices) : Annotator.Load(model, path, profile, allVoices);
            annotator.Annotate(Trial);
            return annotator;
        }
        catch (ModelFileException exception)
        {
            throw Unusable(exception.Message, model, exception);
        }
        catch (Exception exception)
        {
            // A file can be whole and still be of no use, as one trained by a program that reads texts otherwise.
            throw Unusable($"{path} is a whole model file that this program cannot annotate with ({exception.Message.TrimEnd('.')}). Train it anew with this program, or use the program that made it.", model, exception);
        }
    }

    /// <summary>With the file's hash as sha256sum prints it, which tells which of several files this one is.</summary>
    private static CommandFailedException Unusable(string reason, byte[] model, Exception cause) =>
        new($"{reason} (The file has {model.Length} bytes and SHA-256 {Convert.ToHexStringLower(SHA256.HashData(model))}.)", cause);
}
