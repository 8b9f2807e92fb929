using Moderation.Annotation.Results;
using Moderation.Annotation.Text;

namespace Moderation.Annotation.Attribution;

/// <summary>
/// Gives the quotations that no cue of their own sentence claims to the speaker they go on from: in the same paragraph, over paragraphs, or
/// after a sentence that ends in a colon. What is left stays speech of nobody named, or a mere mention.
/// </summary>
internal sealed class QuotationAssigner(TaggedText text, List<Relation> relations, bool[] isFurniture)
{
    private readonly Relation?[] relationOf = new Relation?[text.Quotations.Count];

    /// <summary>The relation that each quotation belongs to, null for a mention.</summary>
    public Relation?[] Assign()
    {
        ClaimByContent();
        Relation? last = null;
        var next = 0;
        var byCue = relations.FindAll(r => r.Mode == AttributionMode.Speech && r.Cue.First >= 0);
        byCue.Sort((a, b) => a.Cue.First.CompareTo(b.Cue.First));
        for (var q = 0; q < text.Quotations.Count; q++)
        {
            var quotation = text.Quotations[q];
            while (next < byCue.Count && byCue[next].Cue.First < quotation.First)
                last = byCue[next++];
            if (relationOf[q] is not null)
            {
                last = relationOf[q];
                continue;
            }

            if (isFurniture[quotation.First] || !IsSpeech(quotation))
                continue;
            if (last is null || !GoesOn(q, last))
            {
                last = new Relation(AttributionMode.Speech, TokenRange.None);
                relations.Add(last);
            }

            last.Content.Add(new TokenRange(quotation.First, quotation.End));
            relationOf[q] = last;
        }

        return relationOf;
    }

    private void ClaimByContent()
    {
        foreach (var relation in relations)
        {
            foreach (var content in relation.Content)
            {
                for (var i = content.First; i < content.End; i++)
                {
                    var q = text.QuotationOf[i];
                    if (q < 0)
                        continue;
                    if (relationOf[q] is not { } other || relation.Mode < other.Mode || relation.Mode == other.Mode && content.First > other.Content[0].First)
                        relationOf[q] = relation;
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
        if (FollowsSpeechNoun(quotation.First) || FollowsNaming(quotation.First))
            return true;
        var ends = CharacterClasses.IsTerminator(text.Document.MarkOf(text.Tokens[quotation.InnerEnd - 1])) && text.IsCapitalised(quotation.InnerFirst);
        return words >= 4 && capitals * 3 < words * 2 || ends && words >= 2 && StartsSentence(quotation);
    }

    /// <summary>"Shouts of “shame”", "a charge of “treason”".</summary>
    private bool FollowsSpeechNoun(int quotation) => quotation >= 2 && text.Has(quotation - 1, WordTags.Of) && text.Has(quotation - 2, WordTags.CueNoun)
        && text.Document.TextOf(text.Tokens[quotation - 2]) is not ("threat" or "idea" or "fear" or "hope" or "plan" or "sign" or "view" or "support");

    /// <summary>"Termed it “interference”", "are described in one as “victims”": what a thing is called, by whomever.</summary>
    private bool FollowsNaming(int quotation)
    {
        const int reach = 6;
        for (var i = quotation - 1; i >= 0 && i >= quotation - reach && text.Tokens[i].IsWord; i--)
        {
            if (text.Has(i, WordTags.TakesName | WordTags.TakesAs) && text.Has(i, WordTags.Speech) && text.Has(i, WordTags.Past | WordTags.Third | WordTags.Gerund))
                return VerbChain.Before(text, i, text.Document.Sentences[text.SentenceOf[i]].FirstToken).CanBeVerb;
        }

        return false;
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
        var lastQuotation = relation.Content.Count == 0 ? -1 : text.QuotationOf[relation.Content[^1].End - 1];
        return opensParagraph && lastQuotation >= 0 && (q == lastQuotation + 1 || !text.Quotations[lastQuotation].Balanced);
    }
}
