using Moderation.Annotation.Results;
using Moderation.Annotation.Text;

namespace Moderation.Annotation.Attribution;

/// <summary>Says of each source what kind it is, and of each pronoun whom it can mean: the last source before it that agrees with it.</summary>
internal sealed class SourceResolver(TaggedText text, List<Relation> relations)
{
    /// <summary>Sources looked back over for the one that a pronoun means.</summary>
    private const int MaxCandidates = 12;

    private enum Gender : byte
    {
        Unknown,
        Male,
        Female,
        Plural,
        Thing,
    }

    public void Resolve()
    {
        relations.Sort((a, b) => Position(a).CompareTo(Position(b)));
        var people = new List<(Relation Relation, Gender Gender)>();
        foreach (var relation in relations)
        {
            if (relation.Source.IsEmpty)
                continue;
            if (Pronoun(relation.Source) is { } gender)
            {
                var match = people.Count == 0 ? -1 : people.FindLastIndex(people.Count - 1, Math.Min(people.Count, MaxCandidates), p => Agree(gender, p.Gender));
                if (match < 0)
                    continue;
                var named = people[match].Relation;
                relation.Kind = named.Kind;
                relation.Antecedent = named.Antecedent;
                if (people[match].Gender == Gender.Unknown)
                    people[match] = (named, gender);
                continue;
            }

            relation.Kind = KindOf(relation.Source);
            relation.Antecedent = relation.Source;
            if (text.Has(relation.Source.First, WordTags.Relative) && relation.Source.Length == 1)
                relation.Antecedent = BeforeRelative(relation);
            people.Add((relation, GenderOf(relation)));
        }
    }

    private static int Position(Relation relation) => relation.Cue.First >= 0 ? relation.Cue.First : relation.Content[0].First;

    private static bool Agree(Gender pronoun, Gender candidate) =>
        candidate == pronoun || candidate == Gender.Unknown && pronoun is Gender.Male or Gender.Female || pronoun == Gender.Plural && candidate == Gender.Thing;

    private Gender? Pronoun(TokenRange source)
    {
        if (source.Length != 1 || !text.Has(source.First, WordTags.SubjectPronoun | WordTags.Possessive | WordTags.ObjectPronoun))
            return null;
        Span<char> lower = stackalloc char[8];
        var word = text.Document.TextOf(text.Tokens[source.First]);
        if (word.Length > lower.Length)
            return null;
        var length = word.ToLowerInvariant(lower);
        return lower[..length] switch
        {
            "he" or "his" or "him" => Gender.Male,
            "she" or "her" => Gender.Female,
            "they" or "their" or "them" => Gender.Plural,
            "it" or "its" => Gender.Thing,
            _ => null,
        };
    }

    private Gender GenderOf(Relation relation)
    {
        if (relation.Kind is SourceKind.Organisation or SourceKind.Document or SourceKind.Data)
            return Gender.Thing;
        for (var i = relation.Source.First; i < relation.Source.End; i++)
        {
            var word = text.Document.TextOf(text.Tokens[i]);
            if (word is "Mr" or "Sir" or "Lord" or "spokesman" or "chairman" or "King" or "Prince" or "father" or "son" or "husband" or "brother" or "Congressman")
                return Gender.Male;
            if (word is "Mrs" or "Ms" or "Miss" or "Dame" or "Lady" or "spokeswoman" or "chairwoman" or "Queen" or "Princess" or "mother" or "daughter" or "wife" or "sister" or "Congresswoman")
                return Gender.Female;
        }

        return relation.Kind switch
        {
            SourceKind.Named => Gender.Unknown,
            SourceKind.Anonymous when text.Has(relation.Source.End - 1, WordTags.Person | WordTags.Anonymous)
                || text.Has(relation.Source.First, WordTags.Determiner) => Gender.Unknown,
            SourceKind.None => Gender.Thing,
            _ => Gender.Plural,
        };
    }

    private TokenRange BeforeRelative(Relation relation)
    {
        var sentence = text.Document.Sentences[text.SentenceOf[relation.Source.First]];
        var end = relation.Source.First;
        while (end > sentence.FirstToken && text.IsMark(end - 1, ','))
            end--;
        var phrase = new NounPhraseReader(text).Before(end, sentence.FirstToken);
        if (phrase.IsEmpty)
            return relation.Source;
        relation.Kind = KindOf(phrase);
        return phrase;
    }

    /// <summary>By the head of the phrase, what stands before its first preposition; by all of it where the head says nothing.</summary>
    private SourceKind KindOf(TokenRange source)
    {
        var end = source.First + 1;
        while (end < source.End && !text.IsMark(end, ',') && !(text.Has(end, WordTags.Preposition) && !text.IsCapitalised(end)))
            end++;
        var head = KindOf(source.First, end);
        return head != SourceKind.None ? head : KindOf(source.First, source.End) is var whole and not SourceKind.None ? whole : SourceKind.Vague;
    }

    private SourceKind KindOf(int first, int end)
    {
        var all = WordTags.None;
        var named = false;
        for (var i = first; i < end; i++)
        {
            all |= text.Tags[i];
            named |= text.IsCapitalised(i) && text.Tokens[i].IsWord && !text.Has(i, WordTags.Time | WordTags.Determiner | WordTags.Quantity | WordTags.SubjectPronoun)
                && (!text.Tokens[i].Is(TokenShape.SentenceInitial) || text.Tags[i] == WordTags.None || text.Has(i, WordTags.Title));
        }

        var person = all.Has(WordTags.Person | WordTags.Title);
        if (named && person)
            return SourceKind.Named;
        if (all.Has(WordTags.Anonymous))
            return SourceKind.Anonymous;
        if (all.Has(WordTags.DocumentSource))
            return SourceKind.Document;
        if (all.Has(WordTags.DataSource))
            return SourceKind.Data;
        if (all.Has(WordTags.Vague))
            return SourceKind.Vague;
        if (all.Has(WordTags.Organisation) && !person)
            return SourceKind.Organisation;
        if (named)
            return SourceKind.Named;
        return person ? SourceKind.Anonymous : SourceKind.None;
    }
}
