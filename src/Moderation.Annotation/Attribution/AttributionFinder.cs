using Moderation.Annotation.Results;
using Moderation.Annotation.Text;

namespace Moderation.Annotation.Attribution;

/// <summary>Reads each sentence for cues, and from each cue to its source and its content.</summary>
internal sealed class AttributionFinder
{
    /// <summary>Longest name before a colon, in tokens.</summary>
    private const int MaxTurnName = 7;

    private readonly TaggedText text;
    private readonly NounPhraseReader phrases;
    private readonly ContentReader contents;
    private readonly List<Relation> relations = [];

    /// <summary>The last source of the sentence, for a second verb of the same subject.</summary>
    private TokenRange subject;

    /// <summary>In a headline, where every word may have a capital.</summary>
    private bool titled;

    /// <summary>The first relation of the sentence that is being read.</summary>
    private int sentenceRelations;

    public AttributionFinder(TaggedText text)
    {
        this.text = text;
        phrases = new NounPhraseReader(text);
        contents = new ContentReader(text);
    }

    /// <summary>The attributions of a sentence are added to those found so far.</summary>
    public List<Relation> Relations => relations;

    /// <summary>"Mayor: audit was wrong", "SMITH: We disagree.": a name and a colon at the start of a headline or a turn.</summary>
    public bool ReadTurn(in Paragraph paragraph, bool headline)
    {
        var limit = Math.Min(paragraph.EndToken, paragraph.FirstToken + MaxTurnName + 1);
        var colon = paragraph.FirstToken + 1;
        while (colon < limit && !text.IsMark(colon, ':'))
            colon++;
        if (colon >= limit || colon + 2 >= paragraph.EndToken)
            return false;
        var capitals = true;
        var shouted = true;
        var source = false;
        for (var i = paragraph.FirstToken; i < colon; i++)
        {
            if (text.QuotationOf[i] >= 0 || text.Tokens[i].Kind == TokenKind.Number)
                return false;
            if (!text.Tokens[i].IsWord || text.Tokens[i].Is(TokenShape.Clitic))
                continue;
            source |= text.Has(i, WordTags.Source);
            capitals &= text.IsCapitalised(i);
            shouted &= text.Tokens[i].Is(TokenShape.AllCapitals) || text.Tokens[i].Length == 1 && text.IsCapitalised(i);
        }

        var name = headline ? capitals || source : shouted || capitals && colon - paragraph.FirstToken is >= 2 and <= 4;
        var content = contents.Trim(colon + 1, paragraph.EndToken);
        if (!name || text.Has(paragraph.FirstToken, WordTags.Insertion | WordTags.Boilerplate | WordTags.Caption | WordTags.Metadata) || WordsIn(content) < (shouted && !headline ? 2 : 4))
            return false;
        var end = paragraph.FirstToken;
        while (end < colon && !(headline && text.Has(end, WordTags.To)))
            end++;
        relations.Add(new Relation(AttributionMode.Speech, new TokenRange(colon, colon + 1)) { Source = new TokenRange(paragraph.FirstToken, end), Content = { content }, IsTurn = !headline });
        return true;
    }

    public void ReadSentence(in Sentence sentence, bool headline = false)
    {
        titled = headline;
        subject = TokenRange.None;
        sentenceRelations = relations.Count;
        var i = sentence.FirstToken;
        while (i < sentence.EndToken)
        {
            if (text.QuotationOf[i] >= 0)
            {
                i = Math.Max(i + 1, text.Quotations[text.QuotationOf[i]].End);
                continue;
            }

            var tags = text.Tags[i];
            if (tags.Has(WordTags.CueBeforeSource))
                ReadCueBeforeSource(i, sentence);
            else if (tags.Has(WordTags.CueWithoutSource))
                ReadCueWithoutSource(i, sentence);
            else if (tags.Has(WordTags.Appearance))
                ReadAppearance(i, sentence);
            else if (!(tags.Has(WordTags.Cue) && ReadVerb(i, sentence)) && tags.Has(WordTags.CueNoun))
                ReadNoun(i, sentence);
            else if (tags.Has(WordTags.DataSource))
                ReadPoll(i, sentence);
            i += text.PhraseLength[i];
        }
    }

