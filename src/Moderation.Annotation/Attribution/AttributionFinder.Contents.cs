using Moderation.Annotation.Text;

namespace Moderation.Annotation.Attribution;

/// <summary>From a verb to the words that it reports, before, around and after it.</summary>
internal sealed partial class AttributionFinder
{
    /// <summary>Whether the source is set off from what stands before it, as in "Prices rose, the ministry said".</summary>
    private bool FollowsItsContent(int sourceStart, int cueEnd, in Sentence sentence)
    {
        var before = sourceStart - 1;
        if (before < 0 || before < sentence.FirstToken && !EndsQuotation(before))
            return false;
        return EndsQuotation(before) || (text.IsMark(before, ',') || text.IsDash(before)) && (before - sentence.FirstToken >= 3 || IsInterrupted(before, cueEnd, sentence))
            || text.Tokens[before].Kind == TokenKind.QuoteMark;
    }

    /// <summary>"Survival, he says, depends on …": a subject that the cue cuts off from its verb.</summary>
    private bool IsInterrupted(int comma, int cueEnd, in Sentence sentence) =>
        comma > sentence.FirstToken && cueEnd < sentence.EndToken && text.IsMark(cueEnd, ',') && (!text.IsAdverb(sentence.FirstToken) || comma - sentence.FirstToken > 1)
        && !text.Has(sentence.FirstToken, WordTags.And | WordTags.But);

    /// <summary>"The mayor, who says it is safe, walked …": a clause between commas ends at the second.</summary>
    private int EndOfRelativeClause(Relation relation, in Sentence sentence)
    {
        var source = relation.Source.First;
        if (relation.Source.Length != 1 || !text.Has(source, WordTags.Relative) || source <= sentence.FirstToken || !text.IsMark(source - 1, ','))
            return sentence.EndToken;
        for (var i = relation.Cue.End + 2; i < sentence.EndToken; i++)
        {
            if (text.IsMark(i, ',') && text.QuotationOf[i] < 0)
                return i;
        }

        return sentence.EndToken;
    }

    private void AddContentBefore(Relation relation, int end, in Sentence sentence)
    {
        var start = sentence.FirstToken;
        for (var r = sentenceRelations; r < relations.Count; r++)
        {
            if (relations[r].Cue.End <= end && relations[r].Mode == AttributionMode.Speech && (relations[r].Source.First >= 0
                && relations[r].LastContentToken < end - 6 || relations[r].Cue.First == sentence.FirstToken && relations[r].Source.IsEmpty))
                start = Math.Max(start, relations[r].LastContentToken + 1);
        }

        var last = end - 1;
        while (last > start && (text.IsMark(last, ',') || text.IsDash(last)) && text.QuotationOf[last] < 0)
            last--;
        var range = contents.WithWholeQuotations(contents.Trim(start, last + 1));
        if (text.QuotationOf[last] is var q and >= 0)
        {
            // A whole quoted sentence stands by itself; a partial one belongs to the clause around it.
            var quotation = text.Quotations[q];
            if (quotation.First <= start || text.IsMark(quotation.First - 1, ',') || text.IsMark(quotation.First - 1, ':'))
                range = new TokenRange(quotation.First, quotation.End);
        }

        if (WordsIn(range) > 0)
            relation.Content.Add(range);
    }

    private bool IsAs(int token, in Sentence sentence) => token >= sentence.FirstToken && text.Has(token, WordTags.As) && (token == sentence.FirstToken
        || text.IsMark(token - 1, ',') || text.Has(token - 1, WordTags.But | WordTags.And));

    /// <summary>"As she said, now is the time": what follows the comma; where none does, what stands before.</summary>
    private bool AddContentAfterComma(Relation relation, in Sentence sentence)
    {
        var comma = relation.Cue.End;
        while (comma < sentence.EndToken && comma < relation.Cue.End + 8 && !text.IsMark(comma, ',') && text.QuotationOf[comma] < 0)
            comma++;
        if (comma >= sentence.EndToken || !text.IsMark(comma, ','))
            return false;
        var rest = contents.WithWholeQuotations(contents.Trim(comma + 1, sentence.EndToken));
        if (WordsIn(rest) < 3)
            return false;
        relation.Content.Add(rest);
        return true;
    }

