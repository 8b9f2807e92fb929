using Moderation.Annotation.Results;
using Moderation.Annotation.Text;

namespace Moderation.Annotation.Attribution;

/// <summary>Whose words an article's words are: its zones, its attributions, and for each token who is speaking.</summary>
public sealed class Discourse
{
    private readonly Document document;
    private readonly int[] attributionOf;
    private readonly float[] shares;

    private Discourse(Document document, Zone[] zones, AttributionRelation[] attributions, Voice[] tokenVoice, int[] attributionOf, float[] shares)
    {
        this.document = document;
        this.attributionOf = attributionOf;
        this.shares = shares;
        Zones = zones;
        Attributions = attributions;
        TokenVoice = tokenVoice;
    }

    /// <summary>Typed stretches in the order of the text; body text has none.</summary>
    public Zone[] Zones { get; }

    /// <summary>In the order of their first words.</summary>
    public AttributionRelation[] Attributions { get; }

    /// <summary>For every token of the document who is speaking.</summary>
    public Voice[] TokenVoice { get; }

    public static Discourse Analyse(Document document, AttributionLexicon lexicon)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(lexicon);
        var text = TaggedText.Read(document, lexicon);
        var furniture = new FurnitureFinder(text).Find();
        var relations = ReadRelations(text, furniture);
        var relationOf = new QuotationAssigner(text, relations).Assign();
        new SourceResolver(text, relations).Resolve();
        return new DiscourseBuilder(text, furniture, relations, relationOf).Build((zones, attributions, voice, of, shares) => new Discourse(document, zones, attributions, voice, of, shares));
    }

    /// <summary>The index in <see cref="Attributions"/> of the innermost attribution whose content the token is, or -1.</summary>
    public int AttributionOf(int tokenIndex) => attributionOf[tokenIndex];

    /// <summary>How much of the sentence is somebody else's words or view, 0..1; words in quotation marks weigh more than reported ones.</summary>
    public double AttributedShare(int sentence) => shares[sentence];

    private static List<Relation> ReadRelations(TaggedText text, List<ZoneDraft> furniture)
    {
        var document = text.Document;
        var finder = new AttributionFinder(text);
        var skip = new bool[document.Sentences.Length];
        var headline = new bool[document.Sentences.Length];
        foreach (var zone in furniture)
        {
            for (var i = zone.Range.First; i < zone.Range.End; i = document.Sentences[text.SentenceOf[i]].EndToken)
            {
                var s = text.SentenceOf[i];
                if (zone.Kind == ZoneKind.Headline)
                    headline[s] = true;
                else if (zone.Range.First <= document.Sentences[s].FirstToken && zone.Range.End >= document.Sentences[s].EndToken)
                    skip[s] = true;
            }
        }

        foreach (var paragraph in document.Paragraphs)
        {
            if (!skip[paragraph.FirstSentence])
                finder.ReadTurn(paragraph, headline[paragraph.FirstSentence]);
            for (var s = paragraph.FirstSentence; s < paragraph.EndSentence; s++)
            {
                if (!skip[s])
                    finder.ReadSentence(document.Sentences[s], headline[s]);
            }
        }

        return finder.Relations;
    }
}
