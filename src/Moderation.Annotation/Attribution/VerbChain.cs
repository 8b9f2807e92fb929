using Moderation.Annotation.Text;

namespace Moderation.Annotation.Attribution;

/// <summary>The auxiliaries, negation and adverbs before a verb, and what they make of it.</summary>
/// <param name="First">The first token of the chain; the verb itself where it stands alone.</param>
internal readonly record struct VerbChain(int First, bool CanBeVerb, bool HasAuxiliary, bool Infinitive, bool Passive, bool Negated)
{
    /// <summary>Longest chain, in tokens: "has not yet been publicly …".</summary>
    private const int MaxLength = 7;

    public static VerbChain Before(TaggedText text, int verb, int limit, bool titled = false)
    {
        var first = verb;
        bool auxiliary = false, be = false, infinitive = false, negated = false, have = false, clitic = false;
        for (var k = verb - 1; k >= limit && verb - k <= MaxLength; k--)
        {
            var tags = text.Tags[k];
            if (text.QuotationOf[k] >= 0)
                break;
            if (text.Tokens[k].Is(TokenShape.Clitic))
            {
                // "He's called", "Smith's calling": a possessive before a noun, a verb before a participle.
                if (!text.Has(verb, WordTags.Gerund | WordTags.Past))
                    break;
                clitic = true;
                auxiliary = true;
                first = k;
                break;
            }

            var pronounAndVerb = tags.Has(WordTags.SubjectPronoun) && tags.Has(WordTags.Auxiliary);
            if (pronounAndVerb)
            {
                auxiliary = true;
                be |= tags.Has(WordTags.Be) && !text.Has(verb, WordTags.Past);
                break;
            }

            if (tags.Has(WordTags.Auxiliary))
            {
                auxiliary = true;
                be |= tags.Has(WordTags.Be) && !be && !infinitive;
                have |= tags.Has(WordTags.Have);
                negated |= tags.Has(WordTags.Negation);
                first = k;
            }
            else if (tags.Has(WordTags.Negation) && !tags.Has(WordTags.Determiner))
            {
                negated = true;
                first = k;
            }
            else if (tags.Has(WordTags.To) && k == verb - 1 || tags.Has(WordTags.To) && text.IsAdverb(verb - 1) && k == verb - 2)
            {
                infinitive = true;
                first = k;
                break;
            }
            else if (text.IsAdverb(k) && (!tags.Has(WordTags.Preposition | WordTags.Subordinator) || IsBetweenSubjectAndVerb(text, k, limit)))
            {
                first = k;
            }
            else
            {
                break;
            }
        }

        // An adverb that opens the chain and the sentence is no part of it: "Meanwhile said …" does not occur, "Also, …" does.
        var form = text.Tags[verb];
        var passive = be && form.Has(WordTags.Past) && !form.Has(WordTags.Gerund) && text.PhraseLength[verb] == 1;
        var can = CanStandHere(text, verb, first, limit, form, auxiliary, infinitive, clitic, titled);
        return new VerbChain(first, can, auxiliary, infinitive, passive, negated);
    }

    /// <summary>"Who once called": a word that could open a clause, right after a pronoun that is the subject, opens none.</summary>
    private static bool IsBetweenSubjectAndVerb(TaggedText text, int token, int limit) =>
        token > limit && !text.Has(token, WordTags.Preposition) && text.Has(token - 1, WordTags.SubjectPronoun | WordTags.Relative);

    private static bool CanStandHere(TaggedText text, int verb, int first, int limit, WordTags form, bool auxiliary, bool infinitive, bool clitic, bool titled)
    {
        if (text.IsCapitalised(verb) && !text.Tokens[verb].Is(TokenShape.SentenceInitial) && !titled)
            return false;
        if (auxiliary && !clitic)
            return true;
        if (infinitive)
            return form.Has(WordTags.Base);
        var p = first - 1;
        var before = p >= limit ? text.Tags[p] : WordTags.None;
        if (p >= limit && before.Has(WordTags.Determiner | WordTags.Possessive)
            && !before.Has(WordTags.SubjectPronoun | WordTags.Relative | WordTags.That | WordTags.Source | WordTags.Quantity)
            && !(before.Has(WordTags.Quantity | WordTags.Determiner) && form.Has(WordTags.Base)
            && text.Document.TextOf(text.Tokens[p]) is "many" or "some" or "most" or "both" or "all" or "Many" or "Some" or "Most" or "Both" or "few" or "Few"))
            return form.Has(WordTags.Gerund) && before.Has(WordTags.Possessive) && !form.Has(WordTags.CueNoun);
        if (form.Has(WordTags.Third) && p >= limit && before.Has(WordTags.Base | WordTags.Gerund | WordTags.To)
            && !before.Has(WordTags.NounToo | WordTags.Source | WordTags.Past) && !text.IsCapitalised(p))
            return false;
        if (clitic && form.Has(WordTags.Gerund) && !TakesObject(text, verb + text.PhraseLength[verb]))
            return false;
        if (form.Has(WordTags.NounToo) && !form.Has(WordTags.Past))
            return IsVerbRatherThanNoun(text, verb, p, limit, before, form);
        if (form.Has(WordTags.Participle) && !clitic)
            return false;
        if (form.Has(WordTags.Past) && p >= limit && before.Has(WordTags.Preposition) && !before.Has(WordTags.Relative | WordTags.That | WordTags.Adverb))
            return false;
        if (form.Has(WordTags.Base) && !form.Has(WordTags.Past))
            return p >= limit && (form.Has(WordTags.StrongCue)
                || before.Has(WordTags.SubjectPronoun | WordTags.Relative | WordTags.Quantity | WordTags.And | WordTags.That) || EndsPlural(text, p)
                || text.IsMark(p, ',') || before.Has(WordTags.Source) || text.Has(Math.Min(verb + 1, text.Tokens.Length - 1), WordTags.That));
        return true;
    }

    private static bool IsVerbRatherThanNoun(TaggedText text, int verb, int p, int limit, WordTags before, WordTags form)
    {
        if (p < limit)
            return false;
        var next = verb + text.PhraseLength[verb];
        var after = next < text.Tokens.Length ? text.Tags[next] : WordTags.None;
        if (before.Has(WordTags.SubjectPronoun | WordTags.Relative))
            return true;
        if (before.Has(WordTags.And) && form.Has(WordTags.Third) && form.Has(WordTags.TakesName | WordTags.TakesAs)
            && after.Has(WordTags.Determiner | WordTags.Possessive | WordTags.ObjectPronoun))
            return true;
        if (before.Has(WordTags.Preposition | WordTags.And) || text.Tokens[p].Is(TokenShape.Clitic))
            return false;
        if (text.PhraseLength[verb] > 1)
            return true;
        if (after.Has(WordTags.Of | WordTags.By | WordTags.Auxiliary) || after.Has(WordTags.Preposition) && !text.IsCapitalised(p) && !before.Has(WordTags.Source))
            return false;
        var complement = after.Has(WordTags.That | WordTags.Determiner | WordTags.Possessive | WordTags.SubjectPronoun | WordTags.ObjectPronoun | WordTags.Interrogative | WordTags.To)
            || next < text.Tokens.Length && (text.IsCapitalised(next) || text.QuotationOf[next] >= 0 || text.IsMark(next, ':'));
        if (form.Has(WordTags.Third))
            return complement && !EndsPlural(text, p) && (before.Has(WordTags.Source | WordTags.Title) || text.IsCapitalised(p) || !after.Has(WordTags.That))
                || text.IsCapitalised(p) && !after.Has(WordTags.Preposition);
        return EndsPlural(text, p) && (complement || next >= text.Tokens.Length || text.IsMark(next, '.') || text.IsMark(next, ',') && before.Has(WordTags.Source))
            || before.Has(WordTags.Source) && complement && EndsPlural(text, p);
    }

    private static bool TakesObject(TaggedText text, int next) =>
        next < text.Tokens.Length && (text.Has(next, WordTags.Determiner | WordTags.Possessive | WordTags.That | WordTags.SubjectPronoun | WordTags.ObjectPronoun | WordTags.Preposition | WordTags.Interrogative)
            || text.IsCapitalised(next) || text.QuotationOf[next] >= 0);

    private static bool EndsPlural(TaggedText text, int token)
    {
        ref readonly var t = ref text.Tokens[token];
        if (!t.IsWord || t.Length < 3 || t.Is(TokenShape.Clitic))
            return false;
        var span = text.Document.TextOf(t);
        return span[^1] == 's' && span[^2] is not ('s' or 'u' or 'i') || span is "people" or "data" or "media" or "men" or "women" or "police"
            || span.EndsWith("men", StringComparison.Ordinal);
    }
}
