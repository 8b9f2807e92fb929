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
        var finder = new AttributionFinder(text);
        foreach (var sentence in document.Sentences)
            finder.ReadSentence(sentence);
        var relations = finder.Relations;
        var relationOf = new QuotationAssigner(text, relations).Assign();
        return new DiscourseBuilder(text, relations, relationOf).Build((zones, attributions, voice, of, shares) => new Discourse(document, zones, attributions, voice, of, shares));
    }

    /// <summary>The index in <see cref="Attributions"/> of the innermost attribution whose content the token is, or -1.</summary>
    public int AttributionOf(int tokenIndex) => attributionOf[tokenIndex];

    /// <summary>How much of the sentence is somebody else's words or view, 0..1; words in quotation marks weigh more than reported ones.</summary>
    public double AttributedShare(int sentence) => shares[sentence];
}
