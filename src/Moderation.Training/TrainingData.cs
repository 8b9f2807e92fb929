using Moderation.Annotation.Attribution;
using Moderation.Annotation.Detection;
using Moderation.Annotation.Detection.Lexicons;
using Moderation.Annotation.Results;
using Moderation.Annotation.Text;
using Moderation.Training.Ablations;
using Moderation.Training.Corpus;

namespace Moderation.Training;

/// <summary>All that a model is trained from, read and analysed once; several trainings, one after the other, may use it.</summary>
public sealed class TrainingData
{
    private readonly List<LabelledArticle> _labelled;

    private TrainingData(WordListText wordLists, List<LabelledArticle> labelled, List<PreparedArticle> articles, List<PreparedArticle> examples, List<PreparedArticle> plain, List<(Analysis Sentence, bool IsClaim)> claims)
    {
        WordLists = wordLists;
        _labelled = labelled;
        Articles = articles;
        Examples = examples;
        Plain = plain;
        Claims = claims;
    }

    internal WordListText WordLists { get; }

    internal IReadOnlyList<PreparedArticle> Articles { get; }

    /// <summary>Single sentences with flags, from which statements and labels are learned.</summary>
    internal IReadOnlyList<PreparedArticle> Examples { get; }

    /// <summary>Sentences of kinds that are easily taken for faults, hardly any with a flag, laid out as articles (<see cref="PlainArticles"/>).</summary>
    internal IReadOnlyList<PreparedArticle> Plain { get; }

    internal IReadOnlyList<(Analysis Sentence, bool IsClaim)> Claims { get; }

    /// <param name="folder">Holds "articles", "lexicons" and "claims", and may hold "examples" and "plain".</param>
    /// <exception cref="CorpusFormatException">The training data break their format.</exception>
    public static TrainingData Read(string folder) => Read(folder, Ablation.None);

    internal static TrainingData Read(string folder, Ablation without)
    {
        var text = WordListReader.Read(Path.Combine(folder, "lexicons"));
        if (without.Lexicon)
            text = text with { Entries = [] };
        var lists = text.Build();
        var labelled = CorpusReader.ReadFolder(Path.Combine(folder, "articles"));
        var articles = labelled.AsParallel().AsOrdered().Select(article => PreparedArticle.From(article, lists, !without.ImpliedWording)).ToList();
        var sentences = without.Plain ? [] : CorpusReader.ReadSentences(Path.Combine(folder, "plain"), flagged: false).ToArray();
        var flagged = new Queue<LabelledArticle>(without.Examples ? [] : PlainArticles.Scattered(CorpusReader.ReadSentences(Path.Combine(folder, "examples"), flagged: true)));
        var layouts = articles.Where(article => article.Part == Part.Train && PlainArticles.HasLayout(article)).ToArray();
        var plain = layouts.Length == 0 ? [] : Prepare(PlainArticles.Of(sentences, flagged, layouts), static article => Split.FoldOf(article.Id));
        var examples = Prepare(flagged, static _ => PreparedArticle.NoFold);
        var claims = ReadClaims(Path.Combine(folder, "claims"))
            .Select(c => (PreparedSentence(c.Sentence, lists), c.IsClaim))
            .ToList();
        return new TrainingData(text, [.. labelled], articles, examples, plain, claims);

        List<PreparedArticle> Prepare(IEnumerable<LabelledArticle> texts, Func<LabelledArticle, int> foldOf) =>
            [.. texts.AsParallel().AsOrdered().Select(text => PreparedArticle.ToLearnFrom(text, lists, foldOf(text), !without.ImpliedWording))];
    }

    /// <summary>The labelled articles of one part of the fixed split.</summary>
    public IEnumerable<LabelledArticle> Labelled(Part part) => _labelled.Where(article => Split.Of(article.Id) == part);

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
