using Moderation.Annotation.Text;

namespace Moderation.Annotation.Attribution;

/// <summary>Finds how far what is reported reaches from its cue.</summary>
internal sealed class ContentReader(TaggedText text)
{
    /// <summary>How far, in tokens, an addressee or an adverbial may stand between cue and content.</summary>
    private const int MaxBetween = 14;

    /// <summary>Whether the content that was read last is a clause and no mere object.</summary>
    public bool LastIsClause { get; private set; }

    /// <summary>The content after a cue, which ends at <paramref name="cueEnd"/>, within the sentence or to the end of a quotation that goes on.</summary>
    public TokenRange After(int cueEnd, int sentenceEnd, AttributionMode mode, WordTags cue)
    {
        var start = Start(cueEnd, sentenceEnd, mode, cue);
        if (start < 0 || start >= sentenceEnd)
            return TokenRange.None;
        LastIsClause = IsClause(start, sentenceEnd);
        var end = mode == AttributionMode.Stance || !LastIsClause ? PhraseEnd(start, sentenceEnd, cue) : EndOfClause(start, sentenceEnd, cue);
        return WithWholeQuotations(Trim(start, end));
    }

    /// <summary>The content of a noun such as "claim"; before the main verb where the noun is its subject.</summary>
    public TokenRange AfterNoun(int start, int sentenceEnd, bool afterVerb)
    {
        var end = PhraseEnd(start, sentenceEnd, WordTags.None);
        if (!afterVerb)
        {
            var verbs = text.Has(start, WordTags.That | WordTags.Interrogative) ? 1 : 0;
            for (var i = start + 1; i < end; i++)
            {
                if (!IsFiniteVerb(i) || text.Has(i - 1, WordTags.Auxiliary))
                    continue;
                if (verbs == 0)
                    return Trim(start, i);
                verbs--;
            }
        }

        return WithWholeQuotations(Trim(start, end));
    }

    /// <summary>Whether a finite verb stands in the range.</summary>
    public bool HasVerb(int first, int end)
    {
        for (var i = end - 1; i >= first; i--)
        {
            if (text.IsMark(i, ',') && i < end - 1)
                return false;
            if (IsFiniteVerb(i))
                return true;
        }

        return false;
    }

    /// <summary>Cut before the first verb: "(what they call) a fresh start | is …".</summary>
    public TokenRange ToVerb(TokenRange range)
    {
        for (var i = range.First + 1; i < range.End; i++)
        {
            if (text.QuotationOf[i] < 0 && IsFiniteVerb(i))
                return new TokenRange(range.First, i);
        }

        return range;
    }

    /// <summary>Cut at the first "and" or "by".</summary>
    public TokenRange ToConjunction(TokenRange range)
    {
        for (var i = range.First + 1; i < range.End; i++)
        {
            if (text.QuotationOf[i] < 0 && text.Has(i, WordTags.And | WordTags.But | WordTags.By))
                return new TokenRange(range.First, i);
        }

        return range;
    }

    /// <summary>Cut at the first comma outside quotations.</summary>
    public TokenRange ToComma(TokenRange range)
    {
        for (var i = range.First; i < range.End; i++)
        {
            if (text.QuotationOf[i] < 0 && text.IsMark(i, ','))
                return new TokenRange(range.First, i);
        }

        return range;
    }

    /// <summary>Without the commas, dashes, conjunctions and the full stop at its edges.</summary>
    public TokenRange Trim(int first, int end)
    {
        while (first < end && text.QuotationOf[first] < 0 && (text.Tokens[first].Kind == TokenKind.Punctuation && !IsOpening(first)
            || text.Has(first, WordTags.But | WordTags.And)))
            first++;
        while (end > first && (OpensNext(end - 1) || text.QuotationOf[end - 1] < 0 && text.Tokens[end - 1].Kind == TokenKind.Punctuation && !IsClosing(end - 1)))
            end--;
        return new TokenRange(first, end);
    }

