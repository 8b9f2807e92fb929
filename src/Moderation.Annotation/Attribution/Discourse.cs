using System.Buffers;
using Moderation.Annotation.Results;
using Moderation.Annotation.Text;

namespace Moderation.Annotation.Attribution;

/// <summary>Whose words an article's words are: its zones, its attributions, and for each token who is speaking.</summary>
public sealed class Discourse : IDisposable
{
    private readonly int[] attributionOf;
    private readonly float[] shares;
    private readonly List<Relation> relations;
    private readonly AttributionReach reach;

    internal Discourse(Zone[] zones, AttributionRelation[] attributions, List<Relation> relations, Voice[] tokenVoice, int[] attributionOf, float[] shares, AttributionReach reach)
    {
        Zones = zones;
        Attributions = attributions;
        TokenVoice = tokenVoice;
        this.relations = relations;
        this.attributionOf = attributionOf;
        this.shares = shares;
        this.reach = reach;
    }

    /// <summary>Typed stretches in the order of the text; body text has none.</summary>
    public Zone[] Zones { get; }

    /// <summary>In the order of their first words.</summary>
    public AttributionRelation[] Attributions { get; }

    /// <summary>For every token of the document who is speaking.</summary>
    public Voice[] TokenVoice { get; }

    /// <summary>
    /// Gives what was read of the text back to be used for other documents: <see cref="NearestAttribution"/> may not be asked after it. Whoever
    /// keeps a discourse for good need not call it.
    /// </summary>
    public void Dispose() => reach.Dispose();

    public static Discourse Analyse(Document document, AttributionLexicon lexicon)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(lexicon);
        var text = TaggedText.Read(document, lexicon);
        var furniture = new FurnitureFinder(text).Find();
        var isFurniture = Tokens(text, furniture, static kind => kind != ZoneKind.Headline);
        var isHeadline = Tokens(text, furniture, static kind => kind == ZoneKind.Headline);
        var relations = ReadRelations(text, isFurniture, isHeadline);
        var relationOf = new QuotationAssigner(text, relations, isFurniture).Assign();
        ArrayPool<bool>.Shared.Return(isFurniture);
        ArrayPool<bool>.Shared.Return(isHeadline);
        new SourceResolver(text, relations).Resolve();
        return new DiscourseBuilder(text, furniture, relations, relationOf).Build();
    }

    /// <summary>The index in <see cref="Attributions"/> of the innermost attribution whose content the token is, or -1.</summary>
    public int AttributionOf(int tokenIndex) => attributionOf[tokenIndex];

    /// <summary>Whether the attribution reports words, a belief, or a want or stance. A stance's content is in the writer's words.</summary>
    public AttributionMode ModeOf(int attribution) => relations[attribution].Mode;

    /// <summary>Whether the source denies or withholds the content, or is said not to hold it.</summary>
    public bool IsDenied(int attribution) => relations[attribution].Denied;

    /// <summary>The attribution of an earlier sentence that carries over this one, which has none of its own; -1 where none does.</summary>
    public int CarriedFrom(int sentence) => reach.CarriedFrom(sentence);

    /// <summary>The attribution that a reader of this sentence would look to, and why it does not reach (or does).</summary>
    public NearestAttribution NearestAttribution(int sentence) => reach.Nearest(sentence);

    /// <summary>
    /// How much of the sentence is somebody else's words or view, 0..1. Below 0.35 it is mostly the writer's; above it mostly somebody
    /// else's; above 0.8 it holds a speaker's own words.
    /// </summary>
    public double AttributedShare(int sentence) => shares[sentence];

    /// <summary>Marks the tokens of the zones of some kinds; those of all but headlines are furniture, that no report stands in.</summary>
    private static bool[] Tokens(TaggedText text, List<ZoneDraft> zones, Func<ZoneKind, bool> isMeant)
    {
        var marked = ArrayPool<bool>.Shared.Rent(text.Tokens.Length);
        marked.AsSpan(0, text.Tokens.Length).Clear();
        foreach (var zone in zones)
        {
            if (isMeant(zone.Kind))
                marked.AsSpan(zone.Range.First, zone.Range.Length).Fill(true);
        }

        return marked;
    }

    private static List<Relation> ReadRelations(TaggedText text, bool[] isFurniture, bool[] headline)
    {
        var document = text.Document;
        var finder = new AttributionFinder(text);
        foreach (var paragraph in document.Paragraphs)
        {
            if (!isFurniture[paragraph.FirstToken])
                finder.ReadTurn(paragraph, headline[paragraph.FirstToken]);
            for (var s = paragraph.FirstSentence; s < paragraph.EndSentence; s++)
            {
                if (WithoutFurniture(document.Sentences[s], isFurniture) is { TokenCount: > 0 } sentence)
                    finder.ReadSentence(sentence, headline[sentence.FirstToken]);
            }
        }

        return finder.Relations;
    }

    /// <summary>The sentence without a dateline before it or a promo line after it.</summary>
    private static Sentence WithoutFurniture(in Sentence sentence, bool[] isFurniture)
    {
        int first = sentence.FirstToken, end = sentence.EndToken;
        while (first < end && isFurniture[first])
            first++;
        while (end > first && isFurniture[end - 1])
            end--;
        return sentence with { FirstToken = first, TokenCount = end - first };
    }
}
