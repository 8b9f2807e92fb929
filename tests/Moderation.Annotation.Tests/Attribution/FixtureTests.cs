using Moderation.Annotation.Attribution;
using Moderation.Annotation.Results;
using Moderation.Annotation.Text;
using Xunit;

namespace Moderation.Annotation.Tests.Attribution;

/// <summary>Every construction of saying, case by case (Fixtures/README.md).</summary>
public sealed class FixtureTests
{
    private static readonly Dictionary<string, ZoneKind> ZoneLabels = new()
    {
        ["quote"] = ZoneKind.Quote,
        ["partial"] = ZoneKind.PartialQuote,
        ["headline"] = ZoneKind.Headline,
        ["caption"] = ZoneKind.Caption,
        ["promo"] = ZoneKind.Promo,
        ["byline"] = ZoneKind.Byline,
        ["boilerplate"] = ZoneKind.Boilerplate,
        ["comment"] = ZoneKind.EditorComment,
        ["metadata"] = ZoneKind.Metadata,
        ["post"] = ZoneKind.EmbeddedPost,
    };

    public static TheoryData<string, int> Cases()
    {
        var cases = new TheoryData<string, int>();
        foreach (var file in Directory.GetFiles(AttributionFiles.Fixtures, "*.txt").Order(StringComparer.Ordinal))
        {
            var lines = File.ReadAllLines(file);
            for (var i = 0; i < lines.Length; i++)
            {
                if (lines[i].Length > 0 && lines[i][0] != '#')
                    cases.Add(Path.GetFileNameWithoutExtension(file), i + 1);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Analyse_Construction_IsReadAsMarked(string file, int line)
    {
        var fixture = FixtureCase.Parse(File.ReadAllLines(Path.Combine(AttributionFiles.Fixtures, file + ".txt"))[line - 1]);
        var document = Document.Read(new Article { Id = "fixture", Text = fixture.Text });
        var discourse = Discourse.Analyse(document, AttributionFiles.Lexicon);
        var check = new FixtureCheck(document, discourse);

        Assert.NotEmpty(fixture.Marks);
        foreach (var group in fixture.Marks.Where(m => m.Label is "source" or "cue" or "content").GroupBy(m => m.Group))
            check.Attribution([.. group]);
        foreach (var mark in fixture.Marks)
        {
            if (ZoneLabels.TryGetValue(mark.Label, out var kind))
                check.Zone(kind, mark);
            else
                check.Other(mark);
        }
    }

    [Fact]
    public void Cases_AllFiles_AreAtLeastHundredAndFifty() => Assert.True(Cases().Count >= 150);
}
