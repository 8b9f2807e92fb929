using Moderation.Annotation.Text;

namespace Moderation.Annotation.Attribution;

/// <summary>Cues that are no verbs: "according to", "allegedly", nouns of saying, and polls.</summary>
internal sealed partial class AttributionFinder
{
    /// <summary>"According to the ministry, prices rose": the source follows the cue, the rest of the clause is its content.</summary>
    private void ReadCueBeforeSource(int cue, in Sentence sentence)
    {
        var cueEnd = cue + text.PhraseLength[cue];
        if (text.PhraseLength[cue] == 1 && !(cueEnd < sentence.EndToken && (text.IsCapitalised(cueEnd) || text.Has(cueEnd, WordTags.Determiner)
            && text.Has(Math.Min(cueEnd + 1, sentence.EndToken - 1), WordTags.Source))))
            return;
        var source = phrases.After(cueEnd, sentence.EndToken, introductory: cue - sentence.FirstToken < 3 || text.IsMark(cue - 1, ','));
        if (source.IsEmpty)
            return;
        var relation = new Relation(AttributionMode.Speech, new TokenRange(cue, cueEnd)) { Source = source };
        var before = contents.Trim(sentence.FirstToken, cue);
        var words = WordsIn(before);
        if (words > 3 || words > 0 && (source.End >= sentence.EndToken - 1 || IsInterrupted(cue - 1, source.End, sentence)
            || text.QuotationOf[Math.Min(source.End + 1, sentence.EndToken - 1)] >= 0))
            relation.Content.Add(contents.WithWholeQuotations(before));
        var after = contents.Trim(source.End, sentence.EndToken);
        if (WordsIn(after) > (words > 3 ? 4 : 0))
            relation.Content.Add(contents.WithWholeQuotations(after));
        Add(relation);
    }

    /// <summary>"In her view, the plan was folly", "a folly, by the minister's own account": what stands before and after is the owner's.</summary>
    private bool ReadViewNoun(int noun, in Sentence sentence)
    {
        const int adjectives = 2;
        var end = noun + 1;
        if (noun - sentence.FirstToken < 2 || end < sentence.EndToken && !(text.Tokens[end].Kind == TokenKind.Punctuation || text.Has(end, WordTags.SubjectPronoun | WordTags.Determiner | WordTags.Auxiliary)))
            return false;
        var k = noun - 1;
        while (k > sentence.FirstToken && noun - k <= adjectives && text.Tokens[k].IsWord && !text.Tokens[k].Is(TokenShape.Clitic)
            && (text.Document.TextOf(text.Tokens[k]) is "own" || !text.Has(k, WordTags.Possessive | WordTags.Preposition | WordTags.Determiner | WordTags.VerbForm)))
            k--;
        var owner = text.Tokens[k].Is(TokenShape.Clitic) ? phrases.Before(k, sentence.FirstToken)
            : text.Has(k, WordTags.Possessive) && !IsWritersOwn(k) ? new TokenRange(k, k + 1)
            : TokenRange.None;
        var preposition = owner.First - 1;
        if (owner.IsEmpty || preposition < sentence.FirstToken || !(text.Document.TextOf(text.Tokens[preposition]) is "in" or "In" or "by" or "By"))
            return false;
        var isFirst = preposition == sentence.FirstToken;
        if (!isFirst && !text.IsMark(preposition - 1, ',') && !text.IsDash(preposition - 1) || InContent(preposition))
            return false;

        // Inside "a plan, in her view a sound one, was …" the view is of these words alone: too little to say of what else.
        if (!isFirst && end < sentence.EndToken && !text.IsMark(end, ',') && !text.IsMark(end, '.') && !text.IsMark(end, ';') && !text.IsDash(end))
            return false;
        var relation = new Relation(AttributionMode.Thought, new TokenRange(preposition, noun + 1)) { Source = owner };
        foreach (var content in (ReadOnlySpan<TokenRange>)[contents.Trim(sentence.FirstToken, preposition), contents.Trim(end, Math.Max(end, EndOfOwnClause(end, sentence)))])
        {
            if (WordsIn(content) > 1)
                relation.Content.Add(contents.WithWholeQuotations(content));
        }

        if (relation.Content.Count == 0)
            return false;
        Add(relation);
        return true;
    }

    /// <summary>
    /// A clause of its own after "that": a subject, and an auxiliary or a verb with its object. Not "that drives this trade" or "that the council ignored came in
    /// May", which only tell of the noun.
    /// </summary>
    private bool IsComplement(int that, in Sentence sentence)
    {
        if (that + 2 >= sentence.EndToken || contents.HasVerb(that + 1, that + 2) && !text.Has(that + 1, WordTags.SubjectPronoun))
            return false;
        for (var verb = that + 2; verb < sentence.EndToken - 1; verb++)
        {
            if (contents.HasVerb(verb, verb + 1))
                return text.Has(verb, WordTags.Auxiliary) || text.Tokens[verb + 1].IsWord && !contents.HasVerb(verb + 1, verb + 2) && !text.Has(verb + 1, WordTags.Preposition | WordTags.To);
        }

        return false;
    }

