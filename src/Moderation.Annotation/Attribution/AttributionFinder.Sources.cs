using Moderation.Annotation.Text;

namespace Moderation.Annotation.Attribution;

/// <summary>From a verb to the words that say who.</summary>
internal sealed partial class AttributionFinder
{
    /// <summary>Verb before its subject, after a quotation or a comma: "…," said Smith.</summary>
    private TokenRange InvertedSource(Relation relation, in VerbChain chain, in Sentence sentence)
    {
        if (relation.Mode == AttributionMode.Stance || relation.Cue.End >= sentence.EndToken || chain.HasAuxiliary || text.Has(relation.Cue.End - 1, WordTags.Gerund))
            return TokenRange.None;
        var before = chain.First - 1;
        if (before < sentence.FirstToken && !(before >= 0 && EndsQuotation(before)))
            return TokenRange.None;
        if (!EndsQuotation(before) && !text.IsMark(before, ',') && !text.IsDash(before))
            return TokenRange.None;
        var next = relation.Cue.End;
        var nominal = text.IsCapitalised(next) || text.Has(next, WordTags.Determiner | WordTags.SubjectPronoun | WordTags.Possessive | WordTags.Source | WordTags.Quantity);
        if (!nominal || text.Has(next, WordTags.That | WordTags.Time) || !EndsQuotation(before) && !text.IsCapitalised(next)
            && !text.Has(next, WordTags.Determiner | WordTags.Possessive | WordTags.Source | WordTags.Quantity))
            return TokenRange.None;
        if (!EndsQuotation(before) && contents.HasClauseAfter(next, sentence.EndToken))
            return TokenRange.None;
        return phrases.After(next, sentence.EndToken);
    }

    private bool EndsQuotation(int token) => text.QuotationOf[token] is var q and >= 0 && text.Quotations[q].End == token + 1;

    /// <summary>The words before the verb that say who: a name, a pronoun, or the sentence's earlier subject.</summary>
    private TokenRange SubjectOf(in VerbChain chain, WordTags tags, in Sentence sentence, out bool own)
    {
        own = false;
        var p = chain.First - 1;
        if (p < sentence.FirstToken)
            return TokenRange.None;
        if (text.Has(p, WordTags.Relative) || text.Has(p, WordTags.SubjectPronoun) && !text.Has(p, WordTags.That))
        {
            own = true;
            return new TokenRange(p, p + 1);
        }

        var gerund = tags.Has(WordTags.Gerund) && !chain.HasAuxiliary;
        if (gerund || chain.Infinitive || text.Has(p, WordTags.And | WordTags.But) || chain.HasAuxiliary is false && text.IsMark(p, ',') && relations.Count > sentenceRelations)
        {
            if (!(text.IsMark(p, ',') && !gerund))
                return subject.IsEmpty ? FirstSubject(sentence, p) : subject;
        }

        var phrase = phrases.Before(chain.First, sentence.FirstToken);
        if (phrase.IsEmpty)
            return text.IsMark(p, ',') ? subject : TokenRange.None;
        own = true;
        return phrase;
    }

    /// <summary>"The way | Holt | sees it".</summary>
    private TokenRange WithoutWay(TokenRange source, in Sentence sentence) =>
        source.Length > 2 && source.First == sentence.FirstToken && text.Document.TextOf(text.Tokens[source.First + 1]) is "way" ? new TokenRange(source.First + 2, source.End) : source;

    /// <summary>"The harbour board, | Orla Venn | said, had …": where the clause goes on with its verb behind the cue, its subject is no part of the source.</summary>
    private TokenRange BetweenCommas(TokenRange source, int cueEnd, in Sentence sentence)
    {
        if (source.First != sentence.FirstToken || cueEnd + 1 >= sentence.EndToken || !text.IsMark(cueEnd, ',') || !text.Has(cueEnd + 1, WordTags.Auxiliary | WordTags.Past | WordTags.Third))
            return source;
        for (var i = source.End - 2; i > source.First; i--)
        {
            if (text.IsMark(i, ','))
                return new TokenRange(i + 1, source.End);
        }

        return source;
    }

    /// <summary>"Calling it a folly, | the mayor | walked out": what stands before the verb.</summary>
    private TokenRange SubjectFrom(int first, int end)
    {
        var verb = first;
        while (verb < end && !contents.HasVerb(verb, verb + 1))
            verb++;
        return phrases.After(first, verb);
    }

    /// <summary>Where no cue has named one yet: the name or pronoun that the sentence begins with.</summary>
    private TokenRange FirstSubject(in Sentence sentence, int limit)
    {
        for (var i = sentence.FirstToken; i < limit && i < sentence.FirstToken + 30; i++)
        {
            if (text.QuotationOf[i] >= 0)
                return TokenRange.None;
            if (text.Has(i, WordTags.Auxiliary | WordTags.VerbForm) && i > sentence.FirstToken && !text.Has(i, WordTags.NounToo) && !text.IsCapitalised(i)
                && VerbChain.Before(text, i, sentence.FirstToken) is { CanBeVerb: true } chain)
            {
                if (text.Has(chain.First - 1 >= sentence.FirstToken ? chain.First - 1 : i, WordTags.SubjectPronoun))
                    return new TokenRange(chain.First - 1, chain.First);
                return phrases.Before(chain.First, sentence.FirstToken);
            }
        }

        return TokenRange.None;
    }

    private bool HasSource(TokenRange source)
    {
        for (var i = source.First; i < source.End; i++)
        {
            if (text.Has(i, WordTags.DocumentSource | WordTags.DataSource | WordTags.Person | WordTags.Anonymous))
                return true;
        }

        return false;
    }
}