    /// <summary>"According to the ministry, prices rose": the source follows the cue, the rest of the clause is its content.</summary>
    private void ReadCueBeforeSource(int cue, in Sentence sentence)
    {
        var cueEnd = cue + text.PhraseLength[cue];
        if (text.PhraseLength[cue] == 1 && !(cueEnd < sentence.EndToken && (text.IsCapitalised(cueEnd) || text.Has(cueEnd, WordTags.Determiner) && text.Has(Math.Min(cueEnd + 1, sentence.EndToken - 1), WordTags.Source))))
            return;
        var source = phrases.After(cueEnd, sentence.EndToken, introductory: cue - sentence.FirstToken < 3 || text.IsMark(cue - 1, ','));
        if (source.IsEmpty)
            return;
        var relation = new Relation(AttributionMode.Speech, new TokenRange(cue, cueEnd)) { Source = source };
        var before = contents.Trim(sentence.FirstToken, cue);
        var words = WordsIn(before);
        if (words > 3 || words > 0 && (source.End >= sentence.EndToken - 1 || IsInterrupted(cue - 1, source.End, sentence) || text.QuotationOf[Math.Min(source.End + 1, sentence.EndToken - 1)] >= 0))
            relation.Content.Add(contents.WithWholeQuotations(before));
        var after = contents.Trim(source.End, sentence.EndToken);
        if (WordsIn(after) > (words > 3 ? 4 : 0))
            relation.Content.Add(contents.WithWholeQuotations(after));
        Add(relation);
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

    /// <summary>"The deal seems to be dead": subject and complement are the content, and nobody is the source.</summary>
    private void ReadAppearance(int verb, in Sentence sentence)
    {
        var next = verb + 1;
        var chain = VerbChain.Before(text, verb, sentence.FirstToken, titled);
        if (!chain.CanBeVerb || next >= sentence.EndToken || text.Has(next, WordTags.Preposition) && !text.Has(next, WordTags.To | WordTags.As) && text.Document.TextOf(text.Tokens[next]) is not "like")
            return;
        if (!text.Has(next, WordTags.To | WordTags.That | WordTags.Adverb | WordTags.As | WordTags.Determiner | WordTags.SubjectPronoun) && text.Tags[next] != WordTags.None && text.Document.TextOf(text.Tokens[next]) is not "like")
            return;
        var relation = new Relation(AttributionMode.Thought, new TokenRange(chain.First, next)) { IsClause = false };
        var subjectOf = chain.First > sentence.FirstToken ? phrases.Before(chain.First, sentence.FirstToken) : TokenRange.None;
        if (!subjectOf.IsEmpty && text.Document.TextOf(text.Tokens[subjectOf.First]) is not ("it" or "It"))
            relation.Content.Add(subjectOf);
        var after = contents.After(next, sentence.EndToken, AttributionMode.Thought, WordTags.None);
        if (WordsIn(after) == 0)
            return;
        relation.Content.Add(after);
        relations.Add(relation);
    }

    /// <summary>"In a poll by the institute, six in ten …": the poll is the source of the sentence, where no verb makes it one.</summary>
    private void ReadPoll(int noun, in Sentence sentence)
    {
        var first = noun;
        while (first > sentence.FirstToken && noun - first < 8 && text.QuotationOf[first - 1] < 0 && !text.Has(first - 1, WordTags.Preposition | WordTags.VerbForm | WordTags.Auxiliary) && !text.IsMark(first - 1, ','))
            first--;
        var preposition = first - 1;
        if (preposition < sentence.FirstToken || text.Document.TextOf(text.Tokens[preposition]) is not ("in" or "In") || !text.Has(first, WordTags.Determiner | WordTags.Quantity | WordTags.Possessive))
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

    private bool ReadVerb(int verb, in Sentence sentence)
    {
        var tags = text.Tags[verb];
        var chain = VerbChain.Before(text, verb, sentence.FirstToken, titled);
        if (!chain.CanBeVerb)
            return false;
        var mode = tags.Has(WordTags.Speech) ? AttributionMode.Speech : tags.Has(WordTags.Thought) ? AttributionMode.Thought : AttributionMode.Stance;
        var cueEnd = verb + text.PhraseLength[verb];
        var relation = new Relation(mode, new TokenRange(chain.First, cueEnd)) { Denied = tags.Has(WordTags.Denial) || chain.Negated };
        if (verb == sentence.FirstToken && tags.Has(WordTags.Past) && !tags.Has(WordTags.Base))
            return ReadParticiple(relation, sentence);
        return chain.Passive ? ReadPassive(relation, chain, sentence) : ReadActive(relation, verb, chain, sentence);
    }

    private bool ReadActive(Relation relation, int verb, in VerbChain chain, in Sentence sentence)
    {
        var tags = text.Tags[verb];
        var inverted = InvertedSource(relation, chain, sentence);
        if (!inverted.IsEmpty)
        {
            relation.Source = inverted;
            AddContentBefore(relation, chain.First, sentence);
            AddQuotationAfter(relation, inverted.End, sentence);
            if (relation.Content.Count == 0)
                return false;
            Add(relation);
            return true;
        }

        relation.Source = SubjectOf(chain, tags, sentence, out var own);
        if (relation.Source.IsEmpty && (!tags.Has(WordTags.StrongCue) || chain.First > sentence.FirstToken && !tags.Has(WordTags.Gerund) && !text.Has(chain.First - 1, WordTags.And | WordTags.But)))
            return false;
        var sourceStart = own ? relation.Source.First : chain.First;
        if (own && IsAs(sourceStart - 1, sentence) && AddContentAfterComma(relation, sentence))
        {
            Add(relation);
            return true;
        }

        var postposed = own && relation.Mode != AttributionMode.Stance && FollowsItsContent(sourceStart, relation.Cue.End, sentence)
            && (FollowsSpeech(sourceStart) ? !text.Has(Math.Min(relation.Cue.End, text.Tokens.Length - 1), WordTags.That) : !contents.HasClauseAfter(relation.Cue.End, sentence.EndToken));
        if (postposed)
        {
            AddContentBefore(relation, sourceStart, sentence);
            AddRestAfter(relation, relation.Cue.End, sentence);
        }
        else
        {
            var after = contents.After(relation.Cue.End, EndOfRelativeClause(relation, sentence), relation.Mode, tags);
            if (!IsEnough(after, tags, relation.Source))
            {
                if (own && relation.Mode == AttributionMode.Speech && FollowsItsContent(sourceStart, relation.Cue.End, sentence))
                    AddContentBefore(relation, sourceStart, sentence);
            }
            else
            {
                relation.Content.Add(after);
                relation.IsClause = contents.LastIsClause;
                relation.IsTurn = relation.Mode == AttributionMode.Speech && tags.Has(WordTags.StrongCue) && after.First > relation.Cue.End && text.IsMark(after.First - 1, ':') && after.Length > 3;
            }
        }

        if (relation.Content.Count == 0 && relation.Denied && text.PhraseLength[verb] > 1 && text.Has(verb + 1, WordTags.To))
            relation.Content.Add(new TokenRange(verb + 1, verb + text.PhraseLength[verb]));
        if (relation.Content.Count == 0 && !OpensSpeech(relation.Cue.End, sentence))
            return false;
        Add(relation);
        return true;
    }

    /// <summary>"Asked if he would resign, Reed …": what stands before the comma.</summary>
    private bool ReadParticiple(Relation relation, in Sentence sentence)
    {
        var next = relation.Cue.End;
        var comma = next;
        while (comma < sentence.EndToken && !text.IsMark(comma, ',') && text.QuotationOf[comma] < 0)
            comma++;
        if (comma >= sentence.EndToken || !text.Has(next, WordTags.Interrogative | WordTags.Preposition | WordTags.Subordinator) || text.Has(next, WordTags.By | WordTags.As))
            return false;
        relation.Content.Add(contents.Trim(next, comma));
        if (WordsIn(relation.Content[0]) == 0)
            return false;
        relations.Add(relation);
        return true;
    }

    /// <summary>"Was asked", "is expected to": the grammatical subject belongs to the content, the source follows "by" or is absent.</summary>
    private bool ReadPassive(Relation relation, in VerbChain chain, in Sentence sentence)
    {
        var end = sentence.EndToken;
        var next = relation.Cue.End;
        var by = -1;
        for (var i = next; i < end && i < next + 4; i++)
        {
            if (text.Has(i, WordTags.By))
            {
                by = i;
                break;
            }

            if (!text.IsAdverb(i) && !text.Has(i, WordTags.Preposition | WordTags.Time))
                break;
        }

        if (by >= 0)
        {
            relation.Source = phrases.After(by + 1, end);
            next = relation.Source.IsEmpty ? by : relation.Source.End;
        }

        var toInfinitive = next < end && text.Has(next, WordTags.To);
        var that = next < end && (text.Has(next, WordTags.That | WordTags.Interrogative) || text.QuotationOf[next] >= 0 || text.IsMark(next, ','));
        if (relation.Source.IsEmpty && !toInfinitive && !that)
            return false;
        if (chain.First > sentence.FirstToken && !text.Has(chain.First - 1, WordTags.That))
        {
            var before = text.Has(chain.First - 1, WordTags.Relative) ? new TokenRange(chain.First - 1, chain.First) : phrases.Before(chain.First, sentence.FirstToken);
            if (!before.IsEmpty && !(before.Length == 1 && text.Document.TextOf(text.Tokens[before.First]) is "it" or "It"))
                relation.Content.Add(before);
        }

        var after = contents.After(next, end, relation.Mode, text.Tags[relation.Cue.End - 1]);
        if (WordsIn(after) > 0)
            relation.Content.Add(after);
        relation.IsClause = contents.LastIsClause;
        if (relation.Content.Count == 0)
            return false;
        Add(relation);
        return true;
    }

    /// <summary>"Support for the plan", "his claim that …": a noun of saying or wanting with what it is about.</summary>
    private void ReadNoun(int noun, in Sentence sentence)
    {
        var next = noun + text.PhraseLength[noun];
        if (next >= sentence.EndToken)
            return;
        var owner = TokenRange.None;
        var k = noun - 1;
        while (k >= sentence.FirstToken && noun - k < 4 && text.Tokens[k].IsWord && !text.Has(k, WordTags.Possessive | WordTags.Preposition | WordTags.VerbForm) && !text.Tokens[k].Is(TokenShape.Clitic)
            && !text.IsCapitalised(k))
            k--;
        if (k >= sentence.FirstToken && text.Has(k, WordTags.Possessive))
            owner = new TokenRange(k, k + 1);
        else if (k > sentence.FirstToken && text.Tokens[k].Is(TokenShape.Clitic))
            owner = phrases.Before(k, sentence.FirstToken) is { IsEmpty: false } name ? new TokenRange(name.First, k + 1) : TokenRange.None;
        var that = text.Has(next, WordTags.That);
        var about = text.Has(next, WordTags.To) || text.Has(next, WordTags.Preposition) && text.Document.TextOf(text.Tokens[next]) is "for" or "about" or "of" or "over" or "against" or "on";
        if (!that && (!about || owner.IsEmpty))
            return;
        var relation = new Relation(AttributionMode.Stance, new TokenRange(noun, that ? next : next + 1)) { Source = owner };
        var content = contents.AfterNoun(relation.Cue.End, sentence.EndToken, contents.HasVerb(sentence.FirstToken, noun));
        if (WordsIn(content) == 0)
            return;
        relation.Content.Add(content);
        var before = subject;
        Add(relation);
        subject = before.IsEmpty ? relation.Source : before;
    }

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
        if (!nominal || text.Has(next, WordTags.That | WordTags.Time) || !EndsQuotation(before) && !text.IsCapitalised(next) && !text.Has(next, WordTags.Determiner | WordTags.Source | WordTags.Quantity))
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

    /// <summary>Where no cue has named one yet: the name or pronoun that the sentence begins with.</summary>
    private TokenRange FirstSubject(in Sentence sentence, int limit)
    {
        for (var i = sentence.FirstToken; i < limit && i < sentence.FirstToken + 30; i++)
        {
            if (text.QuotationOf[i] >= 0)
                return TokenRange.None;
            if (text.Has(i, WordTags.Auxiliary | WordTags.VerbForm) && i > sentence.FirstToken && !text.Has(i, WordTags.NounToo) && !text.IsCapitalised(i) && VerbChain.Before(text, i, sentence.FirstToken) is { CanBeVerb: true } chain)
            {
                if (text.Has(chain.First - 1 >= sentence.FirstToken ? chain.First - 1 : i, WordTags.SubjectPronoun))
                    return new TokenRange(chain.First - 1, chain.First);
                return phrases.Before(chain.First, sentence.FirstToken);
            }
        }

        return TokenRange.None;
    }

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
            if (relations[r].Cue.End <= end && relations[r].Mode == AttributionMode.Speech && (relations[r].Source.First >= 0 && relations[r].LastContentToken < end - 6 || relations[r].Cue.First == sentence.FirstToken && relations[r].Source.IsEmpty))
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

    private bool IsAs(int token, in Sentence sentence) => token >= sentence.FirstToken && text.Has(token, WordTags.As) && (token == sentence.FirstToken || text.IsMark(token - 1, ',') || text.Has(token - 1, WordTags.But | WordTags.And));

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
        if (next >= sentence.EndToken || text.Has(next, WordTags.But | WordTags.Relative | WordTags.Subordinator) && !text.Has(next, WordTags.Preposition) || text.Has(next, WordTags.Cue) && text.Has(next, WordTags.Gerund)
            || text.Has(next, WordTags.CueBeforeSource) || text.Has(next, WordTags.And) && !(next + 1 < sentence.EndToken && (text.Has(next + 1, WordTags.SubjectPronoun | WordTags.Determiner | WordTags.Possessive) || text.IsCapitalised(next + 1))))
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

    private bool HasSource(TokenRange source)
    {
        for (var i = source.First; i < source.End; i++)
        {
            if (text.Has(i, WordTags.DocumentSource | WordTags.DataSource | WordTags.Person | WordTags.Anonymous))
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

    private void Add(Relation relation)
    {
        relations.Add(relation);
        if (!relation.Source.IsEmpty && !text.Has(relation.Source.First, WordTags.Relative))
            subject = relation.Source;
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
