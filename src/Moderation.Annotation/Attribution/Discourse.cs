using Moderation.Annotation.Results;
using Moderation.Annotation.Text;

namespace Moderation.Annotation.Attribution;

public sealed class Discourse
{
    private readonly Document _document;

    private Discourse(Document document, Zone[] zones, Voice[] voices)
    {
        _document = document;
        Zones = zones;
        TokenVoice = voices;
    }

    public IReadOnlyList<Zone> Zones { get; }

    public IReadOnlyList<AttributionRelation> Attributions { get; } = [];

    public Voice[] TokenVoice { get; }

    public static Discourse Analyse(Document document, AttributionLexicon lexicon)
    {
        _ = lexicon;
        var voices = new Voice[document.Tokens.Length];
        foreach (var paragraph in document.Paragraphs)
        {
            var open = false;
            for (var i = paragraph.FirstToken; i < paragraph.EndToken; i++)
            {
                if (CharacterClasses.IsDoubleQuote(document.Text[document.Tokens[i].Start]))
                    open = !open;
                if (open)
                    voices[i] = Voice.Quoted;
            }
        }

        foreach (var hint in document.Article.Hints)
        {
            var voice = hint.Kind == ZoneKind.EditorComment ? Voice.Comment : hint.Kind == ZoneKind.Headline ? Voice.Author : Voice.Furniture;
            for (var i = document.TokenAt(hint.Span.Start); i < document.Tokens.Length && document.Tokens[i].Start < hint.Span.End; i++)
                voices[i] = voice;
        }

        return new Discourse(document, [.. document.Article.Hints.Select(h => new Zone(h.Kind, h.Span))], voices);
    }

    public double AttributedShare(in Sentence sentence)
    {
        var others = 0;
        for (var i = sentence.FirstToken; i < sentence.EndToken; i++)
            others += TokenVoice[i] is Voice.Quoted or Voice.Indirect ? 1 : 0;
        return (double)others / sentence.TokenCount;
    }
}

public sealed class AttributionLexicon
{
    public static AttributionLexicon Parse(TextReader reader)
    {
        _ = reader;
        return new AttributionLexicon();
    }
}