    /// <summary>A mark at the end of one sentence that opens a quotation in the next, glued on: in May.”We agreed.</summary>
    private bool OpensNext(int token) =>
        text.QuotationOf[token] is var q and >= 0 && text.Quotations[q] is var quotation && token < quotation.InnerFirst && quotation.InnerFirst < text.Tokens.Length
        && text.SentenceOf[quotation.InnerFirst] != text.SentenceOf[token];

    /// <summary>Extended to the whole of the quotations that it cuts.</summary>
    public TokenRange WithWholeQuotations(TokenRange range)
    {
        if (range.IsEmpty)
            return range;
        var first = text.QuotationOf[range.First] is var a and >= 0 ? Math.Min(range.First, text.Quotations[a].First) : range.First;
        var end = text.QuotationOf[range.End - 1] is var b and >= 0 ? Math.Max(range.End, text.Quotations[b].End) : range.End;
        return new TokenRange(first, end);
    }

    /// <summary>Whether more than adverbials follow a cue, so that its content stands after it.</summary>
    public bool HasClauseAfter(int from, int sentenceEnd)
    {
        for (var i = from; i < sentenceEnd; i++)
        {
            if (text.QuotationOf[i] >= 0)
                return !text.IsMark(i - 1, ',') && !text.IsMark(i - 1, ':') || i - 1 == from;
            if (text.IsMark(i, ',') || text.IsMark(i, ';'))
                return i + 1 < sentenceEnd && text.QuotationOf[i + 1] >= 0;
            if (text.Has(i, WordTags.That) && i <= from + MaxBetween)
                return true;
            if (text.Has(i, WordTags.Subordinator) && i > from && !text.Has(i, WordTags.Preposition) || text.Has(i, WordTags.But | WordTags.Relative))
                return false;
            if (text.Has(i, WordTags.Preposition) && i == from && text.Has(i, WordTags.Subordinator) && i + 1 < sentenceEnd && text.Has(i + 1, WordTags.SubjectPronoun))
                return false;
            if (i > from && IsFiniteVerb(i))
                return true;
        }

        return false;
    }

    private int Start(int cueEnd, int sentenceEnd, AttributionMode mode, WordTags cue)
    {
        var i = cueEnd;
        if (i >= sentenceEnd)
            return -1;
        var addressee = cue.Has(WordTags.Addressee);
        if (mode != AttributionMode.Stance)
        {
            // A complementiser, a colon or a quotation near by shows where the content begins; adverbials and the person addressed stand before it.
            for (var k = i; k < sentenceEnd && k < i + MaxBetween; k++)
            {
                if (text.Has(k, WordTags.That) && (addressee || k == i || IsAdverbialFrom(i) || text.IsAdverb(i)))
                    return k;
                if (text.QuotationOf[k] >= 0)
                    return k == i || addressee || text.IsMark(k - 1, ',') || text.IsMark(k - 1, ':') || IsAdverbialFrom(i) ? k : i;
                if (text.IsMark(k, ':'))
                    return k + 1;
                if (text.IsMark(k, ';') || k > i && IsFiniteVerb(k) && !text.Has(k, WordTags.Gerund))
                    break;
            }

            // "Said in a statement after the bill passed: We disagree."
            if (mode == AttributionMode.Speech && i < sentenceEnd && IsAdverbialFrom(i) && Colon(i, sentenceEnd) is var colon and > 0)
                return colon + 1;
        }

        while (i < sentenceEnd && (text.IsAdverb(i) && !text.Has(i, WordTags.Preposition | WordTags.Quantity) || IsDay(i)))
            i++;
        if (i < sentenceEnd && text.IsMark(i, ','))
        {
            // "Said, however, that": past an insertion; "said, adding" has no content here.
            for (var k = i + 1; k < sentenceEnd && k < i + 10; k++)
            {
                if (text.IsMark(k, ','))
                    return k + 1 < sentenceEnd && text.Has(k + 1, WordTags.That) ? k + 1 : -1;
            }

            return -1;
        }

        if (mode == AttributionMode.Stance)
            return i;
        if (addressee && i < sentenceEnd)
            i = PastAddressee(i, sentenceEnd);
        if (i < sentenceEnd && IsAdverbialFrom(i) && i < sentenceEnd - 3)
            i = PastAdverbial(i, sentenceEnd);
        return i;
    }

