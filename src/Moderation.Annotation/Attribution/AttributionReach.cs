using Moderation.Annotation.Results;
using Moderation.Annotation.Text;

namespace Moderation.Annotation.Attribution;

/// <summary>The attribution nearest to a sentence, and why it does or does not cover it.</summary>
/// <param name="Attribution">Its index in <see cref="Discourse.Attributions"/>; -1 where the article has none.</param>
/// <param name="Covers">Whether it covers the sentence's claim.</param>
/// <param name="Reason">One plain sentence for a moderator.</param>
public readonly record struct NearestAttribution(int Attribution, bool Covers, string Reason);

/// <summary>How far an attribution carries over the sentences after it, and where it stops.</summary>
internal sealed class AttributionReach : IDisposable
{
    /// <summary>Sentences to look back and ahead for the attribution that a reader would take to be meant.</summary>
    private const int MaxBack = 4;

    private readonly TaggedText text;
    private readonly AttributionRelation[] attributions;
    private readonly Voice[] voice;

    /// <summary>For each sentence the last attribution with a source or a cue in it, or -1.</summary>
    private readonly int[] lastIn;

    /// <summary>For each sentence the attribution that carries over it, or -1.</summary>
    private readonly int[] carried;

    public AttributionReach(TaggedText text, AttributionRelation[] attributions, List<Relation> relations, Voice[] voice, int[] attributionOf)
    {
        this.text = text;
        this.attributions = attributions;
        this.voice = voice;
        var sentences = text.Document.Sentences.Length;
        lastIn = new int[sentences];
        carried = new int[sentences];
        Array.Fill(lastIn, -1);
        Array.Fill(carried, -1);
        foreach (var relation in relations)
        {
            if (relation.Mode == AttributionMode.Stance || relation.Source.IsEmpty && relation.Cue.IsEmpty)
                continue;
            var s = text.SentenceOf[relation.Cue.IsEmpty ? relation.Source.First : relation.Cue.First];
            if (lastIn[s] < 0 || relations[lastIn[s]].Cue.First < relation.Cue.First)
                lastIn[s] = relation.Index;
        }

        for (var s = 1; s < sentences; s++)
        {
            carried[s] = CarriesOver(s, relations);
            if (carried[s] >= 0 && IsReportedSpeech(text.Document.Sentences[s]))
                GiveTo(carried[s], text.Document.Sentences[s], attributionOf);
        }
    }

    public void Dispose() => text.Dispose();

    public int CarriedFrom(int sentence) => carried[sentence];

    public NearestAttribution Nearest(int sentence)
    {
        if (carried[sentence] >= 0)
            return new NearestAttribution(carried[sentence], true, $"It goes on reporting {Name(carried[sentence])}, named just before.");
        if (lastIn[sentence] >= 0)
            return new NearestAttribution(lastIn[sentence], false, $"{Capital(Name(lastIn[sentence]))} is given for other words of this sentence, not for these.");
        for (var back = 1; back <= MaxBack && sentence - back >= 0; back++)
        {
            if (lastIn[sentence - back] is var a and >= 0)
                return new NearestAttribution(a, false, WhyNotFromBefore(sentence, back, a));
        }

        if (sentence + 1 < lastIn.Length && lastIn[sentence + 1] is var next and >= 0)
            return new NearestAttribution(next, false, $"{Capital(Name(next))} is named only in the next sentence and covers that sentence's words.");
        return attributions.Length == 0
            ? new NearestAttribution(-1, false, "The article names no source.")
            : new NearestAttribution(-1, false, "No source is named within four sentences before it.");
    }

    /// <summary>Only in the same paragraph, straight after, with nothing that turns away, and with a sign that the same source goes on.</summary>
    private int CarriesOver(int sentence, List<Relation> relations)
    {
        var here = text.Document.Sentences[sentence];
        var before = text.Document.Sentences[sentence - 1];
        if (here.Paragraph != before.Paragraph || lastIn[sentence] >= 0)
            return -1;
        var source = lastIn[sentence - 1] >= 0 ? lastIn[sentence - 1] : carried[sentence - 1];
        if (source < 0 || relations[source].Mode != AttributionMode.Speech || relations[source].Denied || voice[here.FirstToken] is Voice.Furniture or Voice.Comment)
            return -1;
        if (text.Has(here.FirstToken, WordTags.But))
            return -1;
        return SameSubject(here, relations[source]) || GoesOnInItsTense(here, before, relations[source]) ? source : -1;
    }

