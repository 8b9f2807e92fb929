using Moderation.Annotation.Results;
using Moderation.Annotation.Text;

namespace Moderation.Annotation.Attribution;

/// <summary>Turns what was found in tokens into zones, attributions and voices.</summary>
internal sealed class DiscourseBuilder(TaggedText text, List<ZoneDraft> furniture, List<Relation> relations, Relation?[] relationOf)
{
    /// <summary>Longest insertion in square brackets, in tokens; a longer one is taken for damaged text.</summary>
    private const int MaxInsertion = 20;

    private readonly Voice[] voice = new Voice[text.Tokens.Length];
    private readonly int[] attributionOf = new int[text.Tokens.Length];
    private readonly List<Zone> zones = [];

    public T Build<T>(Func<Zone[], AttributionRelation[], Voice[], int[], float[], T> create)
    {
        Array.Fill(attributionOf, -1);
        var attributions = BuildAttributions();
        BuildQuotations();
        BuildFurniture();
        zones.Sort((a, b) => a.Span.CompareTo(b.Span));
        return create([.. zones], attributions, voice, attributionOf, Shares());
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
                else if (relation.Mode != AttributionMode.Stance)
                    voice.AsSpan(range.First, range.Length).Fill(Voice.Indirect);
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
            if (owner != Voice.Quoted)
                attributionOf.AsSpan(draft.Range.First, draft.Range.Length).Fill(-1);
        }
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
        for (var s = 0; s < sentences.Length; s++)
        {
            int quoted = 0, attributed = 0, all = 0;
            for (var i = sentences[s].FirstToken; i < sentences[s].EndToken; i++)
            {
                var length = text.Tokens[i].Length + (i > sentences[s].FirstToken && text.Tokens[i].Is(TokenShape.SpaceBefore) ? 1 : 0);
                all += length;
                if (voice[i] == Voice.Quoted)
                    quoted += length;
                if (attributionOf[i] >= 0 || voice[i] == Voice.Quoted)
                    attributed += length;
            }

            shares[s] = all == 0 ? 0 : Share((float)attributed / all, (float)quoted / all);
        }

        return shares;
    }

    /// <summary>A sentence that holds some of a speaker's own words is surer to be somebody else's than one that only reports them.</summary>
    private static float Share(float attributed, float quoted) => quoted > 0 ? 0.4f * attributed + 0.6f * Math.Min(1, 0.5f + quoted) : 0.4f * attributed;

    private TextSpan? SpanOf(TokenRange range) => range.IsEmpty ? null : text.Span(range.First, range.End);
}