    /// <summary>"A suggestion by | the chairman | that …": where the "that" stands; -1 where none does.</summary>
    private int ThatAfterAgent(int from, int end)
    {
        for (var i = from; i < end && i < from + MaxAgent && text.QuotationOf[i] < 0 && text.Tokens[i].IsWord && !text.Has(i, WordTags.Auxiliary | WordTags.Past); i++)
        {
            if (text.Has(i, WordTags.That))
                return i > from ? i : -1;
        }

        return -1;
    }

    /// <summary>"The argument | inside the party is | that …": where the "that" stands; -1 where none does.</summary>
    private int ThatAfterBe(int from, int end)
    {
        const int longest = 8;
        for (var i = from; i + 1 < end && i < from + longest && text.QuotationOf[i] < 0 && text.Tokens[i].IsWord; i++)
        {
            if (text.Has(i, WordTags.Be))
                return text.Has(i + 1, WordTags.That) ? i + 1 : -1;
            if (text.Has(i, WordTags.Auxiliary | WordTags.Relative | WordTags.That | WordTags.Past))
                return -1;
        }

        return -1;
    }

    /// <summary>"To her the plan is folly", "To its critics, the plan was …", "To hear Reed tell it, …": a thing in somebody's eyes.</summary>
    private void ReadEyes(in Sentence sentence)
    {
        var first = sentence.FirstToken + 1;
        if (relations.Count > sentenceRelations || sentence.TokenCount < 6 || text.Document.TextOf(text.Tokens[sentence.FirstToken]) is not "To")
            return;
        if (text.Document.TextOf(text.Tokens[first]) is "hear")
        {
            var tell = first + 1;
            while (tell < sentence.EndToken - 3 && tell < first + MaxTurnName && text.Document.TextOf(text.Tokens[tell]) is not "tell")
                tell++;
            if (tell > first + 1 && text.Document.TextOf(text.Tokens[tell]) is "tell" && text.Document.TextOf(text.Tokens[tell + 1]) is "it")
                AddEyes(new TokenRange(sentence.FirstToken, tell + 2), new TokenRange(first + 1, tell), sentence);
            return;
        }

        var end = EndOfBeholder(first, sentence);
        for (var i = end; end > first && i < sentence.EndToken && i < end + MaxBeforeCopula && text.QuotationOf[i] < 0; i++)
        {
            if (!text.Has(i, WordTags.Auxiliary) || text.Tokens[i].Is(TokenShape.Clitic))
                continue;
            if (text.Has(i, WordTags.Be) && i > end && i + 1 < sentence.EndToken && text.Has(i + 1, WordTags.Determiner))
                AddEyes(new TokenRange(sentence.FirstToken, first), new TokenRange(first, end), sentence);
            return;
        }
    }

    private void AddEyes(TokenRange cue, TokenRange beholder, in Sentence sentence)
    {
        var relation = new Relation(AttributionMode.Thought, cue) { Source = beholder };
        var first = Math.Max(cue.End, beholder.End);
        if (text.IsMark(first, ','))
            first++;
        relation.Content.Add(contents.WithWholeQuotations(contents.Trim(first, EndOfFirstClause(first, sentence))));
        Add(relation);
    }

    /// <summary>Up to the first mark or conjunction that may open a clause of the writer's.</summary>
    private int EndOfFirstClause(int first, in Sentence sentence)
    {
        for (var i = first + 1; i < sentence.EndToken - 1; i++)
        {
            if (text.QuotationOf[i] < 0 && (text.IsMark(i, ';') || text.IsMark(i, ',') && text.Has(i + 1, WordTags.And | WordTags.But | WordTags.Relative)))
                return i;
        }

        return sentence.EndToken;
    }

    /// <summary>After a pronoun, or a phrase of people that a comma ends; the start where none stands there.</summary>
    private int EndOfBeholder(int first, in Sentence sentence)
    {
        if (text.Document.TextOf(text.Tokens[first]) is "him" or "her" or "them")
            return first + 1;
        var end = first;
        var people = false;
        while (end < sentence.EndToken && end < first + MaxTurnName && text.Tokens[end].IsWord)
            people |= text.Has(end++, WordTags.Person | WordTags.Anonymous | WordTags.Organisation | WordTags.Title) || text.Has(end - 1, WordTags.Vague) && !text.Has(end - 1, WordTags.Quantity);
        return people && end < sentence.EndToken && text.IsMark(end, ',') ? end : first;
    }

    /// <summary>Up to what turns away: ", but the council …", "; but …".</summary>
    private int EndOfOwnClause(int first, in Sentence sentence)
    {
        for (var i = first; i < sentence.EndToken - 1; i++)
        {
            if (text.QuotationOf[i] < 0 && (text.IsMark(i, ',') || text.IsMark(i, ';')) && text.Has(i + 1, WordTags.But))
                return i;
        }

        return sentence.EndToken;
    }

    private bool IsWritersOwn(int possessive) => text.Document.TextOf(text.Tokens[possessive]) is "my" or "My" or "our" or "Our" or "your" or "Your";

