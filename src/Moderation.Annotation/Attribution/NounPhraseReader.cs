namespace Moderation.Annotation.Attribution;

/// <summary>Finds where a noun phrase that names a source begins or ends, with its titles, appositions and relative clauses.</summary>
internal sealed class NounPhraseReader(TaggedText text)
{
    /// <summary>Longest noun phrase, in tokens, to one side of a cue; so that each cue's cost is bounded.</summary>
    private const int MaxLength = 45;

    private const WordTags Outside = WordTags.Auxiliary | WordTags.Subordinator | WordTags.That | WordTags.Relative | WordTags.Interrogative | WordTags.But | WordTags.SubjectPronoun;

    /// <summary>The phrase that ends before <paramref name="end"/>, not reaching back beyond <paramref name="limit"/>; with appositions before a comma at its end.</summary>
    public TokenRange Before(int end, int limit)
    {
        limit = Math.Max(limit, end - MaxLength);
        end = WithoutTime(end, limit);
        var last = end - 1;
        if (last < limit)
            return TokenRange.None;
        if (text.IsMark(last, ',') || text.IsMark(last, ')') || text.IsDash(last))
            return BeforeInsertion(end, limit);
        var first = Core(end, limit);
        if (first < 0)
            return TokenRange.None;

        // "House speaker, John Smith": what stands before a comma belongs to it only as the first half of "the president, Mary Henry".
        if (first - 1 > limit && text.IsMark(first - 1, ',') && text.IsCapitalised(first) && end - first <= 4 && !text.IsCapitalised(first - 2))
        {
            var head = Core(first - 1, limit);
            if (head >= 0 && text.Has(head, WordTags.Determiner | WordTags.Possessive)
                && !text.Has(head - 1 >= limit ? head - 1 : head, WordTags.Preposition | WordTags.Auxiliary | WordTags.Past | WordTags.Third | WordTags.Gerund))
                return new TokenRange(head, end);
            if (head >= 0 && head + 1 < first && text.IsCapitalised(head) && text.Has(head + 1, WordTags.Auxiliary) && text.IsMark(head + 1, '\''))
                return new TokenRange(head, end);
        }

        return new TokenRange(first, end);
    }

    /// <summary>"Kirby on Tuesday", "the ministry late Monday": the day is no part of the name.</summary>
    private int WithoutTime(int end, int limit)
    {
        var last = end - 1;
        while (last > limit && text.Has(last, WordTags.Time) && (text.IsCapitalised(last)
            || text.Has(last - 1, WordTags.Determiner | WordTags.Time | WordTags.Adverb) || text.Has(last, WordTags.Adverb))
            && !text.Tokens[last].Is(Text.TokenShape.Clitic))
            last--;
        if (last + 1 == end)
            return end;
        while (last > limit && text.Has(last, WordTags.Preposition | WordTags.Determiner | WordTags.Adverb))
            last--;
        return last > limit || !text.Has(last, WordTags.Preposition) ? last + 1 : end;
    }

    /// <summary>
    /// The phrase that begins at <paramref name="first"/> and ends before <paramref name="limit"/> at the latest. After an introductory cue
    /// ("According to the bank, …") the main clause follows the phrase.
    /// </summary>
    public TokenRange After(int first, int limit, bool introductory = false)
    {
        limit = Math.Min(limit, first + MaxLength);
        var end = first;
        while (end < limit && text.Has(end, WordTags.Adverb) && !text.IsCapitalised(end))
            end++;
        first = end;
        if (end >= limit || text.QuotationOf[end] >= 0 && text.Quotations[text.QuotationOf[end]].Length > 4)
            return TokenRange.None;
        if (text.Has(end, WordTags.SubjectPronoun | WordTags.ObjectPronoun) && !text.Has(end, WordTags.Possessive))
            return new TokenRange(end, end + 1);
        while (end < limit)
        {
            if (text.Tokens[end].Kind is Text.TokenKind.Punctuation or Text.TokenKind.Symbol)
            {
                if (text.IsMark(end, ',') && ContinuesAfterComma(end + 1, limit, introductory) || text.IsMark(end, '&'))
                {
                    end++;
                    continue;
                }

                if (text.IsMark(end, '(') && CloseOf(end, limit) is var close and > 0)
                {
                    end = close + 1;
                    continue;
                }

                if (text.IsMark(end, '.') && end + 1 < limit)
                {
                    end++;
                    continue;
                }

                break;
            }

            if (end > first && EndsPhrase(end, first))
                break;
            end++;
        }

        while (end > first && (text.IsMark(end - 1, ',') || text.Has(end - 1, WordTags.Preposition) && !text.IsCapitalised(end - 1)))
            end--;
        return new TokenRange(first, end);
    }

