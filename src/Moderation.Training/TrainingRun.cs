using Moderation.Annotation;
using Moderation.Annotation.Detection;
using Moderation.Annotation.Results;
using Moderation.Training.Ablations;
using Moderation.Training.Corpus;
using Moderation.Training.Learners;

namespace Moderation.Training;

/// <summary>Builds a model from the training data: the same data gives the same bytes.</summary>
public static class TrainingRun
{
    public const string ModelName = "moderation-news-en";

    /// <summary>File name of the default model.</summary>
    public const string ModelFileName = "moderation-news-en.model";

    /// <param name="dataFolder">Holds "articles", "lexicons" and "claims", and may hold "examples" and "plain".</param>
    /// <param name="progress">Is told each step as it begins.</param>
    /// <exception cref="CorpusFormatException">The training data break their format.</exception>
    public static ModelFile Train(string dataFolder, Action<string> progress) => Train(dataFolder, Ablation.None, progress);

    internal static ModelFile Train(string dataFolder, Ablation without, Action<string> progress)
    {
        progress("reading the training data");
        return Train(TrainingData.Read(dataFolder, without), new BuiltInSentenceLearner(), ModelName, without, progress).File;
    }

    /// <param name="learner">Learns the first pass; the other stages, which learn from what it says, are always the project's own.</param>
    /// <param name="name">The model's name, as results carry it.</param>
    /// <param name="progress">Is told each step as it begins.</param>
    public static TrainedModel Train(TrainingData data, ISentenceLearner learner, string name, Action<string> progress) => Train(data, learner, name, Ablation.None, progress);

    private static TrainedModel Train(TrainingData data, ISentenceLearner learner, string name, Ablation without, Action<string> progress)
    {
        var trainer = new DetectionTrainer(data.Articles, data.Examples, data.Plain, data.Claims, learner, without, progress);
        var (detection, firstPass) = trainer.Train();
        progress("thresholds");
        var unadjusted = new TrainedModel(new ModelFile(name, Annotator.ProgramVersion, data.WordLists, detection, [new Profile(Profile.Default, 0.0, 1.0)]), firstPass) { FirstPassTime = trainer.FirstPassTime };
        return unadjusted with { File = unadjusted.File with { Profiles = ProfileFitter.Fit(unadjusted, [.. data.Labelled(Part.Validation)]) } };
    }

    /// <summary>Writes the model into a file of its own and moves it into place.</summary>
    public static void Save(ModelFile model, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var temporary = path + ".tmp";
        File.WriteAllBytes(temporary, model.ToBytes());
        File.Move(temporary, path, overwrite: true);
    }
}
