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
    /// <param name="profile">Whose thresholds decide what is sent: a profile of the model, or a file that "moderation calibrate" wrote.</param>
    /// <param name="allVoices">Whether words of quoted speakers are flagged too, each with its owner.</param>
    /// <exception cref="CommandFailedException">There is no such model or profile, or it cannot be used; the message names the file.</exception>
    public static Annotator Load(string? modelPath, string profile, bool allVoices) => WithProfile(LoadModel(modelPath), profile, allVoices);

    /// <summary>An annotator that chooses the profile by an article's outlet.</summary>
    /// <param name="profile">For articles of other outlets, and of none.</param>
    /// <param name="outletProfiles">Profiles by outlet.</param>
    /// <param name="scorers">Scorers of the newsroom's own, to run beside the engine.</param>
    /// <exception cref="CommandFailedException">There is no such model, profile or scorer; all profiles that are missing are named at once.</exception>
    internal static OutletAnnotator LoadForOutlets(string? modelPath, string profile, IReadOnlyDictionary<string, string> outletProfiles, IEnumerable<ScorerOptions>? scorers = null)
    {
        var model = LoadModel(modelPath);
        OwnScorer[] beside = [.. (scorers ?? []).Select(LoadScorer)];
        List<string> errors = [], strangers = [];
        var usual = Resolve("Moderation:Profile", profile) ?? model;
        var byOutlet = new Dictionary<string, IAnnotator>(StringComparer.OrdinalIgnoreCase);
        foreach (var (outlet, name) in outletProfiles.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (Resolve($"Moderation:OutletProfiles:{outlet}", name) is { } own)
                byOutlet[outlet.Trim()] = own;
        }

        return errors.Count == 0 ? new OutletAnnotator(usual, byOutlet, [.. strangers.Distinct()]) : throw new CommandFailedException(string.Join("\nerror: ", errors));

        IAnnotator? Resolve(string setting, string name)
        {
            try
            {
                if (ProfileFile.IsFileName(name) && ProfileFile.Read(name).ModelSha256 is { } calibratedWith && calibratedWith != model.Engine.Model.Sha256)
                    strangers.Add(name);
                var engine = WithProfile(model, name, allVoices: false);
                return beside.Length == 0 ? engine : new OwnScorersAnnotator(engine, beside);
            }
            catch (Exception exception) when (exception is CommandFailedException or InvalidDataException)
            {
                errors.Add($"{setting}: {exception.Message}");
                return null;
            }
        }
    }

    private static Annotator WithProfile(Annotator model, string name, bool allVoices)
    {
        Profile? profile;
        try
        {
            profile = ProfileFile.IsFileName(name) ? ProfileFile.Read(name).ToProfile() : model.Profiles.FirstOrDefault(one => one.Name == name);
        }
        catch (InvalidDataException exception)
        {
            throw new CommandFailedException(exception.Message, exception);
        }

        return profile is not null ? model.With(profile with { AllVoices = allVoices }) : throw new CommandFailedException(
            $"the model has no profile '{name}'; it has {string.Join(", ", model.Profiles.Select(one => one.Name))}. A profile of your own is named by its file, which ends in .json.");
    }

    private static OwnScorer LoadScorer(ScorerOptions options)
    {
        try
        {
            return new OwnScorer(MLNetBackend.TextScorer(options), options.EffectiveName, options.Family, options.Label, options.Threshold, options.Severity);
        }
        catch (ModelFileException exception)
        {
            throw new CommandFailedException(exception.Message, exception);
        }
    }

    private static Annotator LoadModel(string? modelPath)
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
            var annotator = MLNetBackend.Reads(model) ? MLNetBackend.Load(model, path) : Annotator.Load(model, path);
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
