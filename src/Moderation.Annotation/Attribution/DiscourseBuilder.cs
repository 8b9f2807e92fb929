using Moderation.Annotation.Results;
using Moderation.Annotation.Text;

namespace Moderation.Annotation.Attribution;

/// <summary>Turns what was found in tokens into zones, attributions and voices.</summary>
internal sealed class DiscourseBuilder(TaggedText text, List<ZoneDraft> furniture, List<Relation> relations, Relation?[] relationOf)
{
    /// <summary>Longest insertion in square brackets, in tokens; a longer one is taken for damaged text.</summary>
    private const int MaxInsertion = 20;

    /// <summary>From this many UTF-16 code units on, words quoted in passing weigh as a whole quotation does.</summary>
    private const int LongPartialQuote = 50;

    /// <summary>The part of a sentence, 0..1, from which it counts as somebody else's: of all attributed words, and of quoted ones alone.</summary>
    private const float MostlyAttributed = 0.43f;
    private const float SpeechShare = 0.35f;

    /// <summary>In a sentence of at most so many UTF-16 code units ("Amen," he added) a cue outweighs the speech that it stands with, and does not count against it.</summary>
    private const int ShortSentence = 80;

    private readonly Voice[] voice = new Voice[text.Tokens.Length];
    private readonly int[] attributionOf = new int[text.Tokens.Length];
    private readonly List<Zone> zones = [];

    public Discourse Build()
    {
        Array.Fill(attributionOf, -1);
        var attributions = BuildAttributions();
        BuildQuotations();
        BuildFurniture();
        zones.Sort((a, b) => a.Span.CompareTo(b.Span));
        return new Discourse([.. zones], attributions, relations, voice, attributionOf, Shares(), new AttributionReach(text, attributions, relations, voice, attributionOf));
    }

    private AttributionRelation[] BuildAttributions()
    {
        relations.Sort((a, b) => Start(a).CompareTo(Start(b)));
        var attributions = new AttributionRelation[relations.Count];
        for (var r = 0; r < relations.Count; r++)
        {
            var relation = relations[r];
            relation.Index = r;
            var content = new TextSpan[relation.Content.Count];
            for (var c = 0; c < content.Length; c++)
            {
                var range = relation.Content[c];
                content[c] = text.Span(range.First, range.End);
                attributionOf.AsSpan(range.First, range.Length).Fill(r);
                if (relation.IsTurn)
                    voice.AsSpan(range.First, range.Length).Fill(Voice.Quoted);
                else if (relation.Mode != AttributionMode.Stance && relation.IsClause && relation.ReportedFrom < range.End)
                    voice.AsSpan(Math.Max(range.First, relation.ReportedFrom)..range.End).Fill(Voice.Indirect);
            }

            Array.Sort(content);
            attributions[r] = new AttributionRelation(relation.Kind, SpanOf(relation.Source), SpanOf(relation.Cue), content);
        }

        return attributions;
    }

    private static int Start(Relation relation)
    {
        var start = relation.Cue.First < 0 ? int.MaxValue : relation.Cue.First;
        start = relation.Source.IsEmpty ? start : Math.Min(start, relation.Source.First);
        foreach (var content in relation.Content)
            start = Math.Min(start, content.First);
        return start;
    }

    private void BuildQuotations()
    {
        for (var q = 0; q < text.Quotations.Count; q++)
        {
            if (relationOf[q] is not { } relation)
                continue;
            var quotation = text.Quotations[q];
            var range = new TokenRange(quotation.First, quotation.End);
            zones.Add(new Zone(IsWhole(quotation) ? ZoneKind.Quote : ZoneKind.PartialQuote, text.Span(range.First, range.End), SpanOf(relation.Antecedent.IsEmpty ? relation.Source : relation.Antecedent),
                SpanOf(relation.Cue), quotation.Balanced));
            voice.AsSpan(range.First, range.Length).Fill(Voice.Quoted);
            attributionOf.AsSpan(range.First, range.Length).Fill(relation.Index);
            ReturnInsertions(range);
        }
    }

    /// <summary>What the writer put into another's words in square brackets, or as (sic), is the writer's.</summary>
    private void ReturnInsertions(TokenRange range)
    {
        for (var i = range.First; i < range.End; i++)
        {
            if (text.Has(i, WordTags.Insertion) && text.Document.MarkOf(text.Tokens[i]) is '(')
            {
                voice.AsSpan(i, Math.Min(text.PhraseLength[i], range.End - i)).Clear();
            }
            else if (text.IsMark(i, '['))
            {
                var close = i + 1;
                while (close < range.End && close - i < MaxInsertion && !text.IsMark(close, ']'))
                    close++;
                if (close < range.End && text.IsMark(close, ']'))
                {
                    voice.AsSpan(i, close + 1 - i).Clear();
                    i = close;
                }
            }
        }
    }