    /// <summary>A pronoun with "would" or "had", or the source's own noun again: "The report also found …".</summary>
    private bool SameSubject(in Sentence sentence, Relation relation)
    {
        var first = sentence.FirstToken;
        if (sentence.TokenCount < 3)
            return false;
        if (text.Has(first, WordTags.SubjectPronoun))
            return IsBackshifted(first + 1) || text.Has(first + 1, WordTags.Adverb) && IsBackshifted(first + 2);
        if (!text.Has(first, WordTags.Determiner) || relation.Source.IsEmpty)
            return false;
        for (var i = relation.Source.First; i < relation.Source.End; i++)
        {
            if (text.Tokens[i].Hash == text.Tokens[first + 1].Hash)
                return text.Has(i, WordTags.Source);
        }

        return false;
    }

    /// <summary>
    /// "Germany, he told them, had gone to the cloakroom. Her government would be remembered as …": straight after a cue in the past and a clause set
    /// back in tense, another that is, and that begins with a pronoun of what was spoken of. Other subjects open the writer's own story as often.
    /// </summary>
    private bool GoesOnInItsTense(in Sentence sentence, in Sentence before, Relation relation)
    {
        if (relation.Cue.IsEmpty || !text.Has(relation.Cue.End - 1, WordTags.Past) || lastIn[text.SentenceOf[before.FirstToken]] != relation.Index || !IsSetBack(before))
            return false;
        return text.Has(sentence.FirstToken, WordTags.Possessive) && IsSetBackVerb(FirstAuxiliary(sentence));
    }

    private bool IsSetBack(in Sentence sentence)
    {
        for (var i = sentence.FirstToken; i < sentence.EndToken; i++)
        {
            if (voice[i] == Voice.Indirect && text.Document.TextOf(text.Tokens[i]) is "had" or "would" or "could")
                return true;
        }

        return false;
    }

    /// <summary>The first auxiliary, where it stands before any other verb, quotation or mark; else the sentence's first token.</summary>
    private int FirstAuxiliary(in Sentence sentence)
    {
        const int longest = 14;
        for (var i = sentence.FirstToken; i < sentence.EndToken - 1 && i < sentence.FirstToken + longest; i++)
        {
            if (text.Has(i, WordTags.Auxiliary))
                return i;
            if (text.QuotationOf[i] >= 0 || text.Has(i, WordTags.Relative | WordTags.That) || text.Has(i, WordTags.Past) && !text.Has(i, WordTags.NounToo))
                break;
        }

        return sentence.FirstToken;
    }

    /// <summary>Whether the sentence goes on in the speaker's words, and does not only tell more of the source: its verb is set back in tense.</summary>
    private bool IsReportedSpeech(in Sentence sentence) =>
        text.Has(sentence.FirstToken, WordTags.SubjectPronoun | WordTags.Possessive) && text.Document.TextOf(text.Tokens[sentence.FirstToken]) is not ("I" or "We" or "You" or "My" or "Our" or "Your")
        && IsSetBackVerb(FirstAuxiliary(sentence));

    /// <summary>"Would be", "had gone": not "had a look", and not "would have", which speaks of what might have been, in anybody's words.</summary>
    private bool IsSetBackVerb(int auxiliary)
    {
        if (auxiliary + 1 >= text.Tokens.Length || text.Has(auxiliary + 1, WordTags.Have))
            return false;
        return text.Document.TextOf(text.Tokens[auxiliary]) is "would"
            || text.Document.TextOf(text.Tokens[auxiliary]) is "had" && !text.Has(auxiliary + 1, WordTags.Determiner | WordTags.Possessive | WordTags.To | WordTags.Quantity);
    }

    private void GiveTo(int attribution, in Sentence sentence, int[] attributionOf)
    {
        for (var i = sentence.FirstToken; i < sentence.EndToken; i++)
        {
            if (voice[i] == Voice.Author && attributionOf[i] < 0)
                (voice[i], attributionOf[i]) = (Voice.Indirect, attribution);
        }
    }

    /// <summary>"Would", "had", "could": the tense that a reported statement is set back to.</summary>
    private bool IsBackshifted(int token) => text.Document.TextOf(text.Tokens[token]) is "would" or "had" or "could" or "should" or "might";

    private string WhyNotFromBefore(int sentence, int back, int attribution)
    {
        var here = text.Document.Sentences[sentence];
        var there = text.Document.Sentences[sentence - back];
        var name = Name(attribution);
        if (here.Paragraph != there.Paragraph)
            return $"{Capital(name)} was named in an earlier paragraph, and nothing here says that the report of it goes on.";
        if (text.Has(here.FirstToken, WordTags.But))
            return $"The sentence turns away from {name} with \u201C{text.Document.TextOf(text.Tokens[here.FirstToken])}\u201D.";
        return back == 1
            ? $"The attribution to {name} ends with the sentence before; nothing here says that the same source goes on."
            : $"The attribution to {name} stands {back} sentences before, with the writer's own words between.";
    }

    private string Name(int attribution) =>
        attributions[attribution].Source is { } source ? $"\u201C{source.Of(text.Document.Text)}\u201D" : "an unnamed source";

    private static string Capital(string name) => name[0] == 'a' ? "A" + name[1..] : name;
}