    /// <summary>"Survival, he says, depends on readers": the clause goes on after the cue.</summary>
    private void AddRestAfter(Relation relation, int from, in Sentence sentence)
    {
        var comma = from;
        while (comma < sentence.EndToken && text.QuotationOf[comma] < 0 && !text.IsMark(comma, ',') && !text.IsMark(comma, ':') && !text.IsDash(comma))
            comma++;
        if (comma + 2 >= sentence.EndToken || text.QuotationOf[comma] >= 0 || text.QuotationOf[comma + 1] >= 0 || FollowsSpeech(relation.Source.First))
        {
            AddQuotationAfter(relation, from, sentence);
            return;
        }

        var next = comma + 1;
        while (next < sentence.EndToken && text.IsAdverb(next))
            next++;
        if (next >= sentence.EndToken || text.Has(next, WordTags.But | WordTags.Relative | WordTags.Subordinator) && !text.Has(next, WordTags.Preposition)
            || text.Has(next, WordTags.Cue) && text.Has(next, WordTags.Gerund)
            || text.Has(next, WordTags.CueBeforeSource) || text.Has(next, WordTags.And) && !(next + 1 < sentence.EndToken
            && (text.Has(next + 1, WordTags.SubjectPronoun | WordTags.Determiner | WordTags.Possessive) || text.IsCapitalised(next + 1))))
            return;
        var rest = contents.WithWholeQuotations(contents.Trim(comma + 1, contents.EndOfClause(comma + 1, sentence.EndToken, text.Tags[relation.Cue.End - 1])));
        if (WordsIn(rest) > 1)
            relation.Content.Add(rest);
    }

    /// <summary>Whether a quotation that ends in a comma, as speech does, stands before the source.</summary>
    private bool FollowsSpeech(int sourceStart) =>
        sourceStart > 0 && text.QuotationOf[sourceStart - 1] is var q and >= 0 && text.Quotations[q].End == sourceStart
        && (text.Quotations[q].Length > 3 || text.Document.Sentences[text.SentenceOf[sourceStart]].FirstToken >= text.Quotations[q].First)
        && text.Document.MarkOf(text.Tokens[text.Quotations[q].InnerEnd - 1]) is ',' or '?' or '!';

    /// <summary>"…," he said, "…": a second quotation after a comma or colon.</summary>
    private void AddQuotationAfter(Relation relation, int from, in Sentence sentence)
    {
        for (var i = from; i < sentence.EndToken; i++)
        {
            if (text.QuotationOf[i] < 0)
            {
                if (text.Has(i, WordTags.Cue) && i > from)
                    return;
                continue;
            }

            var quotation = text.Quotations[text.QuotationOf[i]];
            if (i == from || text.IsMark(i - 1, ',') || text.IsMark(i - 1, ':') || quotation.Length > 6)
                relation.Content.Add(new TokenRange(quotation.First, quotation.End));
            return;
        }
    }

    private bool IsEnough(TokenRange content, WordTags tags, TokenRange source)
    {
        var words = WordsIn(content);
        if (words == 0)
            return false;
        if (!tags.Has(WordTags.WeakCue))
            return true;
        if (text.Has(content.First, WordTags.That | WordTags.Interrogative) || contents.LastIsClause && HasSource(source))
            return true;
        for (var i = content.First; i < content.End; i++)
        {
            if (text.QuotationOf[i] >= 0)
                return true;
        }

        return false;
    }

    /// <summary>"He said:" at the end of a sentence: what follows is the content.</summary>
    private bool OpensSpeech(int next, in Sentence sentence)
    {
        for (var i = next; i < sentence.EndToken; i++)
        {
            if (text.IsMark(i, ':') && i + 1 >= sentence.EndToken)
                return true;
        }

        return false;
    }

    private int WordsIn(TokenRange range)
    {
        var words = 0;
        for (var i = range.First; i < range.End && words < 8; i++)
        {
            if (text.Tokens[i].Kind is TokenKind.Word or TokenKind.Number)
                words++;
        }

        return words;
    }
}
