using System.Globalization;
using Moderation.Annotation.Results;
using Moderation.Tests;
using Moderation.Training.Corpus;

namespace Moderation.Training.Tests;

public sealed class AgreementTests(ITestOutputHelper output)
{
    private static readonly string SecondAnnotation = Path.Combine(RepositoryFiles.TrainingData, "second-annotation");

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
        var agreement = Agreement.OfFolders(RepositoryFiles.Articles, Path.Combine(SecondAnnotation, annotator));

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

    private static LabelledArticle Article(string text) =>
        CorpusReader.Read("agreement.txt", $"# id: agreement\n# genre: news\n# topic: t\n# style: s\n# origin: o\n\n{text}\n");
}
