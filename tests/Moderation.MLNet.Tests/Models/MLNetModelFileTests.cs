using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.ML;
using Moderation.Annotation.Detection;
using Moderation.Annotation.Learning;
using Moderation.Annotation.Results;
using Moderation.MLNet.Models;
using Moderation.MLNet.Tests.Support;
using Moderation.MLNet.Training;
using Moderation.Training.Corpus;
using Moderation.Training.Tests;
using Moderation.Worker;
using Moderation.Worker.Models;

namespace Moderation.MLNet.Tests.Models;

[Collection(nameof(SmallTraining))]
public sealed class MLNetModelFileTests(SmallTraining small)
{
    public static TheoryData<Trainer> Available => new(Trainers.Available);

    [Theory]
    [MemberData(nameof(Available))]
    public void Load_SavedFile_ScoresAsTrainedAndNamesItsHash(Trainer trainer)
    {
        var trained = small.Of(trainer);
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "a.zip");
        MLNetModelFile.Save(trained, path);

        var annotator = AnnotatorFactory.Load(path, Profile.Default, allVoices: false);

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))), annotator.Engine.Model.Sha256);
        Assert.Equal(trained.File.Name, annotator.Engine.Model.Name);
        var before = trained.ToAnnotator(trained.File);
        foreach (var article in small.Data.Labelled(Part.Validation))
            Assert.Equal(Told(before, article.Article), Told(annotator, article.Article));
    }

    [Fact]
    public void Load_SavedFile_IsAnMLNetModelToOtherProgramsToo()
    {
        var transformer = new MLContext().Model.Load(new MemoryStream(MLNetModelFile.ToBytes(small.Of(Trainer.Sdca))), out var schema);

        Assert.Equal(["Features"], schema.Select(column => column.Name));
        var columns = transformer.GetOutputSchema(schema).Where(column => !column.IsHidden).Select(column => column.Name).ToList();
        Assert.All(Enum.GetNames<SentenceTarget>(), target => Assert.Contains(target + "Score1", columns));
    }

    [Fact]
    public void Annotate_ManyThreads_GiveWhatOneDoes()
    {
        var annotator = MLNetModelFile.Load(MLNetModelFile.ToBytes(small.Of(Trainers.Available[^1])), "test.zip");
        var articles = small.Data.Labelled(Part.Train).Select(article => article.Article).ToList();
        var expected = articles.ConvertAll(article => Told(annotator, article));

        var actual = Enumerable.Range(0, 8 * articles.Count).AsParallel().AsOrdered().WithDegreeOfParallelism(8).Select(i => Told(annotator, articles[i % articles.Count])).ToList();

        for (var i = 0; i < actual.Count; i++)
            Assert.Equal(expected[i % articles.Count], actual[i]);
    }

    [Fact]
    public async Task Reload_FileExchangedWhileArticlesAreInWork_EveryResultIsWhollyOneModels()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "a.zip");
        MLNetModelFile.Save(small.Of(Trainer.Sdca), path);
        using var stop = new CancellationTokenSource();
        var article = small.Data.Labelled(Part.Train).MaxBy(article => article.Article.Text.Length)!.Article;
        var annotator = new ReloadableAnnotator(() => AnnotatorFactory.Load(path, Profile.Default, allVoices: false));
        var first = annotator.Engine.Model.Sha256;
        var before = Told(annotator, article);
        var workers = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            var seen = new List<(string Hash, string Told)>();
            while (!stop.IsCancellationRequested)
            {
                var result = annotator.Annotate(article);
                seen.Add((result.Engine.Model.Sha256, Told(result)));
            }

            return seen;
        })).ToList();

        MLNetModelFile.Save(small.Of(Trainer.Perceptron), path);
        annotator.Reload();
        var second = annotator.Engine.Model.Sha256;
        var after = Told(annotator, article);
        await stop.CancelAsync();

        Assert.NotEqual(first, second);
        Assert.NotEqual(before, after);
        var all = (await Task.WhenAll(workers)).SelectMany(seen => seen).ToList();
        Assert.NotEmpty(all);
        Assert.All(all, seen => Assert.Equal(seen.Hash == first ? before : after, seen.Told));
        Assert.All(all, seen => Assert.Contains(seen.Hash, new[] { first, second }));
    }

    [Fact]
    public void Load_ZipWithoutTheOtherStages_SaysHowToBuildOne()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "plain.zip");
        TextModels.SaveBinary(path);

        var message = Assert.Throws<ModelFileException>(() => MLNetModelFile.Load(File.ReadAllBytes(path), path)).Message;

        Assert.Contains(path, message, StringComparison.Ordinal);
        Assert.Contains("moderation train --engine mlnet", message, StringComparison.Ordinal);
        Assert.Contains("Moderation:Scorers", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cut off", "cannot be read as an ML.NET model")]
    [InlineData("another version", "has version 99")]
    [InlineData("stages damaged", "is damaged")]
    [InlineData("a column missing", "cannot be read as an ML.NET model")]
    public void Load_UnusableFile_NamesItAndWhatIsWrong(string fault, string expected)
    {
        var file = Spoil(MLNetModelFile.ToBytes(small.Of(Trainer.Sdca)), fault);

        var message = Assert.Throws<ModelFileException>(() => MLNetModelFile.Load(file, "spoilt.zip")).Message;

        Assert.Contains("spoilt.zip", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    private static byte[] Spoil(byte[] file, string fault)
    {
        if (fault == "cut off")
            return file[..(file.Length / 2)];
        using var changed = new MemoryStream();
        changed.Write(file);
        using (var zip = new ZipArchive(changed, ZipArchiveMode.Update, leaveOpen: true))
        {
            switch (fault)
            {
                case "another version":
                    Rewrite(zip, "Moderation/sentences.json", text => text.Replace("\"Version\":1", "\"Version\":99", StringComparison.Ordinal));
                    break;
                case "a column missing":
                    Rewrite(zip, "Moderation/sentences.json", text => text.Replace("\"ClaimScore1\"", "\"NoSuchScore\"", StringComparison.Ordinal));
                    break;
                default:
                    using (var stream = zip.GetEntry("Moderation/stages.model")!.Open())
                    {
                        stream.Seek(-1, SeekOrigin.End);
                        var last = stream.ReadByte();
                        stream.Seek(-1, SeekOrigin.End);
                        stream.WriteByte((byte)(last ^ 1));
                    }

                    break;
            }
        }

        return changed.ToArray();
    }

    private static void Rewrite(ZipArchive zip, string name, Func<string, string> change)
    {
        string text;
        using (var reader = new StreamReader(zip.GetEntry(name)!.Open()))
            text = reader.ReadToEnd();
        Assert.NotEqual(text, change(text));
        zip.GetEntry(name)!.Delete();
        using var writer = new StreamWriter(zip.CreateEntry(name).Open());
        writer.Write(change(text));
    }

    private static string Told(IAnnotator annotator, Article article) => Told(annotator.Annotate(article));

    /// <summary>To four places: linear models are scored the built-in way while they are trained, which rounds otherwise.</summary>
    private static string Told(AnnotatedArticle result) =>
        string.Join('\n', result.Annotations.Select(flag => $"{flag.Id} {flag.Label} {flag.Span} {flag.Confidence:F4}").Append($"{result.Summary.Scores.Overall:F4} {result.Summary.Scores.LoadedLanguage:F4}"));
}
