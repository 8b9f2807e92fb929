using Moderation.Annotation.Results;
using Moderation.Annotation.Text;

namespace Moderation.Annotation.Attribution;

/// <summary>Reads each sentence for cues, and from each cue to its source and its content.</summary>
internal sealed partial class AttributionFinder
{
    /// <summary>Longest subject, in tokens, of what a thing is in somebody's eyes.</summary>
    private const int MaxBeforeCopula = 14;

    /// <summary>Longest name before a colon, in tokens.</summary>
    private const int MaxTurnName = 7;

    /// <summary>Longest agent after "by", in tokens, before what it called a thing.</summary>
    private const int MaxAgent = 10;

    /// <summary>Tokens of a thing with "of" or "for" that hold no word of judgement: "the union of", "him for".</summary>
    private const int PlainObject = 3;

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
        if (!name || text.Has(paragraph.FirstToken, WordTags.Insertion | WordTags.Boilerplate | WordTags.Caption | WordTags.Metadata) || WordsIn(content) < (shouted
            && !headline ? 2 : 4))
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
            else if (!(tags.Has(WordTags.Cue) && ReadVerb(i, sentence)) && !(tags.Has(WordTags.ViewNoun) && ReadViewNoun(i, sentence)) && tags.Has(WordTags.CueNoun))
                ReadNoun(i, sentence);
            else if (tags.Has(WordTags.DataSource))
                ReadPoll(i, sentence);
            i += text.PhraseLength[i];
        }

        ReadEyes(sentence);
    }

    /// <summary>"The deal seems to be dead": subject and complement are the content, and nobody is the source.</summary>
    private void ReadAppearance(int verb, in Sentence sentence)
    {
        var next = verb + 1;
        var chain = VerbChain.Before(text, verb, sentence.FirstToken, titled);
        if (!chain.CanBeVerb || next >= sentence.EndToken || text.Has(next, WordTags.Preposition) && !text.Has(next, WordTags.To | WordTags.As)
            && text.Document.TextOf(text.Tokens[next]) is not "like")
            return;
        if (!text.Has(next, WordTags.To | WordTags.That | WordTags.Adverb | WordTags.As | WordTags.Determiner | WordTags.SubjectPronoun)
            && text.Tags[next] != WordTags.None && text.Document.TextOf(text.Tokens[next]) is not "like")
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
        var named = contents.SmallClause(relation.Cue.End, sentence.EndToken, relation.Mode, tags);
        var inverted = named.IsEmpty ? InvertedSource(relation, chain, sentence) : TokenRange.None;
        if (!inverted.IsEmpty)
        {
            relation.Source = inverted;
            AddContentBefore(relation, chain.First, sentence);
            if (inverted.End + 2 < sentence.EndToken && text.IsMark(inverted.End, ':'))
                relation.Content.Add(contents.WithWholeQuotations(contents.Trim(inverted.End + 1, sentence.EndToken)));
            else
                AddQuotationAfter(relation, inverted.End, sentence);
            if (relation.Content.Count == 0)
                return false;
            Add(relation);
            return true;
        }

        if (tags.Has(WordTags.Past) && tags.Has(WordTags.TakesName | WordTags.TakesAs) && !chain.HasAuxiliary && ReadAgent(relation, tags, sentence))
            return true;
        relation.Source = SubjectOf(chain, tags, sentence, out var own);
        relation.Source = BetweenCommas(WithoutWay(relation.Source, sentence), relation.Cue.End, sentence);
        if (verb == sentence.FirstToken && !named.IsEmpty && named.End < sentence.EndToken && text.IsMark(named.End, ','))
            relation.Source = SubjectFrom(named.End + 1, sentence.EndToken);
        if (relation.Source.IsEmpty && !(tags.Has(WordTags.Gerund) && !named.IsEmpty) && (!tags.Has(WordTags.StrongCue) || chain.First > sentence.FirstToken && !tags.Has(WordTags.Gerund)
            && !text.Has(chain.First - 1, WordTags.And | WordTags.But)))
            return false;
        var sourceStart = own ? relation.Source.First : chain.First;
        if (own && IsAs(sourceStart - 1, sentence) && (AddContentAround(relation, sourceStart - 1, sentence) || AddContentAfterComma(relation, sentence)))
        {
            Add(relation);
            return true;
        }

        if (tags.Has(WordTags.NeedsMark) && !(own && IsSetOff(relation, sourceStart, sentence)))
            return false;

        if (own && sourceStart - 2 > sentence.FirstToken && text.Document.TextOf(text.Tokens[sourceStart - 1]) is "how" && text.Has(sourceStart - 2, WordTags.Be))
        {
            // "Petty and vindictive, was how she put it".
            AddContentBefore(relation, sourceStart - 2, sentence);
            if (relation.Content.Count == 0)
                return false;
            Add(relation);
            return true;
        }

        var postposed = own && named.IsEmpty && (IsSetOffBehind(relation, sentence) || !IsAdverbialBefore(sourceStart, sentence)) && relation.Mode != AttributionMode.Stance && FollowsItsContent(sourceStart, relation.Cue.End, sentence)
            && (FollowsSpeech(sourceStart) ? !text.Has(Math.Min(relation.Cue.End, text.Tokens.Length - 1), WordTags.That) : !contents.HasClauseAfter(relation.Cue.End, sentence.EndToken));
        if (postposed)
        {
            AddContentBefore(relation, sourceStart, sentence);
            AddRestAfter(relation, relation.Cue.End, sentence);
        }
        else if (!named.IsEmpty && (!relation.Source.IsEmpty || tags.Has(WordTags.Gerund)) && !IsWriter(relation.Source))
        {
            relation.Content.Add(named);
        }
        else
        {
            var after = contents.After(relation.Cue.End, EndOfOpeningClause(relation, verb, EndOfRelativeClause(relation, sentence), sentence), relation.Mode, tags);
            if (!IsEnough(after, tags, relation.Source))
            {
                if (own && relation.Mode == AttributionMode.Speech && FollowsItsContent(sourceStart, relation.Cue.End, sentence))
                    AddContentBefore(relation, sourceStart, sentence);
            }
            else
            {
                var isWhat = FollowsWhat(relation, tags);
                relation.Content.Add(isWhat ? contents.ToVerb(contents.ToComma(after)) : after);
                relation.IsClause = contents.LastIsClause || isWhat;
                if (!relation.IsClause && tags.Has(WordTags.TakesCharge) && contents.Charge(after) is var charge and > 0)
                    (relation.IsClause, relation.ReportedFrom) = (true, IsPlainObject(after.First, charge) ? 0 : charge);
                relation.IsTurn = relation.Mode == AttributionMode.Speech && tags.Has(WordTags.StrongCue) && after.First > relation.Cue.End
                    && text.IsMark(after.First - 1, ':') && after.Length > 3;
            }
        }

        if (relation.Content.Count == 0 && relation.Denied && text.PhraseLength[verb] > 1 && text.Has(verb + 1, WordTags.To))
            relation.Content.Add(new TokenRange(verb + 1, verb + text.PhraseLength[verb]));
        if (relation.Content.Count == 0 && !OpensSpeech(relation.Cue.End, sentence))
            return false;
        Add(relation);
        return true;
    }

    /// <summary>"The union of", "him for", "Reed of": the thing has no word beside its name that could be the writer's judgement.</summary>
    private bool IsPlainObject(int first, int charge) =>
        charge - first <= PlainObject && (text.Has(first, WordTags.Determiner | WordTags.ObjectPronoun | WordTags.Possessive) || text.IsCapitalised(first));

    /// <summary>"What the union calls | a brutal roster": the thing is left open, and its name the source's.</summary>
    private bool FollowsWhat(Relation relation, WordTags cue) =>
        cue.Has(WordTags.TakesName | WordTags.TakesAs) && relation.Source.First > 0 && !IsWriter(relation.Source)
        && text.Document.TextOf(text.Tokens[relation.Source.First - 1]) is "what" or "What";

    /// <summary>"The bill, derided by teachers as an idiotic exercise, …": a participle, its agent, and what they called the thing.</summary>
    private bool ReadAgent(Relation relation, WordTags cue, in Sentence sentence)
    {
        var by = relation.Cue.End;
        if (by + 2 >= sentence.EndToken || !text.Has(by, WordTags.By))
            return false;
        var name = by + 2;
        while (name < sentence.EndToken && name < by + MaxAgent && text.Tokens[name].IsWord && !text.Has(name, WordTags.Preposition | WordTags.To | WordTags.Time)
            && !(cue.Has(WordTags.TakesName) && text.Document.TextOf(text.Tokens[name]) is "a" or "an"))
            name++;
        if (name + 1 >= sentence.EndToken || text.Has(name + 1, WordTags.Time) || !(text.Has(name, WordTags.As) || text.Document.TextOf(text.Tokens[name]) is "a" or "an"))
            return false;
        relation.Source = new TokenRange(by + 1, name);
        relation.Content.Add(contents.ToComma(contents.After(name, sentence.EndToken, relation.Mode, WordTags.None)));
        if (WordsIn(relation.Content[0]) == 0 || contents.HasVerb(relation.Content[0].First, relation.Content[0].End))
            return false;
        Add(relation);
        return true;
    }

    /// <summary>"Asked if he would resign, Reed …": what stands before the comma.</summary>
    private bool ReadParticiple(Relation relation, in Sentence sentence)
    {
        var next = relation.Cue.End;
        if (ReadNamedBy(relation, text.Tags[next - 1], sentence))
            return true;
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

        var tags = text.Tags[relation.Cue.End - 1];
        if (by < 0 && ReadNamedBy(relation, tags, sentence))
            return true;
        if (by >= 0 && tags.Has(WordTags.TakesName | WordTags.TakesAs) && ReadAgent(relation, tags, sentence))
            return true;
        if (by >= 0)
        {
            relation.Source = phrases.After(by + 1, end);
            next = relation.Source.IsEmpty ? by : relation.Source.End;
        }

        if (relation.Source.IsEmpty && tags.Has(WordTags.TakesCharge) && next + 1 < end && text.Document.TextOf(text.Tokens[next]) is "of" or "for")
        {
            // "Officials are accused of wilful blindness".
            relation.Content.Add(contents.ToConjunction(contents.ToComma(contents.After(next + 1, end, relation.Mode, WordTags.None))));
            relation.IsClause = true;
            if (WordsIn(relation.Content[0]) > 0)
                relations.Add(relation);
            return WordsIn(relation.Content[0]) > 0;
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

        var after = contents.After(next, end, relation.Mode, tags);
        if (WordsIn(after) > 0)
            relation.Content.Add(after);
        relation.IsClause = contents.LastIsClause;
        if (relation.Content.Count == 0)
            return false;
        Add(relation);
        return true;
    }

    private bool ReadNamedBy(Relation relation, WordTags cue, in Sentence sentence)
    {
        var next = relation.Cue.End;
        if (ByAfterName(next, sentence.EndToken, cue) is not (> 0 and var agent))
            return false;
        relation.Source = contents.ToComma(phrases.After(agent + 1, sentence.EndToken));
        if (relation.Source.IsEmpty)
            return false;
        relation.Content.Add(new TokenRange(next, agent));
        Add(relation);
        return true;
    }

    /// <summary>
    /// "Was branded | a traitor by the minister", "was described | as shameful by": where "by" stands after what the grammatical subject, which the
    /// writer names, was called; -1 where it does not.
    /// </summary>
    private int ByAfterName(int from, int end, WordTags cue)
    {
        const int longest = 12;
        if (from >= end || !(cue.Has(WordTags.TakesAs) && text.Has(from, WordTags.As) || cue.Has(WordTags.TakesName) && (text.Has(from, WordTags.Determiner) || from + 1 < end && text.Has(from + 1, WordTags.By))))
            return -1;
        for (var i = from; i < end - 1 && i < from + longest && text.Tokens[i].Kind == TokenKind.Word; i++)
        {
            if (text.Has(i, WordTags.By))
                return i > from && IsAgent(i + 1) ? i : -1;
            if (text.Has(i, WordTags.Auxiliary | WordTags.SubjectPronoun) || text.Has(i, WordTags.Subordinator) && !text.Has(i, WordTags.As))
                return -1;
        }

        return -1;
    }

    private bool IsAgent(int token) => text.IsCapitalised(token) || text.Has(token, WordTags.Determiner | WordTags.Possessive | WordTags.ObjectPronoun | WordTags.Source);

    /// <summary>"I call it a disgrace": the writer's own words.</summary>
    private bool IsWriter(TokenRange source) => source.Length == 1 && text.Document.TextOf(text.Tokens[source.First]) is "I" or "we" or "We";

    private void Add(Relation relation)
    {
        relations.Add(relation);
        if (!relation.Source.IsEmpty && !text.Has(relation.Source.First, WordTags.Relative))
            subject = relation.Source;
    }
}