    private int Colon(int from, int sentenceEnd)
    {
        for (var k = from; k < sentenceEnd && k < from + 2 * MaxBetween; k++)
        {
            if (text.QuotationOf[k] >= 0)
                return -1;
            if (text.IsMark(k, ':'))
                return k + 2 < sentenceEnd ? k : -1;
        }

        return -1;
    }

    private bool IsDay(int i) => text.Has(i, WordTags.Time) && text.IsCapitalised(i);

    private bool IsAdverbialFrom(int i) => text.Has(i, WordTags.Preposition) && !text.Has(i, WordTags.Of | WordTags.To | WordTags.As)
        && text.Document.TextOf(text.Tokens[i]) is "in" or "without" or "on" or "at" or "during" or "after" or "by" or "through" or "via" or "before" || IsDay(i)
        || text.Has(i, WordTags.Time);

    private int PastAddressee(int i, int sentenceEnd)
    {
        if (text.Has(i, WordTags.ObjectPronoun))
            return i + 1;
        var k = i;
        while (k < sentenceEnd && text.Has(k, WordTags.Determiner | WordTags.Possessive | WordTags.Quantity))
            k++;
        while (k < sentenceEnd && text.Tokens[k].IsWord && (text.IsCapitalised(k) || k == i || text.Has(k, WordTags.Source) || text.Tokens[k].Is(TokenShape.Clitic)
            || text.Has(k - 1, WordTags.Determiner | WordTags.Possessive))
            && !text.Has(k, WordTags.That | WordTags.SubjectPronoun | WordTags.To | WordTags.Preposition) && !(text.Has(k, WordTags.Determiner) && k > i))
            k++;
        return k;
    }

    private int PastAdverbial(int i, int sentenceEnd)
    {
        var k = i + 1;
        while (k < sentenceEnd && k < i + MaxBetween && text.Has(k, WordTags.Determiner | WordTags.Possessive | WordTags.Quantity))
            k++;
        var words = 0;
        while (k < sentenceEnd && k < i + MaxBetween && text.QuotationOf[k] < 0)
        {
            if (text.Has(k, WordTags.SubjectPronoun | WordTags.Determiner | WordTags.That) || words > 0 && text.Tokens[k].Kind == TokenKind.Punctuation)
                return text.IsMark(k, ',') || text.IsMark(k, '.') ? i : k;
            if (IsFiniteVerb(k))
                return i;
            words++;
            k++;
        }

        return i;
    }

    /// <summary>Whether a clause begins here: a complementiser, or a verb after a subject.</summary>
    private bool IsClause(int start, int sentenceEnd)
    {
        if (text.Has(start, WordTags.That | WordTags.Interrogative | WordTags.SubjectPronoun) || text.QuotationOf[start] >= 0)
            return true;
        for (var i = start; i < sentenceEnd && i < start + 25; i++)
        {
            if (text.QuotationOf[i] >= 0)
            {
                i = text.Quotations[text.QuotationOf[i]].End - 1;
                continue;
            }

            if (i > start && IsFiniteVerb(i))
                return true;
        }

        return false;
    }

    /// <summary>
    /// A thing and what the cue's subject calls it, a small clause: "(called) the plan a disgrace", "(denounced) it as a folly". With a
    /// list to its end. Empty where the cue takes none, or none begins before the first comma.
    /// </summary>
    public TokenRange SmallClause(int cueEnd, int sentenceEnd, AttributionMode mode, WordTags cue)
    {
        if (!cue.Has(WordTags.TakesName | WordTags.TakesAs))
            return TokenRange.None;
        var comma = CommaFrom(cueEnd, sentenceEnd);
        var content = After(cueEnd, comma, mode, cue);
        if (content.Length < 2 || LastIsClause && !IsNamedIt(content) || !HoldsName(content, cue))
            return TokenRange.None;

        // ", a sham and a fraud": the list goes on.
        while (content.End == comma && NextOfList(comma, sentenceEnd) is var next and > 0)
        {
            comma = CommaFrom(next, sentenceEnd);
            if (IsClause(next, comma))
                break;
            content = WithWholeQuotations(Trim(content.First, PhraseEnd(next, comma, cue)));
        }

        return content;
    }