    private bool EndsPhrase(int token, int first)
    {
        var tags = text.Tags[token];
        if (tags.Has(WordTags.Subordinator | WordTags.But) && !text.IsCapitalised(token))
            return true;
        if (tags.Has(WordTags.Time) && text.IsCapitalised(token))
            return true;
        if (tags.Has(WordTags.Of) && token + 1 < text.Tokens.Length && text.EndsWith(token + 1, "ing"))
            return true;
        if (tags.Has(WordTags.To | WordTags.By))
            return !InRelativeClause(first, token);
        if (tags.Has(WordTags.Preposition) && token + 1 < text.Tokens.Length && text.Has(token + 1, WordTags.Time) && !tags.Has(WordTags.Of))
            return true;
        if (tags.Has(WordTags.Preposition) && text.Tokens[token].Length == 2 && text.Document.TextOf(text.Tokens[token]) is "in" && token + 2 < text.Tokens.Length
            && text.Has(token + 1, WordTags.Determiner) && text.Has(token + 2, WordTags.CueNoun | WordTags.DocumentSource))
            return true;
        return false;
    }

    private bool InRelativeClause(int first, int token)
    {
        for (var i = token - 1; i > first; i--)
        {
            if (text.Has(i, WordTags.Relative))
                return true;
        }

        return false;
    }

    private bool ContinuesAfterComma(int next, int limit, bool introductory)
    {
        if (next >= limit || introductory && (HasVerbBeforeComma(next, limit) || !HasComma(next, limit)))
            return false;
        var tags = text.Tags[next];
        if (tags.Has(WordTags.Relative) || text.Tokens[next].Kind == Text.TokenKind.Number)
            return true;
        if (tags.Has(WordTags.Determiner))
            return !HasVerbBeforeComma(next, limit);
        if (tags.Has(WordTags.Gerund | WordTags.Subordinator | WordTags.But | WordTags.Preposition | WordTags.SubjectPronoun | WordTags.And | WordTags.Adverb))
            return tags.Has(WordTags.Of);
        return text.Tokens[next].IsWord && !text.EndsWith(next, "ing") && (text.IsCapitalised(next) || !HasVerbBeforeComma(next, limit));
    }

    private bool HasComma(int next, int limit)
    {
        while (next < limit && !text.IsMark(next, ','))
            next++;
        return next < limit;
    }

    /// <summary>Whether what follows a comma is the main clause rather than an apposition.</summary>
    private bool HasVerbBeforeComma(int next, int limit)
    {
        for (var i = next + 1; i < limit; i++)
        {
            if (text.IsMark(i, ',') || text.Has(i, WordTags.Relative | WordTags.That) || text.QuotationOf[i] >= 0)
                return false;
            if (text.Has(i, WordTags.Auxiliary) && !text.Tokens[i].Is(Text.TokenShape.Clitic) || text.Has(i, WordTags.Past | WordTags.Third)
                && !text.Has(i, WordTags.NounToo) && !text.IsCapitalised(i))
                return true;
        }

        return false;
    }

    private int CloseOf(int open, int limit)
    {
        for (var i = open + 1; i < limit && i < open + 12; i++)
        {
            if (text.IsMark(i, ')'))
                return i;
        }

        return -1;
    }

    /// <summary>"Smith, the mayor," and "Smith, speaking in Ohio,": goes back over what stands between commas to the name before it.</summary>
    private TokenRange BeforeInsertion(int end, int limit)
    {
        var close = end - 1;
        var open = close - 1;
        while (open >= limit && !text.IsMark(open, ',') && !text.IsMark(open, '(') && !text.IsDash(open))
            open--;
        if (open <= limit)
            return TokenRange.None;
        var inside = text.Tags[open + 1];
        if (text.IsMark(close, ')') != text.IsMark(open, '('))
            return text.IsMark(close, ')') ? TokenRange.None : Before(open + 1, limit) is { IsEmpty: false } outer ? new TokenRange(outer.First, end) : TokenRange.None;

        var describes = !inside.Has(WordTags.Preposition | WordTags.Subordinator | WordTags.Adverb | WordTags.Gerund) && !text.EndsWith(open + 1, "ing")
            || inside.Has(WordTags.Relative);
        var name = text.IsMark(open - 1, ')') ? Before(open, limit) : CoreRange(open, limit);
        if (name.IsEmpty && open - 1 > limit)
            name = Before(open, limit);
        if (name.IsEmpty)
            return TokenRange.None;

        // Several commas in a row: "Stevens, 30, of Gainesville, Fla., said".
        if (name.First - 1 > limit && text.IsMark(name.First - 1, ',') && name.Length <= 3 && !text.Has(name.First, WordTags.Determiner))
        {
            var whole = BeforeInsertion(name.First, limit) is { IsEmpty: false } w ? w : CoreRange(name.First - 1, limit);
            if (!whole.IsEmpty && text.IsCapitalised(whole.First))
                name = new TokenRange(whole.First, name.End);
        }

        return describes ? new TokenRange(name.First, end) : name;
    }

