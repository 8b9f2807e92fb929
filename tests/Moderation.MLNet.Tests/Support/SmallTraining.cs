using System.Collections.Concurrent;
using Moderation.MLNet.Training;
using Moderation.Tests;
using Moderation.Training;
using Moderation.Training.Corpus;
using Moderation.Training.Tests;

namespace Moderation.MLNet.Tests.Support;

/// <summary>Models trained on a small part of the training data, each once for all tests.</summary>
public sealed class SmallTraining : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentDictionary<Trainer, Lazy<TrainedModel>> _models = new();
    private readonly Lock _training = new();

    public SmallTraining()
    {
        foreach (var path in Directory.EnumerateFiles(Path.Combine(RepositoryFiles.TrainingData, "lexicons"), "*.tsv"))
            _folder.Write(Path.Combine("lexicons", Path.GetFileName(path)), string.Join('\n', File.ReadLines(path).Take(300)) + "\n");
        _folder.Write("claims/few.tsv", "label\tsentence\n" + string.Concat(Enumerable.Range(0, 12).Select(i => $"Yes\tThe council spent {i} million in 2019.\nNo\tI am glad to be here on day {i}.\n")));
        foreach (var path in Smallest(Part.Train, 24).Concat(Smallest(Part.Validation, 12)))
            _folder.Write(Path.Combine("articles", Path.GetFileName(path)), File.ReadAllText(path));
        Data = TrainingData.Read(_folder.Path);
    }

    public TrainingData Data { get; }

    public TrainedModel Of(Trainer trainer) => _models.GetOrAdd(trainer, which => new Lazy<TrainedModel>(() => TrainAgain(which))).Value;

    public TrainedModel TrainAgain(Trainer trainer)
    {
        // The data remember what the stages said of them: one training at a time.
        lock (_training)
            return TrainingRun.Train(Data, new MLNetLearner(trainer), $"small-{trainer.Name()}", _ => { });
    }

    public void Dispose() => _folder.Dispose();

    private static IEnumerable<string> Smallest(Part part, int count) =>
        Directory.EnumerateFiles(RepositoryFiles.Articles, "*.txt", SearchOption.AllDirectories)
            .Where(path => Split.Of(Path.GetFileNameWithoutExtension(path)) == part)
            .OrderBy(path => new FileInfo(path).Length)
            .ThenBy(path => path, StringComparer.Ordinal)
            .Take(count);
}

[CollectionDefinition(nameof(SmallTraining))]
public sealed class SmallTrainingCollection : ICollectionFixture<SmallTraining>;
