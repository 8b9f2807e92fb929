using Moderation.Annotation;
using Moderation.Annotation.Attribution;
using Moderation.Annotation.Detection;
using Moderation.Annotation.Results;
using Moderation.Annotation.Text;
using Moderation.Training.Ablations;
using Moderation.Training.Corpus;

namespace Moderation.Training;

/// <summary>Builds a model from the training data: the same data gives the same bytes.</summary>
public static class TrainingRun
{
    public const string ModelName = "moderation-news-en";

    /// <summary>File name of the default model.</summary>
    public const string ModelFileName = "moderation-news-en.model";

    /// <param name="dataFolder">Holds "articles", "lexicons" and "claims".</param>
    /// <param name="progress">Is told each step as it begins.</param>
    /// <exception cref="CorpusFormatException">The training data break their format.</exception>
    public static ModelFile Train(string dataFolder, Action<string> progress) => Train(dataFolder, Ablation.None, progress);

    internal static ModelFile Train(string dataFolder, Ablation without, Action<string> progress)
    {
        progress("reading the training data");
        var text = WordListReader.Read(Path.Combine(dataFolder, "lexicons"));
        if (without.Lexicon)
            text = text with { Entries = [] };
        var lists = text.Build();
        var labelled = CorpusReader.ReadFolder(Path.Combine(dataFolder, "articles"));
        var articles = labelled.AsParallel().AsOrdered().Select(article => PreparedArticle.From(article, lists, !without.ImpliedWording)).ToList();
        var claims = ReadClaims(Path.Combine(dataFolder, "claims"))
            .Select(c => (PreparedSentence(c.Sentence, lists), c.IsClaim))
            .ToList();
        var detection = new DetectionTrainer(articles, claims, without, progress).Train();
        progress("thresholds");
        var unadjusted = new ModelFile(ModelName, Annotator.ProgramVersion, text, detection, [new Profile(Profile.Default, 0.0, 1.0)]);
        var validation = labelled.Where(a => Split.Of(a.Id) == Part.Validation).ToList();
        return unadjusted with { Profiles = ProfileFitter.Fit(unadjusted, validation) };
    }

    /// <summary>Writes the model into a file of its own and moves it into place.</summary>
    public static void Save(ModelFile model, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var temporary = path + ".tmp";
        File.WriteAllBytes(temporary, model.ToBytes());
        File.Move(temporary, path, overwrite: true);
    }

    private static Analysis PreparedSentence(string sentence, WordLists lists)
    {
        var document = Document.Read(new Article { Id = "claim", Text = sentence });
        return Analysis.Of(document, Discourse.Analyse(document, lists.Attribution), lists);
    }

    private static IEnumerable<(string Sentence, bool IsClaim)> ReadClaims(string folder)
    {
        if (!Directory.Exists(folder))
            throw new CorpusFormatException($"{folder}: there is no such folder; the check-worthiness sentences belong there.");
        foreach (var path in Directory.EnumerateFiles(folder, "*.tsv").Order(StringComparer.Ordinal))
        {
            var number = 0;
            foreach (var line in File.ReadLines(path))
            {
                number++;
                var fields = line.Split('\t');
                if (line.Length == 0 || number == 1 && fields[0] == "label")
                    continue;
                if (fields.Length != 2 || fields[0] is not ("Yes" or "No") || fields[1].Trim().Length == 0)
                    throw new CorpusFormatException($"{path}:{number}: write 'Yes' or 'No', a tab, and the sentence.");
                yield return (fields[1].Trim(), fields[0] == "Yes");
            }
        }
    }
}
