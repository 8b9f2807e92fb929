using Moderation.Annotation;
using Moderation.Annotation.Learning;
using Moderation.Annotation.Scorers;
using Moderation.Training;
using Moderation.Training.Learners;
using Moderation.Worker.Commands;
using Moderation.Worker.Options;
#if MICROSOFT_ML
using Moderation.MLNet.Models;
using Moderation.MLNet.TextScorers;
using Moderation.MLNet.Training;
#endif

namespace Moderation.Worker.Models;

/// <summary>The one place that knows whether this program was built with Microsoft.ML (<c>UseMicrosoftML=true</c>), and what it does with it.</summary>
internal static class MLNetBackend
{
    public const string Missing =
        "this program was built without Microsoft.ML. Where a package source has it, build with it: \"dotnet build src/Moderation.Worker -p:UseMicrosoftML=true\", or set UseMicrosoftML=true in the environment of ./moderation.";

    /// <summary>Every trainer there is, in this build or not.</summary>
    public static readonly string[] TrainerNames = ["sdca", "lbfgs", "perceptron", "fasttree", "lightgbm"];

    /// <summary>Whether a model file is for this backend, by its first bytes: those of a zip.</summary>
    public static bool Reads(ReadOnlySpan<byte> file) => file.StartsWith("PK\x03\x04"u8);

#if MICROSOFT_ML
    public const bool IsAvailable = true;

    /// <summary>The trainers in this build.</summary>
    public static IReadOnlyList<string> AvailableTrainers { get; } = [.. Trainers.Available.Select(trainer => trainer.Name())];

    /// <exception cref="ModelFileException">The bytes are no model of this kind.</exception>
    public static Annotator Load(byte[] file, string name) => MLNetModelFile.Load(file, name);

    /// <exception cref="CommandFailedException">This build lacks the trainer.</exception>
    public static ISentenceLearner Learner(string trainer) => AvailableTrainers.Contains(trainer)
        ? new MLNetLearner(Trainers.Available.Single(available => available.Name() == trainer))
        : throw new CommandFailedException($"this program was built without the trainer {trainer}; it has {string.Join(", ", AvailableTrainers)}. Its package is asked for with UseFastTree=true or UseLightGbm=true beside UseMicrosoftML=true.");

    public static void Save(TrainedModel trained, string path) => MLNetModelFile.Save(trained, path);

    /// <exception cref="ModelFileException">The scorer's file cannot be used as the settings say.</exception>
    public static ITextScorer TextScorer(ScorerOptions options) =>
        MLNetTextScorer.Load(new TextScorerSettings(options.Path, options.InputColumn, options.ScoreColumn, options.Class));
#else
    public const bool IsAvailable = false;

    public static IReadOnlyList<string> AvailableTrainers { get; } = [];

    public static Annotator Load(byte[] file, string name) =>
        throw new ModelFileException($"{name} is a zip, as ML.NET writes its models, and {Missing}");

    public static ISentenceLearner Learner(string trainer) => throw new CommandFailedException(Missing);

    public static void Save(TrainedModel trained, string path) => throw new CommandFailedException(Missing);

    public static ITextScorer TextScorer(ScorerOptions options) => throw new ModelFileException(Missing);
#endif
}
