using Moderation.Annotation.Attribution;
using Moderation.Annotation.Results;
using Moderation.Annotation.Text;
using Xunit;

namespace Moderation.Annotation.Tests.Attribution;

/// <summary>Compares what was found with what a fixture marks, and says what was found where they differ.</summary>
internal sealed class FixtureCheck(Document document, Discourse discourse)
{
    private const string Edges = " \n.,;:!?\u2014-\"'\u201C\u201D\u201E\u2018\u2019\u00AB\u00BB";

    public void Attribution(IReadOnlyList<Expected> marks)
    {
        var source = marks.FirstOrDefault(m => m.Label == "source");
        var cue = marks.FirstOrDefault(m => m.Label == "cue");
        var content = marks.Where(m => m.Label == "content").Select(m => Trim(m.Span)).Order().ToList();
        for (var i = 0; i < discourse.Attributions.Length; i++)
        {
            var found = discourse.Attributions[i];
            if (source is not null && (found.Source is not { } s || Trim(s) != Trim(source.Span)))
                continue;
            if (cue is not null && (found.Cue is not { } c || !c.Overlaps(cue.Span)))
                continue;
            if (content.Count > 0 && !found.Content.Select(Trim).Order().SequenceEqual(content))
                continue;
            if (source?.Detail is { } kind)
                Assert.Equal(kind, found.Kind.ToString(), ignoreCase: true);
            if (cue?.Detail is { } what)
                Assert.True(what == "denied" ? discourse.IsDenied(i) : discourse.ModeOf(i).ToString().Equals(what, StringComparison.OrdinalIgnoreCase), $"It is no {what}. " + Found());
            return;
        }

        Assert.Fail($"Not found: {Show(source?.Span)} | {Show(cue?.Span)} | {string.Join(" + ", content.Select(s => Show(s)))}\n{Found()}");
    }

    public void Zone(ZoneKind kind, Expected mark)
    {
        var zone = discourse.Zones.FirstOrDefault(z => z.Kind == kind && Trim(z.Span) == Trim(mark.Span));
        Assert.True(zone is not null, $"No {kind} zone: {Show(mark.Span)}\n{Found()}");
        if (mark.Detail is { } speaker)
            Assert.Equal(speaker, zone.Speaker is { } s ? s.Of(document.Text).ToString() : null);
    }

    public void Other(Expected mark)
    {
        switch (mark.Label)
        {
            case "source" or "cue" or "content":
                break;
            case "author" or "quoted" or "indirect" or "furniture":
                foreach (var i in Words(mark.Span))
                    Assert.True(discourse.TokenVoice[i].ToString().Equals(mark.Label, StringComparison.OrdinalIgnoreCase), $"\"{document.TextOf(document.Tokens[i])}\" is {discourse.TokenVoice[i]}, not {mark.Label}.\n{Found()}");
                break;
            case "free":
                foreach (var i in Words(mark.Span))
                    Assert.True(discourse.AttributionOf(i) < 0 && discourse.TokenVoice[i] == Voice.Author, $"\"{document.TextOf(document.Tokens[i])}\" is attributed.\n{Found()}");
                break;
            case "carried":
                Assert.True(discourse.CarriedFrom(SentenceAt(mark.Span)) >= 0, discourse.NearestAttribution(SentenceAt(mark.Span)).Reason);
                break;
            case "stops":
                Assert.Equal(-1, discourse.CarriedFrom(SentenceAt(mark.Span)));
                Assert.NotEmpty(discourse.NearestAttribution(SentenceAt(mark.Span)).Reason);
                break;
            default:
                throw new FormatException($"\"{mark.Label}\" is no mark.");
        }
    }

    private IEnumerable<int> Words(TextSpan span) => Enumerable.Range(0, document.Tokens.Length).Where(i => document.Tokens[i].IsWord && span.Contains(document.Tokens[i].Span));

    private int SentenceAt(TextSpan span) => Array.FindIndex(document.Sentences, s => s.Span.Overlaps(span));

    private TextSpan Trim(TextSpan span)
    {
        int start = span.Start, end = span.End;
        while (start < end && Edges.Contains(document.Text[start], StringComparison.Ordinal))
            start++;
        while (end > start && Edges.Contains(document.Text[end - 1], StringComparison.Ordinal))
            end--;
        return new TextSpan(start, end);
    }

    private string Show(TextSpan? span) => span is { } s ? s.Of(document.Text).ToString() : "-";

    private string Found() => "Found:\n" + string.Join('\n', discourse.Attributions.Select(a => $"  {a.Kind} {Show(a.Source)} | {Show(a.Cue)} | {string.Join(" + ", a.Content.Select(c => Show(c)))}"))
        + "\n" + string.Join('\n', discourse.Zones.Select(z => $"  {z.Kind} ({Show(z.Speaker)}): {Show(z.Span)}"));
}
