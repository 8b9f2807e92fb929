using Moderation.Annotation;
using Moderation.Annotation.Detection;
using Moderation.Annotation.Results;
using Moderation.Annotation.Text;
using Moderation.Tests;
using Moderation.Training.Ablations;
using Moderation.Training.Corpus;

namespace Moderation.Training.Tests;

/// <summary>A whole training on a small part of the data.</summary>
public sealed class TrainingRunTests
{
    [Fact]
    public void Train_SameDataTwice_GivesTheSameBytesAndAModelThatWorks()
    {
        using var data = SmallData();
        var steps = new List<string>();

        var saved = Path.Combine(data.Path, "models", TrainingRun.ModelFileName);

        var once = TrainingRun.Train(data.Path, steps.Add).ToBytes();
        TrainingRun.Save(TrainingRun.Train(data.Path, _ => { }), saved);

        Assert.Equal(once, File.ReadAllBytes(saved));
        Assert.Equal([saved], Directory.EnumerateFiles(Path.GetDirectoryName(saved)!));
        Assert.NotEmpty(steps);
        var annotator = Annotator.Load(once, "small.model");
        var result = annotator.Annotate(
            new Article { Id = "test", Text = "Mayor slams audit\nThe bungling council has betrayed every single voter.\nIt met on Monday.\nIt is a disgrace.\nThe shameful plan is doomed." }, Detail.Flags, TestContext.Current.CancellationToken);
        Assert.InRange(result.Summary.Scores.Overall, 0, 1);
    }

    [Fact]
    public void Train_SingleSentences_TeachStatementsAndLabelsButNotWording()
    {
        const string Word = "zorbulent";
        using var data = SmallData();
        data.Write("examples/some.txt", string.Concat(Enumerable.Range(0, 6).Select(i => $"[The {Word} plan fails {i} towns.](group-appeal)\n[{Word}](puffery) they said\n")));

        const string PlainWord = "plimsole";
        data.Write("plain/some.txt", string.Concat(Enumerable.Range(0, 6).Select(i => $"The {PlainWord} opens at {i}.\n")));

        var model = TrainingRun.Train(data.Path, _ => { }).Detection;

        var plainFeature = FeatureHash.Of(Template.Word, 0, NormalForm.Hash(PlainWord));
        Assert.All(model.Sentences[model.Sentences.RowOf(plainFeature)].ToArray(), weight => Assert.Equal(0, weight));
        var plain = model.Tagger[model.Tagger.RowOf(plainFeature)];
        Assert.Equal([0, 0], plain[..2]);
        Assert.True(plain[2] < 0 && plain[3] < 0);
        var feature = FeatureHash.Of(Template.Word, 0, NormalForm.Hash(Word));
        var tagger = model.Tagger[model.Tagger.RowOf(feature)].ToArray();
        Assert.Equal([0, 0], tagger[..2]);
        Assert.All(tagger[2..], weight => Assert.NotEqual(0, weight));
        var labels = model.SpanLabels[model.SpanLabels.RowOf(feature)];
        Assert.True(labels[(int)Label.GroupAppeal] > 0);
        Assert.True(labels[(int)Label.Puffery] > 0);
        Assert.True(labels[(int)Label.VerdictVerb] < 0);
    }

    [Fact]
    public void Train_PlainSentences_TeachStatementsContextArticlesAndTheJudgeButNotWording()
    {
        using var data = SmallData();
        var without = TrainingRun.Train(data.Path, _ => { }).Detection;
        data.Write("plain/some.txt", string.Concat(Enumerable.Range(0, 200).Select(i => $"The failed plan of {i} opens at noon, and nobody was hurt.\n")));

        var with = TrainingRun.Train(data.Path, _ => { }).Detection;

        Assert.Equal(without.Chains[(int)SpanLayer.Wording].Transitions.ToArray(), with.Chains[(int)SpanLayer.Wording].Transitions.ToArray());
        Assert.NotEqual(without.Chains[(int)SpanLayer.Statement].Transitions.ToArray(), with.Chains[(int)SpanLayer.Statement].Transitions.ToArray());
        Assert.All(new (CalibratedModel[] Before, CalibratedModel[] After)[]
        {
            (without.Context.Article, with.Context.Article), (without.Context.Isolated, with.Context.Isolated),
            (without.Articles.Article, with.Articles.Article),
            (without.Spans.Article, with.Spans.Article), (without.Spans.Isolated, with.Spans.Isolated),
        }, models => Assert.NotEqual(WeightsOf(models.Before), WeightsOf(models.After)));
    }

    [Fact]
    public void Train_Excerpts_TeachTheJudgeAndArticleScoresButNotContextNorTextsOfASentence()
    {
        using var data = SmallData();
        var without = TrainingRun.Train(data.Path, Ablation.All.Single(ablation => ablation.Name == "excerpts"), _ => { }).Detection;

        var with = TrainingRun.Train(data.Path, _ => { }).Detection;

        Assert.NotEqual(WeightsOf(without.Articles.Article), WeightsOf(with.Articles.Article));
        Assert.NotEqual(WeightsOf(without.Spans.Article), WeightsOf(with.Spans.Article));
        Assert.Equal(WeightsOf(without.Articles.Isolated), WeightsOf(with.Articles.Isolated));
        Assert.Equal(WeightsOf(without.Spans.Isolated), WeightsOf(with.Spans.Isolated));
        Assert.Equal(WeightsOf(without.Context.Article), WeightsOf(with.Context.Article));
    }