    /// <summary>"(Calling) it a folly": "it" is no subject where no verb follows.</summary>
    private bool IsNamedIt(TokenRange content)
    {
        for (var i = content.First + 1; i < content.End; i++)
        {
            if (IsFiniteVerb(i))
                return false;
        }

        return text.Document.TextOf(text.Tokens[content.First]) is "it";
    }

    /// <summary>Where after the comma, and an "and", another "a" or "an" begins; -1 where none does.</summary>
    private int NextOfList(int comma, int sentenceEnd)
    {
        var next = comma + 1 < sentenceEnd && text.Has(comma + 1, WordTags.And) ? comma + 2 : comma + 1;
        return next < sentenceEnd && IsIndefiniteArticle(next) ? next : -1;
    }

    /// <summary>The next comma; the sentence's end where there is none.</summary>
    private int CommaFrom(int token, int sentenceEnd)
    {
        while (token < sentenceEnd && !text.IsMark(token, ','))
            token++;
        return token;
    }

    private bool HoldsName(TokenRange content, WordTags cue)
    {
        for (var i = content.First + 1; i < content.End - 1 && cue.Has(WordTags.TakesAs); i++)
        {
            if (text.Has(i, WordTags.As))
                return OpensName(i);
        }

        return cue.Has(WordTags.TakesName) && HoldsBareName(content);
    }

    /// <summary>Whether what a thing is called follows an "as", and not "as well as", "as early as", "as he left".</summary>
    private bool OpensName(int asToken) =>
        !text.IsAdverb(asToken + 1) && !text.Has(asToken + 1, WordTags.SubjectPronoun | WordTags.Preposition | WordTags.Quantity | WordTags.Subordinator)
        && text.Document.TextOf(text.Tokens[asToken + 1]) is not ("late" or "far" or "long" or "part" or "usual" or "such");

    /// <summary>"him | a coward", "them | vermin", "the plan | a disgrace": after a pronoun an article or one word, else "a" or "an" after what the phrase begins with.</summary>
    private bool HoldsBareName(TokenRange content)
    {
        const WordTags joins = WordTags.Preposition | WordTags.To | WordTags.Of | WordTags.And | WordTags.Determiner | WordTags.Adverb | WordTags.Time | WordTags.Quantity;
        var second = content.First + 1;
        if (EndsInAdjective(content))
            return true;
        if (text.Has(content.First, WordTags.ObjectPronoun))
            return text.Has(second, WordTags.Determiner) || content.Length == 2 && !text.Has(content.First, WordTags.Possessive) && !text.Has(second, joins);
        if (IsIndefiniteArticle(content.First))
            return false;
        for (var i = second; i < content.End - 1; i++)
        {
            if (IsIndefiniteArticle(i) && text.Tokens[i - 1].IsWord && !text.Has(i - 1, joins))
                return true;
        }

        return false;
    }

    /// <summary>Where after "of" or "for" begins what somebody is accused or praised of; -1 where neither stands in the content.</summary>
    public int Charge(TokenRange content)
    {
        for (var i = content.First; i < content.End - 1; i++)
        {
            if (text.Document.TextOf(text.Tokens[i]) is "of" or "for" or "about" && (i == content.First || !text.Has(i - 1, WordTags.Preposition)))
                return i + 1;
        }

        return -1;
    }

    /// <summary>"(deemed) the response | woefully inadequate", "(finds) him | ruthless": an adjective that nothing follows.</summary>
    private bool EndsInAdjective(TokenRange content)
    {
        var last = content.End - 1;
        if (!text.Tokens[last].IsWord || text.IsCapitalised(last))
            return false;
        if (text.EndsWith(last - 1, "ly") && !text.IsCapitalised(last - 1))
            return last - 1 > content.First && text.Tokens[last - 2].IsWord && !text.Has(last - 2, WordTags.Determiner | WordTags.And);
        var isAdjective = text.EndsWith(last, "less") || text.EndsWith(last, "ful") || text.EndsWith(last, "ous") || text.EndsWith(last, "able") || text.EndsWith(last, "ible");
        return isAdjective && text.Tokens[last - 1].IsWord && !text.Has(last - 1, WordTags.Determiner | WordTags.And | WordTags.Preposition | WordTags.Adverb)
            && (content.Length > 2 || text.Has(content.First, WordTags.ObjectPronoun));
    }

