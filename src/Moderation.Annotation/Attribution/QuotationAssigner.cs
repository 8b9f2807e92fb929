using Moderation.Annotation.Results;
using Moderation.Annotation.Text;

namespace Moderation.Annotation.Attribution;

/// <summary>
/// Gives the quotations that no cue of their own sentence claims to the speaker they go on from: in the same paragraph, over paragraphs, or
/// after a sentence that ends in a colon. What is left stays speech of nobody named, or a mere mention.
/// </summary>
internal sealed class QuotationAssigner(TaggedText text, List<Relation> relations)
{
    private readonly int[] relationOf = new int[text.Quotations.Count];

    /// <summary>The relation that each quotation belongs to, -1 for a mention.</summary>
    public int[] Assign()
    {
        Array.Fill(relationOf, -1);
        ClaimByContent();
        var last = -1;
        var next = 0;
        var byCue = ByCue();
        for (var q = 0; q < text.Quotations.Count; q++)
        {
            var quotation = text.Quotations[q];
            while (next < byCue.Length && relations[byCue[next]].Cue.First < quotation.First)
            {
                if (relations[byCue[next]].Mode == AttributionMode.Speech)
                    last = byCue[next];
                next++;
            }

            if (relationOf[q] >= 0)
            {
                last = relationOf[q];
                continue;
            }

            if (!IsSpeech(quotation))
                continue;
            if (last >= 0 && GoesOn(q, relations[last]))
            {
                relations[last].Content.Add(new TokenRange(quotation.First, quotation.End));
                relationOf[q] = last;
                continue;
            }

            relations.Add(new Relation(AttributionMode.Speech, TokenRange.None) { Content = { new TokenRange(quotation.First, quotation.End) } });
            relationOf[q] = last = relations.Count - 1;
        }

        return relationOf;
    }

    private int[] ByCue()
    {
        var order = new int[relations.Count];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        Array.Sort(order, (a, b) => relations[a].Cue.First.CompareTo(relations[b].Cue.First));
        return order;
    }

    private void ClaimByContent()
    {
        for (var r = 0; r < relations.Count; r++)
        {
            foreach (var content in relations[r].Content)
            {
                for (var i = content.First; i < content.End; i++)
                {
                    var q = text.QuotationOf[i];
                    if (q < 0)
                        continue;
                    if (relationOf[q] < 0 || relations[r].Mode < relations[relationOf[q]].Mode)
                        relationOf[q] = r;
                    i = Math.Max(i, text.Quotations[q].End - 1);
                }
            }
        }
    }

    /// <summary>More than a few words, or words that end as a sentence does.</summary>
    private bool IsSpeech(in Quotation quotation)
    {
        var words = 0;
        var capitals = 0;
        for (var i = quotation.InnerFirst; i < quotation.InnerEnd && words < 12; i++)
        {
            if (text.Tokens[i].Kind is not (TokenKind.Word or TokenKind.Number))
                continue;
            words++;
            if (text.IsCapitalised(i))
                capitals++;
        }

        if (words == 0)
            return false;
        var ends = CharacterClasses.IsTerminator(text.Document.MarkOf(text.Tokens[quotation.InnerEnd - 1])) && text.IsCapitalised(quotation.InnerFirst);
        return words >= 4 && capitals * 3 < words * 2 || ends && words >= 2 && StartsSentence(quotation);
    }

    private bool StartsSentence(in Quotation quotation) => text.Document.Sentences[text.SentenceOf[quotation.First]].FirstToken == quotation.First;

    private bool GoesOn(int q, Relation relation)
    {
        var quotation = text.Quotations[q];
        var sentences = text.Document.Sentences;
        var here = sentences[text.SentenceOf[quotation.First]].Paragraph;
        var lastToken = Math.Max(relation.LastContentToken, relation.Cue.End - 1);
        var there = sentences[text.SentenceOf[lastToken]].Paragraph;
        if (here == there)
            return true;
        var between = here - there;
        if (between > 1)
            return false;
        var endsInColon = text.IsMark(text.Document.Paragraphs[there].EndToken - 1, ':');
        var opensParagraph = text.Document.Paragraphs[here].FirstToken == quotation.First;
        if (endsInColon)
            return true;
        var lastQuotation = text.QuotationOf[relation.LastContentToken];
        return opensParagraph && lastQuotation >= 0 && (q == lastQuotation + 1 || !text.Quotations[lastQuotation].Balanced);
    }
}
