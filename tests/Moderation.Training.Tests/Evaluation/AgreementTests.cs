using System.Globalization;
using Moderation.Annotation.Results;
using Moderation.Tests;
using Moderation.Training.Corpus;
using Moderation.Training.Evaluation;

namespace Moderation.Training.Tests.Evaluation;

public sealed class AgreementTests(ITestOutputHelper output)
{
    private static readonly string SecondAnnotation = Path.Combine(RepositoryFiles.TrainingData, "second-annotation");

    private static readonly string Settled = Path.Combine(RepositoryFiles.TrainingData, "settled", "labels.tsv");

    [Fact]
    public void Of_SameAnnotation_IsFull()
    {
        var article = Article("The [bungling](emotive-wording) council [lied](verdict-verb).");

        var agreement = Agreement.Of([(article, article)]);

        Assert.Equal((1.0, 1.0, 1.0), (agreement.Spans.F1, agreement.SameFamily.F1, agreement.SameLabel.F1));
    }

    [Fact]
    public void Of_OverlapUnderAnotherLabel_CountsAsSpanNotAsLabel()
    {
        var agreement = Agreement.Of([(Article("The [bungling council](name-calling) met."), Article("The [bungling](emotive-wording) council met."))]);

        Assert.Equal((1.0, 1.0, 0.0), (agreement.Spans.F1, agreement.SameFamily.F1, agreement.SameLabel.F1));
    }

    [Fact]
    public void Of_SpansOfOneOnly_GiveTheHarmonicMean()
    {
        var agreement = Agreement.Of([(Article("The [bungling](emotive-wording) council [slammed](emotive-wording) it."), Article("The [bungling](emotive-wording) council slammed it."))]);

        // Half of the first's spans, all of the second's.
        Assert.Equal(2 * 0.5 * 1 / 1.5, agreement.Spans.F1, 1e-12);
        Assert.Equal(new Agreement.Figure(2, 1, 1, 1), agreement.ByLabel.Single(row => row.Label == Label.EmotiveWording).SameLabel);
    }

    [Fact]
    public void Of_AnnotatorsSwapped_IsTheSame()
    {
        var (one, other) = (Article("The [bungling](emotive-wording) council [slammed](emotive-wording) it."), Article("[The bungling council slammed it.](opinion-as-fact)"));

        Assert.Equal(Agreement.Of([(one, other)]).Spans.F1, Agreement.Of([(other, one)]).Spans.F1);
    }

    [Fact]
    public void Of_NothingFlaggedByEither_HasNoFigure() => Assert.Equal(double.NaN, Agreement.Of([(Article("It rained."), Article("It rained."))]).Spans.F1);

    [Fact]
    public void Of_DifferentTexts_SaysWhere()
    {
        var message = Assert.Throws<CorpusFormatException>(() => Agreement.Of([(Article("It rained."), Article("It snowed."))])).Message;

        Assert.Contains("'agreement'", message, StringComparison.Ordinal);
        Assert.Contains("character 3", message, StringComparison.Ordinal);
    }

    public static TheoryData<string> Annotators { get; } = new(Directory.EnumerateDirectories(SecondAnnotation).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Annotators))]
    public void OfFolders_SecondAnnotation_IsOfTheSameTextsAndAgreesBetterThanChance(string annotator)
    {
        var agreement = Agreement.OfFolders(RepositoryFiles.Articles, Path.Combine(SecondAnnotation, annotator), SettledLabel.Read(Settled));

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{annotator}: {agreement.Articles} articles, spans {agreement.Spans.F1:F3}, same family {agreement.SameFamily.F1:F3}, same label {agreement.SameLabel.F1:F3}; {agreement.Spans.First} and {agreement.Spans.Second} spans"));
        foreach (var row in agreement.ByLabel)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {row.Label.Name(),-24} spans {row.Spans.F1:F2}, same label {row.SameLabel.F1:F2} ({row.SameLabel.First} and {row.SameLabel.Second})"));
        Assert.InRange(agreement.Spans.F1, 0.4, 1);
        Assert.InRange(agreement.SameLabel.F1, 0.2, agreement.Spans.F1);
    }

    [Fact]
    public void OfFolders_SecondAnnotations_ShareNoArticleAndKeepTheirFileNames()
    {
        var files = Directory.EnumerateFiles(SecondAnnotation, "*.txt", SearchOption.AllDirectories).ToList();

        Assert.Equal(files.Count, files.Select(path => Path.GetFileName(path)).Distinct().Count());
        Assert.All(files, path => Assert.Equal(Path.GetFileNameWithoutExtension(path), CorpusReader.Read(path, File.ReadAllText(path)).Id));
    }

    [Fact]
    public void OfFolders_SettledLabels_DoNotRaiseTheAgreement()
    {
        var settled = SettledLabel.Read(Settled);

        var asAnnotated = Agreement.OfFolders(RepositoryFiles.Articles, SecondAnnotation, settled);
        var asItIsNow = Agreement.OfFolders(RepositoryFiles.Articles, SecondAnnotation, []);

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{settled.Count} settled in {settled.Select(one => one.ArticleId).Distinct().Count()} articles; same label {asAnnotated.SameLabel.F1:F3} before, {asItIsNow.SameLabel.F1:F3} since"));
        Assert.True(settled.Select(one => one.ArticleId).Distinct().Count() >= 60);
        Assert.All(settled, one => Assert.Contains(one.Settled, one.Second.Append(one.First)));
        Assert.True(asAnnotated.SameLabel.F1 < asItIsNow.SameLabel.F1, "Settling changed no label towards the second annotator's.");
        Assert.Equal(asAnnotated.Spans.F1, asItIsNow.Spans.F1);
    }

    [Fact]
    public void Undo_SettledLabel_GivesTheFirstAnnotatorsBack()
    {
        var article = Article("The [bungling](opinion-as-fact) council [lied](verdict-verb).");

        var before = SettledLabel.Undo(article, [new SettledLabel(article.Id, "bungling", Label.EmotiveWording, [Label.OpinionAsFact], Label.OpinionAsFact, "r")]);

        Assert.Equal([Label.EmotiveWording, Label.VerdictVerb], before.Spans.Select(span => span.Label));
    }

    [Fact]
    public void Undo_ArticleWithoutTheSettledLabel_NamesArticleAndWords()
    {
        var message = Assert.Throws<CorpusFormatException>(() => SettledLabel.Undo(
            Article("The [bungling](emotive-wording) council."), [new SettledLabel("agreement", "bungling", Label.EmotiveWording, [Label.OpinionAsFact], Label.OpinionAsFact, "r")])).Message;

        Assert.Contains("'agreement'", message, StringComparison.Ordinal);
        Assert.Contains("“bungling”", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wrong heading\n", ":1: ")]
    [InlineData("article\twords\tfirst\tsecond\tsettled\treason\none\ttwo\n", ":2: ")]
    [InlineData("article\twords\tfirst\tsecond\tsettled\treason\na\tw\temotive-wording\tpuffery\tno-label\tr\n", "'no-label'")]
    public void Read_BrokenSettledLabels_SaysWhatAndWhere(string content, string expected)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("labels.tsv", content);

        var message = Assert.Throws<CorpusFormatException>(() => SettledLabel.Read(path)).Message;

        Assert.StartsWith(path, message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    private static LabelledArticle Article(string text) =>
        CorpusReader.Read("agreement.txt", $"# id: agreement\n# genre: news\n# topic: t\n# style: s\n# origin: o\n\n{text}\n");
}
