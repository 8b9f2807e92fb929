using Moderation.Annotation.Attribution;
using Moderation.Annotation.Detection;
using Moderation.Annotation.Detection.Lexicons;
using Moderation.Annotation.Results;
using Moderation.Annotation.Text;
using Moderation.Training.Corpus;
using Moderation.Training.Learners;

namespace Moderation.Training;

/// <summary>A labelled article, analysed, and its flags in tokens.</summary>
internal sealed class PreparedArticle
{
    /// <summary>The fold of a single sentence, which is in no article and so in all trainings.</summary>
    public const int NoFold = -1;

    /// <summary>Words that a proposed span shares with a flag, at least, of all words of either, to be close to it.</summary>
    private const double LeastShare = 0.5;

    private PreparedArticle(LabelledArticle source, Analysis analysis, Part part, int fold, bool impliesWording)
    {
        Source = source;
        Analysis = analysis;
        Part = part;
        Fold = fold;
        Gold = [.. source.Spans.Select(span => TokenSpan(analysis.Document, span)).Where(span => span.End > span.First)];
        Implied = impliesWording ? [.. ImpliedWording()] : [];
    }

    public LabelledArticle Source { get; }

    public Analysis Analysis { get; }

    /// <summary>Whether it is a part of another article (<see cref="Excerpt"/>).</summary>
    public bool IsPart { get; private init; }

    public Part Part { get; }

    /// <summary>The fold whose models are trained without it, or <see cref="NoFold"/>.</summary>
    public int Fold { get; }

    /// <summary>The annotators' flags, by tokens of the document.</summary>
    public GoldTokens[] Gold { get; }

    /// <summary>
    /// Charged words inside flagged statements in which the annotator, content with the whole, marked none: the lexicon's stronger entries of
    /// loaded language. Without them the tagger would learn that a slur inside a tirade is innocent.
    /// </summary>
    public GoldTokens[] Implied { get; }

    public List<SentenceReading> Readings { get; set; } = [];

    /// <summary>Every assessed sentence once more, as a text of its own.</summary>
    public List<SentenceReading>[] Alone { get; set; } = [];

    public static PreparedArticle From(LabelledArticle source, WordLists lists, bool impliesWording = true) =>
        new(source, AnalysisOf(source, lists), Split.Of(source.Id), Split.FoldOf(source.Id), impliesWording);

    /// <summary>A text that is only learned from, and never validated or tested with.</summary>
    public static PreparedArticle ToLearnFrom(LabelledArticle source, WordLists lists, int fold, bool impliesWording = true) =>
        new(source, AnalysisOf(source, lists), Part.Train, fold, impliesWording);

    /// <summary>A part of an article, which goes where the whole goes.</summary>
    public static PreparedArticle PartOf(PreparedArticle whole, LabelledArticle part, bool impliesWording) =>
        new(part, AnalysisOf(part, whole.Analysis.Lists), whole.Part, whole.Fold, impliesWording) { IsPart = true };

    /// <summary>What the annotators' flags say of a sentence, by <see cref="SentenceTarget"/>, 0..1.</summary>
    public float[] TargetsOf(int sentenceIndex)
    {
        var sentence = Analysis.Document.Sentences[sentenceIndex];
        var targets = new float[SentenceReading.Targets];
        foreach (var gold in Gold)
        {
            var shared = Math.Min(gold.End, sentence.EndToken) - Math.Max(gold.First, sentence.FirstToken);
            if (shared <= 0)
                continue;
            targets[(int)gold.Label.Family()] = 1;
            var opinion = Opinion(gold.Label, shared, sentence.TokenCount);
            targets[(int)SentenceTarget.Opinion] = Math.Max(targets[(int)SentenceTarget.Opinion], opinion);
        }

        targets[(int)SentenceTarget.Slant] = Math.Max(targets[(int)SentenceTarget.LoadedLanguage], targets[(int)SentenceTarget.Editorializing]);
        return targets;
    }

    /// <summary>The right tags of one layer, by token of the document.</summary>
    public Tag[] TagsOf(SpanLayer layer)
    {
        var tags = new Tag[Analysis.Document.Tokens.Length];
        foreach (var sentence in Analysis.Document.Sentences)
        {
            foreach (var gold in Gold.Concat(layer == SpanLayer.Wording ? Implied : []))
            {
                var (first, end) = (Math.Max(gold.First, sentence.FirstToken), Math.Min(gold.End, sentence.EndToken));
                if (end <= first || LayerOf(sentence, first, end) != layer || tags[first] != Tag.Outside || tags[end - 1] != Tag.Outside)
                    continue;
                tags[first] = Tag.Begin;
                tags.AsSpan(first + 1, end - first - 1).Fill(Tag.Inside);
            }
        }

        return tags;
    }

