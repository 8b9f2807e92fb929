using Moderation.Annotation.Results;
using Moderation.Annotation.Text;

namespace Moderation.Annotation.Attribution;

internal sealed class DiscourseBuilder(TaggedText text, List<Relation> relations, int[] relationOf)
{
    public T Build<T>(Func<Zone[], AttributionRelation[], Voice[], int[], float[], T> create)
    {
        relations.Sort((a, b) => Start(a).CompareTo(Start(b)));
        var tokens = text.Tokens.Length;
        var of = new int[tokens];
        Array.Fill(of, -1);
        var voice = new Voice[tokens];
        var attributions = new AttributionRelation[relations.Count];
        for (var r = 0; r < relations.Count; r++)
        {
            var relation = relations[r];
            var content = new List<TextSpan>(relation.Content.Count);
            foreach (var range in relation.Content)
            {
                if (range.IsEmpty)
                    continue;
                content.Add(text.Span(range.First, range.End));
                of.AsSpan(range.First, range.Length).Fill(r);
                if (relation.Mode != AttributionMode.Stance)
                    voice.AsSpan(range.First, range.Length).Fill(Voice.Indirect);
            }

            attributions[r] = new AttributionRelation(relation.Kind, relation.Source.IsEmpty ? null : text.Span(relation.Source.First, relation.Source.End),
                relation.Cue.IsEmpty ? null : text.Span(relation.Cue.First, relation.Cue.End), content);
        }

        var zones = new List<Zone>();
        for (var q = 0; q < text.Quotations.Count; q++)
        {
            if (relationOf[q] < 0)
                continue;
            var quotation = text.Quotations[q];
            zones.Add(new Zone(ZoneKind.Quote, text.Span(quotation.First, quotation.End), Balanced: quotation.Balanced));
            voice.AsSpan(quotation.First, quotation.End - quotation.First).Fill(Voice.Quoted);
        }

        return create([.. zones], attributions, voice, of, Shares(of, voice));
    }

    private static int Start(Relation r) => r.Content.Count > 0 ? Math.Min(r.Content[0].First, r.Cue.First < 0 ? int.MaxValue : r.Cue.First) : r.Cue.First;

    private float[] Shares(int[] of, Voice[] voice)
    {
        var sentences = text.Document.Sentences;
        var shares = new float[sentences.Length];
        for (var s = 0; s < sentences.Length; s++)
        {
            int quoted = 0, attributed = 0, all = 0;
            for (var i = sentences[s].FirstToken; i < sentences[s].EndToken; i++)
            {
                var length = text.Tokens[i].Length + (i > sentences[s].FirstToken && text.Tokens[i].Is(TokenShape.SpaceBefore) ? 1 : 0);
                all += length;
                if (voice[i] == Voice.Quoted)
                    quoted += length;
                if (of[i] >= 0 || voice[i] == Voice.Quoted)
                    attributed += length;
            }

            shares[s] = all == 0 ? 0 : Share((float)attributed / all, (float)quoted / all);
        }

        return shares;
    }

    /// <summary>A sentence that holds some of a speaker's own words is surer to be somebody else's than one that only reports them.</summary>
    private static float Share(float attributed, float quoted) => quoted > 0 ? 0.4f * attributed + 0.6f * Math.Min(1, 0.5f + quoted) : 0.4f * attributed;
}
