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

    /// <summary>A pronoun, a name, or a person, body or document: not the strike, talks, life.</summary>
    private bool CanSpeak(TokenRange source)
    {
        for (var i = source.First; i < source.End; i++)
        {
            if (text.Has(i, WordTags.SubjectPronoun | WordTags.Source | WordTags.Title) || text.IsCapitalised(i) && !text.Tokens[i].Is(TokenShape.SentenceInitial))
                return true;
        }

        return false;
    }

    private bool IsSetOffBehind(Relation relation, in Sentence sentence) => relation.Cue.End < sentence.EndToken && text.IsMark(relation.Cue.End, ',');

    /// <summary>"After the beating of a pensioner, police asked …": a phrase that only says when or where is nobody's words.</summary>
    private bool IsAdverbialBefore(int sourceStart, in Sentence sentence)
    {
        if (!text.Has(sentence.FirstToken, WordTags.Preposition) || text.Has(sentence.FirstToken, WordTags.Adverb))
            return false;
        for (var i = sentence.FirstToken; i < sourceStart; i++)
        {
            if (text.QuotationOf[i] >= 0 || contents.HasVerb(i, i + 1))
                return false;
        }

        return true;
    }

    /// <summary>"Survival, he says, depends on …", "It was, she wrote on Friday, a …": a subject that the cue cuts off from its verb, or a verb from its object.</summary>
    private bool IsInterrupted(int comma, int cueEnd, in Sentence sentence) =>
        comma > sentence.FirstToken && cueEnd < sentence.EndToken && (text.IsMark(cueEnd, ',') || text.Has(comma - 1, WordTags.Auxiliary))
        && (!text.IsAdverb(sentence.FirstToken) || comma - sentence.FirstToken > 1)
        && !text.Has(sentence.FirstToken, WordTags.And | WordTags.But);

    /// <summary>
    /// Whether marks show a verb to be a cue that otherwise is none: between its content's halves or after it (", she went on,"), or before it
    /// ("The note was headed: …").
    /// </summary>
    private bool IsSetOff(Relation relation, int sourceStart, in Sentence sentence)
    {
        var next = relation.Cue.End;
        if (next >= sentence.EndToken || !CanSpeak(relation.Source))
            return false;
        if (text.IsMark(next, ':') || text.QuotationOf[next] >= 0)
            return true;
        return FollowsItsContent(sourceStart, next, sentence) && !IsAdverbialBefore(sourceStart, sentence) && !text.Has(sentence.FirstToken, WordTags.Subordinator)
            && (text.IsMark(next, ',') || text.IsMark(next, ';') || text.IsMark(next, '.') && text.Has(sourceStart, WordTags.SubjectPronoun));
    }

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

    /// <summary>"Although she insists it is safe, …", "Citing the weather, the team …": a clause that opens the sentence ends at its comma.</summary>
    private int EndOfOpeningClause(Relation relation, int verb, int end, in Sentence sentence)
    {
        var opener = sentence.FirstToken;
        var opens = verb == opener && text.Has(verb, WordTags.Gerund)
            || text.Has(opener, WordTags.Subordinator) && !relation.Source.IsEmpty && relation.Source.First <= opener + 2;
        if (!opens)
            return end;
        for (var i = relation.Cue.End + 1; i < end - 1; i++)
        {
            if (text.QuotationOf[i] < 0 && text.IsMark(i, ','))
                return i;
        }

        return end;
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

    /// <summary>"As …", ", as …", "The way …".</summary>
    private bool IsAs(int token, in Sentence sentence) => token == sentence.FirstToken + 1 && text.Document.TextOf(text.Tokens[token]) is "way"
        || token >= sentence.FirstToken && text.Has(token, WordTags.As) && (token == sentence.FirstToken || text.IsMark(token - 1, ',') || text.Has(token - 1, WordTags.But | WordTags.And));

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

    /// <summary>"The alternative, as she tells it, was a slow death": what stands before, and after the comma that follows.</summary>
    private bool AddContentAround(Relation relation, int asToken, in Sentence sentence)
    {
        if (asToken == sentence.FirstToken || !text.IsMark(asToken - 1, ','))
            return false;
        AddContentBefore(relation, asToken, sentence);
        if (relation.Cue.End + 1 < sentence.EndToken && !text.Has(relation.Cue.End + 1, WordTags.And))
            AddRestAfter(relation, relation.Cue.End, sentence);
        return relation.Content.Count > 0;
    }

    /// <summary>"Survival, he says, depends on readers": the clause goes on after the cue.</summary>
    private void AddRestAfter(Relation relation, int from, in Sentence sentence)
    {
        var comma = from;
        while (comma < sentence.EndToken && text.QuotationOf[comma] < 0 && !text.IsMark(comma, ')') && !text.IsMark(comma, ',') && !text.IsMark(comma, ';') && !text.IsMark(comma, ':') && !text.IsDash(comma))
            comma++;
        if (comma + 2 >= sentence.EndToken || text.IsMark(comma, ')') || text.QuotationOf[comma] >= 0 || text.QuotationOf[comma + 1] >= 0 || FollowsSpeech(relation.Source.First))
        {
            AddQuotationAfter(relation, from, sentence);
            return;
        }

        var next = comma + 1;
        while (next < sentence.EndToken && text.IsAdverb(next))
            next++;
        if (next >= sentence.EndToken || text.Has(next, WordTags.But | WordTags.Relative | WordTags.Subordinator) && !text.Has(next, WordTags.Preposition) && !IsReasonOrCondition(next)
            || text.Has(next, WordTags.Cue) && text.Has(next, WordTags.Gerund)
            || text.Has(next, WordTags.CueBeforeSource) || text.Has(next, WordTags.As) && next + 1 < sentence.EndToken && text.Has(next + 1, WordTags.SubjectPronoun) || text.Has(next, WordTags.And) && !contents.OpensClause(next + 1, sentence.EndToken))
            return;
        var rest = contents.WithWholeQuotations(contents.Trim(comma + 1, contents.EndOfClause(comma + 1, sentence.EndToken, text.Tags[relation.Cue.End - 1])));
        if (WordsIn(rest) > 1)
            relation.Content.Add(rest);
    }

    /// <summary>"…, he said, because the plan …": part of what was said, as "when" or "as he left" would not be.</summary>
    private bool IsReasonOrCondition(int token) => text.Document.TextOf(text.Tokens[token]) is "because" or "if" or "unless" or "whatever";

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
        if (text.Has(content.First, WordTags.That | WordTags.Interrogative) || contents.LastIsClause && HasSource(source) || text.IsMark(content.First - 1, ':'))
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