    /// <summary>Whether somebody is already known to have said it.</summary>
    private bool InContent(int token)
    {
        for (var r = sentenceRelations; r < relations.Count; r++)
        {
            if (relations[r].Content.Exists(content => content.First <= token && token < content.End))
                return true;
        }

        return false;
    }

    private void ReadCueWithoutSource(int cue, in Sentence sentence)
    {
        var relation = new Relation(AttributionMode.Speech, new TokenRange(cue, cue + text.PhraseLength[cue]));
        var after = contents.After(relation.Cue.End, sentence.EndToken, AttributionMode.Speech, WordTags.None);
        if (!after.IsEmpty)
            after = contents.ToComma(after);
        if (WordsIn(after) == 0)
            return;
        relation.Content.Add(after);
        relations.Add(relation);
    }

    /// <summary>"In a poll by the institute, six in ten …": the poll is the source of the sentence, where no verb makes it one.</summary>
    private void ReadPoll(int noun, in Sentence sentence)
    {
        var first = noun;
        while (first > sentence.FirstToken && noun - first < 8 && text.QuotationOf[first - 1] < 0
            && !text.Has(first - 1, WordTags.Preposition | WordTags.VerbForm | WordTags.Auxiliary) && !text.IsMark(first - 1, ','))
            first--;
        var preposition = first - 1;
        if (preposition < sentence.FirstToken || text.Document.TextOf(text.Tokens[preposition]) is not ("in" or "In")
            || !text.Has(first, WordTags.Determiner | WordTags.Quantity | WordTags.Possessive))
            return;
        var source = phrases.After(first, sentence.EndToken, introductory: preposition - sentence.FirstToken < 2);
        if (source.IsEmpty || source.End <= noun || !HasNumber(sentence))
            return;
        var relation = new Relation(AttributionMode.Speech, new TokenRange(preposition, first)) { Source = source };
        var before = contents.Trim(sentence.FirstToken, preposition);
        if (WordsIn(before) > 3)
            relation.Content.Add(contents.WithWholeQuotations(before));
        var after = contents.Trim(source.End, sentence.EndToken);
        if (WordsIn(after) > 3)
            relation.Content.Add(contents.WithWholeQuotations(after));
        if (relation.Content.Count > 0)
            relations.Add(relation);
    }

    private bool HasNumber(in Sentence sentence)
    {
        for (var i = sentence.FirstToken; i < sentence.EndToken; i++)
        {
            if (text.Tokens[i].Kind == TokenKind.Number || text.Has(i, WordTags.Quantity))
                return true;
        }

        return false;
    }

    /// <summary>"Support for the plan", "his claim that …": a noun of saying or wanting with what it is about.</summary>
    private void ReadNoun(int noun, in Sentence sentence)
    {
        var next = noun + text.PhraseLength[noun];
        if (next >= sentence.EndToken)
            return;
        var owner = TokenRange.None;
        var k = noun - 1;
        while (k >= sentence.FirstToken && noun - k < 4 && text.Tokens[k].IsWord && !text.Has(k, WordTags.Possessive | WordTags.Preposition | WordTags.VerbForm)
            && !text.Tokens[k].Is(TokenShape.Clitic)
            && !text.IsCapitalised(k))
            k--;
        if (k >= sentence.FirstToken && text.Has(k, WordTags.Possessive))
            owner = new TokenRange(k, k + 1);
        else if (k > sentence.FirstToken && text.Tokens[k].Is(TokenShape.Clitic))
            owner = phrases.Before(k, sentence.FirstToken) is { IsEmpty: false } name ? new TokenRange(name.First, k + 1) : TokenRange.None;
        if (owner.IsEmpty && text.Has(next, WordTags.By) && ThatAfterAgent(next + 1, sentence.EndToken) is var complement and > 0)
            (owner, next) = (new TokenRange(next + 1, complement), complement);
        var that = text.Has(next, WordTags.That);
        if (!that && ThatAfterBe(next, sentence.EndToken) is var complementiser and > 0)
            (that, next) = (true, complementiser);
        var about = text.Has(next, WordTags.To) || text.Has(next, WordTags.Preposition)
            && text.Document.TextOf(text.Tokens[next]) is "for" or "about" or "of" or "over" or "against" or "on";
        if (!that && (!about || owner.IsEmpty))
            return;
        // A claim or fear "that …" is a clause of whoever holds it; of evidence and signs nobody does.
        var mode = that && IsComplement(next, sentence) && (!owner.IsEmpty || noun > sentence.FirstToken && next == noun + text.PhraseLength[noun]) && text.Document.TextOf(text.Tokens[noun]) is not ("evidence" or "sign" or "signs" or "indication" or "indications" or "idea" or "plan" or "report" or "reports")
            ? AttributionMode.Thought
            : AttributionMode.Stance;
        var relation = new Relation(mode, new TokenRange(noun, that ? next : next + 1)) { Source = owner };
        var content = contents.AfterNoun(relation.Cue.End, sentence.EndToken, contents.HasVerb(sentence.FirstToken, noun));
        if (WordsIn(content) == 0)
            return;
        relation.Content.Add(content);
        var before = subject;
        Add(relation);
        subject = before.IsEmpty ? relation.Source : before;
    }
}