    private void BuildFurniture()
    {
        foreach (var draft in furniture)
        {
            zones.Add(new Zone(draft.Kind, text.Span(draft.Range.First, draft.Range.End), SpanOf(draft.Speaker)));
            if (draft.Kind is ZoneKind.Headline or ZoneKind.PartialQuote)
                continue;
            var owner = draft.Kind switch
            {
                ZoneKind.EditorComment => Voice.Comment,
                ZoneKind.EmbeddedPost or ZoneKind.Quote => Voice.Quoted,
                _ => Voice.Furniture,
            };
            voice.AsSpan(draft.Range.First, draft.Range.Length).Fill(owner);
            if (!draft.Speaker.IsEmpty)
                voice.AsSpan(SignatureStart(draft), draft.Range.End - SignatureStart(draft)).Fill(Voice.Furniture);
            if (owner != Voice.Quoted)
                attributionOf.AsSpan(draft.Range.First, draft.Range.Length).Fill(-1);
        }
    }

    /// <summary>Where a post's signature begins, with the link before it: nobody's words.</summary>
    private int SignatureStart(in ZoneDraft post)
    {
        var sentence = text.Document.Sentences[text.SentenceOf[post.Speaker.First]].FirstToken;
        var start = Math.Max(post.Speaker.First - 1, post.Range.First);
        return sentence >= post.Range.First && text.Document.TextOf(text.Tokens[sentence]) is "https" or "http" or "pic" ? sentence : start;
    }

    /// <summary>Words that begin as a sentence does, or end in a full stop or the comma before a cue.</summary>
    private bool IsWhole(in Quotation quotation)
    {
        var end = text.Document.MarkOf(text.Tokens[quotation.InnerEnd - 1]);
        return text.IsCapitalised(quotation.InnerFirst) && (CharacterClasses.IsTerminator(end) || end == ',' || quotation.Length > 8) || quotation.Length > 25;
    }

    private float[] Shares()
    {
        var sentences = text.Document.Sentences;
        var shares = new float[sentences.Length];
        var speech = SpeechPresence();
        for (var s = 0; s < sentences.Length; s++)
        {
            int attributed = 0, quoted = 0, all = 0;
            for (var i = sentences[s].FirstToken; i < sentences[s].EndToken; i++)
            {
                var length = text.Tokens[i].Length + (i > sentences[s].FirstToken && text.Tokens[i].Is(TokenShape.SpaceBefore) ? 1 : 0);
                all += length;
                if (voice[i] == Voice.Quoted)
                    quoted += length;
                if (attributionOf[i] >= 0 || voice[i] == Voice.Quoted)
                    attributed += length;
            }

            if (all > 0)
                shares[s] = Share((float)attributed / all, (float)quoted / all, speech[s], all);
        }

        return shares;
    }

    /// <summary>For each sentence how surely it holds a speaker's own words: 1 for a whole quotation or post, less for a few words.</summary>
    private float[] SpeechPresence()
    {
        var presence = new float[text.Document.Sentences.Length];
        foreach (var zone in zones)
        {
            var strength = zone.Kind switch
            {
                ZoneKind.Quote or ZoneKind.EmbeddedPost => 1f,
                ZoneKind.PartialQuote => zone.Span.Length >= LongPartialQuote || EndsSentence(zone.Span) ? 1f : 0.5f,
                _ => 0f,
            };
            if (strength == 0)
                continue;
            for (var i = text.Document.TokenAt(zone.Span.Start); i < text.Tokens.Length
                && text.Tokens[i].Start < zone.Span.End; i = text.Document.Sentences[text.SentenceOf[i]].EndToken)
            {
                if (voice[i] == Voice.Quoted || voice[i] == Voice.Author)
                    presence[text.SentenceOf[i]] = Math.Max(presence[text.SentenceOf[i]], strength);
            }
        }

        foreach (var relation in relations)
        {
            if (!relation.IsTurn)
                continue;
            foreach (var content in relation.Content)
            {
                for (var i = content.First; i < content.End; i = text.Document.Sentences[text.SentenceOf[i]].EndToken)
                    presence[text.SentenceOf[i]] = 1;
            }
        }

        return presence;
    }

    /// <summary>Two words or more of a speaker's that a sentence ends on.</summary>
    private bool EndsSentence(TextSpan span)
    {
        var last = text.Document.TokenAt(span.End - 1);
        var sentence = text.Document.Sentences[text.SentenceOf[last]];
        return last + 2 >= sentence.EndToken && span.Of(text.Document.Text).Contains(' ');
    }

    /// <summary>
    /// Under 0.35 the sentence is the writer's for the most part; above it somebody else's, and the surer so the more of it is in quotation marks.
    /// </summary>
    private static float Share(float attributed, float quoted, float presence, int length)
    {
        if (presence == 1 && quoted >= SpeechShare && length <= ShortSentence)
            attributed = Math.Max(attributed, MostlyAttributed);
        return attributed < MostlyAttributed
            ? 0.35f * attributed / MostlyAttributed
            : 0.35f + 0.15f * attributed + 0.5f * Math.Max(presence, quoted);
    }

    private TextSpan? SpanOf(TokenRange range) => range.IsEmpty ? null : text.Span(range.First, range.End);
}