    /// <summary>Short stretches are wording; longer ones, and whole sentences however short, are statements.</summary>
    public static SpanLayer LayerOf(in Sentence sentence, int first, int end)
    {
        var whole = first <= sentence.FirstToken + 1 && end >= sentence.EndToken - 2 && end - first > 1;
        return end - first <= SpanBorders.LongestWording && !whole ? SpanLayer.Wording : SpanLayer.Statement;
    }

    /// <summary>
    /// Whether a proposed span is right: it shares words with a flag, is not mostly innocent text around a short one, nor an innocent word
    /// inside a long one.
    /// </summary>
    public bool IsRight(SpanCandidate candidate) => Gold.Concat(candidate.Layer == SpanLayer.Wording ? Implied : []).Any(gold =>
    {
        var shared = Math.Min(gold.End, candidate.EndToken) - Math.Max(gold.First, candidate.FirstToken);
        return shared > 0
            && shared * 4 >= candidate.EndToken - candidate.FirstToken
            && (candidate.Layer == SpanLayer.Statement || shared * 4 >= gold.End - gold.First);
    });

    /// <summary>The label of the flag that the proposed span is closest to, if it is close to one and not just that one.</summary>
    public Label? ClosestTo(SpanCandidate candidate)
    {
        Label? closest = null;
        var most = LeastShare;
        foreach (var gold in Gold)
        {
            var shared = (double)(Math.Min(gold.End, candidate.EndToken) - Math.Max(gold.First, candidate.FirstToken)) / (Math.Max(gold.End, candidate.EndToken) - Math.Min(gold.First, candidate.FirstToken));
            if (shared == 1)
                return null;
            if (shared >= most)
                (closest, most) = (gold.Label, shared);
        }

        return closest;
    }

    /// <summary>Whether a proposed span shares words with a flag: what a confidence promises.</summary>
    public bool Touches(SpanCandidate candidate) => Gold.Any(gold => gold.First < candidate.EndToken && candidate.FirstToken < gold.End);

    private static float Opinion(Label label, int shared, int length) => label switch
    {
        Label.OpinionAsFact or Label.CommentaryInsertion or Label.GroupAppeal or Label.SloganRepetition or Label.FearAppeal => shared * 4 >= length ? 1 : 0.6f,
        Label.Exaggeration or Label.NameCalling or Label.Signposting or Label.DoubtMarker or Label.PredictionAsFact or Label.UnsupportedMotive => shared * 3 >= length ? 0.9f : 0.4f,
        Label.VerdictVerb or Label.VagueAttribution or Label.AnonymousSource or Label.NoAttribution => 0,
        _ => 0.25f,
    };

    private IEnumerable<GoldTokens> ImpliedWording()
    {
        foreach (var statement in Gold)
        {
            if (statement.End - statement.First <= SpanBorders.LongestWording || Gold.Any(inner => inner != statement && statement.First <= inner.First && inner.End <= statement.End))
                continue;
            foreach (var match in Analysis.Matches)
            {
                var entry = Analysis.Lists.Lexicon.Entries[match.Entry];
                if (match.FirstToken >= statement.First && match.EndToken <= statement.End && match.EndToken - match.FirstToken <= SpanBorders.LongestWording
                    && entry.Label.Family() == Family.LoadedLanguage && entry.Strength >= LexiconEntry.Charged && !Analysis.Lexical[match.FirstToken].Literal
                    && Analysis.Voices[match.FirstToken] is Voice.Author or Voice.Comment)
                    yield return new GoldTokens(match.FirstToken, match.EndToken, entry.Label);
            }
        }
    }

    private static Analysis AnalysisOf(LabelledArticle source, WordLists lists)
    {
        var document = Document.Read(source.Article);
        return Analysis.Of(document, Discourse.Analyse(document, lists.Attribution), lists);
    }

    private static GoldTokens TokenSpan(Document document, GoldSpan gold)
    {
        var first = document.TokenAt(gold.Span.Start);
        var end = first;
        while (end < document.Tokens.Length && document.Tokens[end].Start < gold.Span.End)
            end++;
        return new GoldTokens(first, end, gold.Label);
    }
}

/// <summary>A flag by tokens, end exclusive.</summary>
internal readonly record struct GoldTokens(int First, int End, Label Label);
