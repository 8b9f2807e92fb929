using System.Text;
using Moderation.Annotation.Results;
using Moderation.Training.Corpus;

namespace Moderation.Annotation.Tests;

/// <summary>Every rule of the guidelines on little articles of our own, each file with the marks that the default model must reach.</summary>
public sealed class LabelFixtureTests(ITestOutputHelper output)
{
    public static TheoryData<string> Files { get; } = new(LabelFixtureFile.Names);

    [Theory]
    [MemberData(nameof(Files))]
    public void Annotate_CasesOfARule_ReachTheFilesMarks(string file)
    {
        var fixture = LabelFixtureFile.Read(file);
        var results = fixture.Cases.Select(article => (Article: article, Result: DefaultEngine.Annotate(article.Article))).ToList();
        var marks = results.SelectMany(pair => pair.Article.Spans, (pair, mark) => (pair.Article, pair.Result, Mark: mark)).ToList();
        var ofLabel = marks.Where(m => m.Mark.Label == fixture.Label).ToList();
        var missed = marks.Where(m => !FlagsOver(m.Result, m.Mark).Any()).ToList();
        var sameLabel = ofLabel.Count(m => FlagsOver(m.Result, m.Mark).Any(flag => flag.Label == fixture.Label));
        var clean = results.Where(pair => pair.Article.Spans.Count == 0).ToList();
        var flagged = clean.Where(pair => pair.Result.Annotations.Count > 0).ToList();

        var report = new StringBuilder($"{file}: found {marks.Count - missed.Count} of {marks.Count}");
        if (fixture.Label is { } label)
            report.Append($", as {label.Name()} {sameLabel} of {ofLabel.Count}");
        report.Append($"; clean cases flagged {flagged.Count} of {clean.Count}\n");
        foreach (var (article, _, mark) in missed)
            report.Append($"  missed {mark.Label.Name()} “{mark.Span.Of(article.Article.Text)}”\n");
        foreach (var (article, result) in flagged)
            report.Append($"  clean: {string.Join("; ", result.Annotations.Select(flag => DefaultEngine.Show(result, flag)))}\n");
        output.WriteLine(report.ToString());

        Assert.True(fixture.Cases.Count >= 3, $"{file} has only {fixture.Cases.Count} cases.");
        Assert.True(clean.Count > 0, $"{file} has no clean case.");
        Assert.True(marks.Count - missed.Count >= fixture.Found * marks.Count, $"Fewer than {fixture.Found:P0} of the marks were found.\n{report}");
        Assert.True(sameLabel >= fixture.SameLabel * ofLabel.Count, $"Fewer than {fixture.SameLabel:P0} of the marks got the label.\n{report}");
        Assert.True(flagged.Count <= fixture.Clean * clean.Count, $"More than {fixture.Clean:P0} of the clean cases were flagged.\n{report}");
    }

    [Fact]
    public void Annotate_AllCasesTogether_ReachTheMarksOfTheReadme()
    {
        int marks = 0, found = 0, ofLabel = 0, sameLabel = 0, clean = 0, flagged = 0;
        foreach (var fixture in LabelFixtureFile.Names.Select(LabelFixtureFile.Read))
        {
            foreach (var article in fixture.Cases)
            {
                var result = DefaultEngine.Annotate(article.Article);
                marks += article.Spans.Count;
                found += article.Spans.Count(mark => FlagsOver(result, mark).Any());
                ofLabel += article.Spans.Count(mark => mark.Label == fixture.Label);
                sameLabel += article.Spans.Count(mark => mark.Label == fixture.Label && FlagsOver(result, mark).Any(flag => flag.Label == mark.Label));
                clean += article.Spans.Count == 0 ? 1 : 0;
                flagged += article.Spans.Count == 0 && result.Annotations.Count > 0 ? 1 : 0;
            }
        }

        var report = $"Found {found} of {marks} marks, {sameLabel} of {ofLabel} under their file's label; {flagged} of {clean} clean cases flagged.";
        output.WriteLine(report);
        Assert.True(found >= 0.6 * marks && sameLabel >= 0.45 * ofLabel && flagged <= 0.2 * clean, report);
    }

    [Fact]
    public void Files_AllLabels_HaveOneEach() =>
        Assert.Equal(Labels.All.Order(), LabelFixtureFile.Names.Select(LabelFixtureFile.Read).Where(file => file.Label is not null).Select(file => file.Label!.Value).Order());

    private static IEnumerable<Flag> FlagsOver(AnnotatedArticle result, GoldSpan mark) => result.Annotations.Where(flag => flag.Span.Overlaps(mark.Span));
}