    private TokenRange CoreRange(int end, int limit) => Core(end, limit) is var first and >= 0 ? new TokenRange(first, end) : TokenRange.None;

    /// <summary>The first token of the phrase that ends before <paramref name="end"/> and has no comma in it; -1 where none ends there.</summary>
    private int Core(int end, int limit)
    {
        var i = end - 1;
        var first = -1;
        var conjunction = -1;
        while (i >= limit)
        {
            var tags = text.Tags[i];
            ref readonly var token = ref text.Tokens[i];
            if (text.QuotationOf[i] >= 0)
            {
                var quotation = text.Quotations[text.QuotationOf[i]];
                if (quotation.Length > 5 || i == end - 1 || quotation.First < limit || text.Document.MarkOf(text.Tokens[quotation.InnerEnd - 1]) is ',' or '?' or '!' or '.')
                    break;
                i = quotation.First - 1;
                first = i + 1;
                continue;
            }

            if (token.Kind is Text.TokenKind.Punctuation or Text.TokenKind.Symbol)
            {
                var inName = text.IsMark(i, '.') && i + 1 < end && !text.Tokens[i].Is(Text.TokenShape.SpaceBefore) && i > limit && text.IsCapitalised(i - 1)
                    || text.IsMark(i, '/') || text.IsMark(i, '-') || text.IsMark(i, '%') || text.IsMark(i, '$') || text.IsMark(i, '@') || text.IsMark(i, '#');
                if (!inName)
                    break;
                i--;
                continue;
            }

            if (tags.Has(WordTags.SubjectPronoun) && i == end - 1)
                return i;
            var clitic = token.Is(Text.TokenShape.Clitic);
            if (!clitic && tags.Has(Outside) && !(tags.Has(WordTags.Determiner) && text.Has(i, WordTags.That) is false))
                break;
            if (tags.Has(WordTags.And))
            {
                if (first < 0)
                    break;
                conjunction = first;
                i--;
                continue;
            }

            if (tags.Has(WordTags.Preposition) && !tags.Has(WordTags.Of))
            {
                if (tags.Has(WordTags.To) && text.Has(i + 1, WordTags.Base) && !text.Has(i + 1, WordTags.Source) && !text.IsCapitalised(i + 1))
                    break;
                if (first < 0 || i == limit || text.IsCapitalised(i) && text.Tokens[i].Is(Text.TokenShape.SentenceInitial))
                    break;
                if (text.Has(i - 1, WordTags.VerbForm | WordTags.Preposition) && !text.IsCapitalised(i - 1) && !text.Has(i - 1, WordTags.NounToo | WordTags.Source))
                    break;
                i--;
                continue;
            }

            if (IsVerbInWay(i, first, end))
            {
                if (conjunction >= 0)
                    return conjunction;
                break;
            }

            if (tags.Has(WordTags.Adverb | WordTags.Time) && !text.IsCapitalised(i) && (first < 0 || !tags.Has(WordTags.Quantity | WordTags.Determiner)) && first < 0)
                break;
            first = i;
            i--;
        }

        while (first >= 0 && first < end && (text.Has(first, WordTags.Preposition | WordTags.And | WordTags.Adverb) || text.Tokens[first].Is(Text.TokenShape.Clitic))
            && !text.Has(first, WordTags.Quantity | WordTags.Determiner))
            first++;
        return first >= end ? -1 : first;
    }

    /// <summary>A word that can only be the verb of an earlier clause, and so cannot belong to the phrase.</summary>
    private bool IsVerbInWay(int token, int first, int end)
    {
        if (text.IsCapitalised(token) || first < 0)
            return false;
        var tags = text.Tags[token];
        if (token > 0 && tags.Has(WordTags.VerbForm) && text.Has(token - 1, WordTags.SubjectPronoun | WordTags.Relative | WordTags.Auxiliary)
            && !text.Tokens[token - 1].Is(Text.TokenShape.Clitic) && !text.Has(token - 1, WordTags.Possessive))
            return true;
        if (tags.Has(WordTags.NounToo | WordTags.Source | WordTags.CueNoun))
            return false;
        if (tags.Has(WordTags.Past | WordTags.Third | WordTags.Base) && token + 1 < end)
            return text.Has(token + 1, WordTags.Determiner | WordTags.Possessive | WordTags.Preposition) || text.IsCapitalised(token + 1);
        return tags.Has(WordTags.Gerund) && token + 1 < end && text.Has(token + 1, WordTags.Determiner | WordTags.Possessive);
    }
}