    [Fact]
    public void Run_OneThingLeftOut_WritesATableOfTheWholeAndTheRestThatTheCardTakesIn()
    {
        using var data = SmallData();
        var table = Path.Combine(data.Path, AblationRun.FileName);
        var card = Path.Combine(data.Path, ModelCard.FileName);

        AblationRun.Run(data.Path, ["lexicon entries"], table, _ => { });
        ModelCard.UpdateFigures(card, data.Path, RepositoryFiles.DefaultModel);

        var rows = File.ReadAllLines(table).Where(line => line.StartsWith("| ", StringComparison.Ordinal)).ToList();
        Assert.Equal(["| without ", "| nothing ", "| lexicon entries "], rows.Select(row => row[..(row.IndexOf('|', 1))]));
        Assert.Contains(rows[2], File.ReadAllText(card), StringComparison.Ordinal);
    }

    [Fact]
    public void TokenViews_TemplatesLeftOut_AreInNone()
    {
        var pairs = Ablation.All.Single(ablation => ablation.Name == "word pairs");

        Assert.Equal(FeatureView.OfToken.Length, pairs.TokenViews.Length);
        Assert.All(pairs.TokenViews.Concat(pairs.SentenceViews).Append(pairs.LabelTemplates), templates => Assert.Equal(0ul, templates >> (int)Template.WordPair & 1));
        Assert.Equal([FeatureView.OfToken[0] & ~(1ul << (int)Template.Skeleton | 1ul << (int)Template.SkeletonPair | 1ul << (int)Template.SkeletonSkipPair)], Ablation.All.Single(ablation => ablation.Name == "skeleton view").TokenViews);
        Assert.Equal(FeatureView.OfSentence, Ablation.None.SentenceViews);
    }

    [Fact]
    public void All_EachAblation_LeavesSomethingOut() => Assert.All(Ablation.All, ablation => Assert.True(
        ablation.Templates != 0 || ablation.Lexicon || ablation.SkeletonView || ablation.Voices || ablation.ImpliedWording || ablation.StrictJudge || ablation.Examples || ablation.Plain || ablation.Excerpts
            || SentenceContext.Names.Concat(SpanFeatures.Names).Concat(ArticleFeatures.Names).Any(ablation.Dense),
        $"“{ablation.Name}” leaves nothing out."));

    [Theory]
    [InlineData("Maybe\tThe council met.")]
    [InlineData("Yes The council met.")]
    [InlineData("Yes\t ")]
    public void Train_BrokenClaim_NamesFileAndLine(string line)
    {
        using var data = new TemporaryFolder();
        WriteWordLists(data);
        data.Write("articles/one.txt", "# id: one\n# genre: news\n# topic: t\n# style: s\n# origin: o\n\nHeadline\n");
        var claims = data.Write("claims/broken.tsv", $"label\tsentence\nYes\tIt rained.\n{line}\n");

        var message = Assert.Throws<CorpusFormatException>(() => TrainingRun.Train(data.Path, _ => { })).Message;

        Assert.StartsWith($"{claims}:3: ", message, StringComparison.Ordinal);
    }

    private static float[] WeightsOf(CalibratedModel[] models) => [.. models.SelectMany(model => model.Model.Weights.ToArray())];

    private static TemporaryFolder SmallData()
    {
        var data = new TemporaryFolder();
        WriteWordLists(data);
        data.Write("claims/few.tsv", "label\tsentence\n" + string.Concat(Enumerable.Range(0, 12).Select(i => $"Yes\tThe council spent {i} million in 2019.\nNo\tI am glad to be here on day {i}.\n")));
        foreach (var path in Chosen(20, 10))
            data.Write(Path.Combine("articles", Path.GetFileName(path)), File.ReadAllText(path));
        return data;
    }

    /// <summary>The beginnings of the word lists, so that little time goes into packing them.</summary>
    private static void WriteWordLists(TemporaryFolder data)
    {
        foreach (var path in Directory.EnumerateFiles(Path.Combine(RepositoryFiles.TrainingData, "lexicons"), "*.tsv"))
            data.Write(Path.Combine("lexicons", Path.GetFileName(path)), string.Join('\n', File.ReadLines(path).Take(300)) + "\n");
    }

    /// <summary>The smallest articles of the corpus, so many of each kind.</summary>
    private static IEnumerable<string> Chosen(int training, int validation)
    {
        var bySize = Directory.EnumerateFiles(RepositoryFiles.Articles, "*.txt", SearchOption.AllDirectories).OrderBy(path => new FileInfo(path).Length).ThenBy(path => path, StringComparer.Ordinal).ToList();
        return bySize.Where(path => Split.Of(Path.GetFileNameWithoutExtension(path)) == Part.Train).Take(training)
            .Concat(bySize.Where(path => Split.Of(Path.GetFileNameWithoutExtension(path)) == Part.Validation).Take(validation));
    }
}