    private bool IsIndefiniteArticle(int token) => text.Document.TextOf(text.Tokens[token]) is "a" or "an";

    /// <summary>Where a reported clause ends: the sentence's end, or before a second verb of the cue's subject.</summary>
    public int EndOfClause(int start, int sentenceEnd, WordTags cue)
    {
        for (var i = start; i < sentenceEnd; i++)
        {
            if (text.QuotationOf[i] >= 0)
            {
                i = Math.Max(i, text.Quotations[text.QuotationOf[i]].End - 1);
                if (i + 1 >= sentenceEnd)
                    return i + 1;
                continue;
            }

            if (text.IsMark(i, ',') && i + 1 < sentenceEnd)
            {
                var next = i + 1;
                while (next < sentenceEnd && text.IsAdverb(next))
                    next++;
                if (next >= sentenceEnd)
                    break;
                if (EndsInAttribution(next, sentenceEnd))
                    return i;
                if (text.Document.TextOf(text.Tokens[i + 1]) is "then" && IsFiniteVerb(next))
                    return i;
                if (text.Has(next, WordTags.Speech) && text.Has(next, WordTags.Gerund) || text.Has(next, WordTags.CueBeforeSource))
                    return i;
                if (text.Has(next, WordTags.And | WordTags.But) && (SecondVerb(next + 1, sentenceEnd, cue) || SecondAttribution(next + 1, sentenceEnd)))
                    return i;
            }
            else if (text.Has(i, WordTags.And | WordTags.But) && i > start && (SecondVerb(i + 1, sentenceEnd, cue) || text.Has(i, WordTags.But)
                && i + 1 < sentenceEnd && text.Has(i + 1, WordTags.Auxiliary) && !text.Has(i + 1, WordTags.SubjectPronoun)))
            {
                return i;
            }
        }

        return sentenceEnd;
    }

