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
        var that = text.Has(next, WordTags.That);
        var about = text.Has(next, WordTags.To) || text.Has(next, WordTags.Preposition)
            && text.Document.TextOf(text.Tokens[next]) is "for" or "about" or "of" or "over" or "against" or "on";
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
}