    private int PhraseEnd(int start, int sentenceEnd, WordTags cue)
    {
        // A finite verb that no clause inside the phrase accounts for is the main verb of the sentence.
        var opened = text.Has(start, WordTags.Relative | WordTags.That | WordTags.SubjectPronoun | WordTags.Interrogative | WordTags.To);
        for (var i = start; i < sentenceEnd; i++)
        {
            if (text.QuotationOf[i] >= 0)
            {
                i = Math.Max(i, text.Quotations[text.QuotationOf[i]].End - 1);
                if (text.IsMark(Math.Max(i - 1, start), ','))
                    return i + 1;
                continue;
            }

            if (i == start)
                continue;
            if (text.IsMark(i, '(') && CloseOf(i, sentenceEnd) is var close and > 0)
            {
                i = close;
                continue;
            }

            if (text.IsMark(i, ',') || text.IsMark(i, ';') || text.IsMark(i, ':') || text.IsDash(i) || text.IsMark(i, '('))
                return i;
            if (text.Has(i, WordTags.But) || text.Has(i, WordTags.Subordinator) && !text.Has(i, WordTags.As))
                return i;
            opened |= text.Has(i, WordTags.Relative | WordTags.That | WordTags.SubjectPronoun | WordTags.Interrogative);
            if (!opened && text.Has(i, WordTags.Auxiliary) && !text.Tokens[i].Is(TokenShape.Clitic) && !text.Has(i - 1, WordTags.To | WordTags.Auxiliary))
                return i;
            if (text.Has(i, WordTags.And) && SecondVerb(i + 1, sentenceEnd, cue))
                return i;
        }

        return sentenceEnd;
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

    /// <summary>", Reuters reported.": another's attribution of the whole sentence.</summary>
    private bool EndsInAttribution(int next, int sentenceEnd)
    {
        if (!text.IsCapitalised(next) && !text.Has(next, WordTags.Determiner | WordTags.SubjectPronoun))
            return false;
        var verb = Math.Min(sentenceEnd - 1, next + 6);
        for (var i = next; i <= verb; i++)
        {
            if (text.QuotationOf[i] >= 0 || text.IsMark(i, ','))
                return false;
            if (i > next && text.Has(i, WordTags.Speech) && text.Has(i, WordTags.StrongCue | WordTags.Past) && text.Has(i, WordTags.Past | WordTags.Third))
                return i + 1 >= sentenceEnd || text.IsMark(i + 1, '.') && i + 2 >= sentenceEnd;
        }

        return false;
    }

    /// <summary>", but he also warned", ", but the owner says": a subject and a cue begin an attribution of their own.</summary>
    private bool SecondAttribution(int next, int sentenceEnd)
    {
        for (var i = next; i < sentenceEnd && i < next + 7 && text.QuotationOf[i] < 0 && !text.IsMark(i, ','); i++)
        {
            if (i > next && text.Has(i, WordTags.Speech) && text.Has(i, WordTags.StrongCue) && text.Has(i, WordTags.Past | WordTags.Third) && !text.Has(i - 1, WordTags.Auxiliary))
                return true;
        }

        if (next >= sentenceEnd || !text.Has(next, WordTags.SubjectPronoun))
            return false;
        next++;
        while (next < sentenceEnd && text.IsAdverb(next))
            next++;
        return next < sentenceEnd && text.Has(next, WordTags.Speech) && text.Has(next, WordTags.Past | WordTags.Third);
    }

    /// <summary>Whether a subject of its own and a verb follow: not so in "and left", "and walked away".</summary>
    public bool OpensClause(int first, int sentenceEnd)
    {
        while (first < sentenceEnd && text.IsAdverb(first))
            first++;
        if (first >= sentenceEnd || text.Has(first, WordTags.Preposition | WordTags.To | WordTags.Gerund) || IsFiniteVerb(first))
            return false;
        if (text.Has(first, WordTags.SubjectPronoun | WordTags.Determiner | WordTags.Possessive) || text.IsCapitalised(first))
            return true;
        for (var i = first + 1; i < sentenceEnd; i++)
        {
            if (IsFiniteVerb(i))
                return true;
        }

        return false;
    }

    /// <summary>"… and warned", "but added": a verb in the cue's form with no subject of its own begins a clause of the cue's subject.</summary>
    private bool SecondVerb(int next, int sentenceEnd, WordTags cue)
    {
        while (next < sentenceEnd && text.IsAdverb(next))
            next++;
        if (next >= sentenceEnd || text.QuotationOf[next] >= 0)
            return false;
        var tags = text.Tags[next];
        if (tags.Has(WordTags.Past) && cue.Has(WordTags.Past) && (tags.Has(WordTags.Cue) || !cue.Has(WordTags.Cue)))
            return true;
        if (tags.Has(WordTags.Third) && cue.Has(WordTags.Third) && !cue.Has(WordTags.Past))
            return true;
        return tags.Has(WordTags.Gerund) && cue.Has(WordTags.Gerund);
    }

    private bool IsFiniteVerb(int i)
    {
        var tags = text.Tags[i];
        if (tags.Has(WordTags.Auxiliary) && !text.Tokens[i].Is(TokenShape.Clitic))
            return true;
        if (text.IsCapitalised(i))
            return false;
        if (tags.Has(WordTags.Past) || tags.Has(WordTags.Third) && !tags.Has(WordTags.NounToo))
            return true;
        return tags == WordTags.None && text.EndsWith(i, "ed") && i > 0 && !text.Has(i - 1, WordTags.Determiner | WordTags.Possessive);
    }

    private bool IsOpening(int i) => CharacterClasses.IsOpening(text.Document.MarkOf(text.Tokens[i])) || text.IsMark(i, '$') || text.IsMark(i, '#') || text.IsMark(i, '@');

    private bool IsClosing(int i) => CharacterClasses.IsClosing(text.Document.MarkOf(text.Tokens[i])) || text.IsMark(i, '%');
}
