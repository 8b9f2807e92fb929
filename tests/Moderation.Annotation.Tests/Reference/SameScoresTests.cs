using Moderation.Annotation.Attribution;
using Moderation.Annotation.Detection;
using Moderation.Annotation.Results;
using Moderation.Annotation.Text;
using Xunit;

namespace Moderation.Annotation.Tests.Reference;

/// <summary>The fast scorers against the simple ones: the same scores to 1e-5 and the same spans, on real articles and on odd text.</summary>
public sealed class SameScoresTests
{
    private const double Tolerance = 1e-5;

    private static readonly DetectionModel Model = DefaultEngine.Model.Detection;
    private static readonly WordLists Lists = DefaultEngine.Model.WordLists.Build();
    private static readonly SentenceScorer Scorer = new(Model.Sentences, Model.SentenceBiases);
    private static readonly SpanTagger Tagger = new(Model.Tagger, Model.Chains);

    public static TheoryData<string> OddTexts { get; } =
    [
        "a", "I", "?", "“", "NATO'S", "The McDONALD-macGregor iPhonY don’t Don't DON'T donâ€™t co\u00ADoperate coop\u00ADerate ill‐fated ill-fated Ill-Fated ILL-FATED.",
        "THE ENTIRE PIECE IS SHOUTED, EVERY SINGLE TRAITOROUS WORD OF IT. AND AGAIN!",
        "Он сказал: «Это возмутительно». 政府は発表した。 العربية 🦆🦆 na\u00EFve na\u0308ive.",
        "so-called so-called so-called so-called disgrace, disgrace, disgrace; disgraceful – shameful (sic) [sic] 50-year-old 2nd 3,000 1st.",
        string.Join(' ', Enumerable.Repeat("the shameful regime slammed", 200)),
    ];

    [Fact]
    public void Read_ValidationArticles_GivesTheSimpleScores()
    {
        foreach (var article in DefaultEngine.Articles)
            CheckSentences(Analyse(article.Article.Text));
    }

    [Fact]
    public void Tag_ValidationArticles_GivesTheSimpleProbabilitiesAndSpans()
    {
        foreach (var article in DefaultEngine.Articles)
            CheckTags(Analyse(article.Article.Text));
    }

    [Theory]
    [MemberData(nameof(OddTexts))]
    public void ReadAndTag_OddText_GiveTheSimpleScoresAndSpans(string text)
    {
        CheckSentences(Analyse(text));
        CheckTags(Analyse(text));
    }

    [Fact]
    public void ReadAndTag_MoreFormsThanAreRemembered_GiveTheSimpleScoresAndSpans()
    {
        // Twice as many forms as the caches hold, each twice: newcomers push out what is asked for again.
        var words = Enumerable.Range(0, 33_000).Select(i => "word" + Convert.ToHexStringLower(BitConverter.GetBytes(i)).Replace('0', 'g').Replace('1', 'h')).ToArray();
        var text = string.Join(' ', words.Concat(words));

        CheckSentences(Analyse(text));
        CheckTags(Analyse(text));
    }

    private static Analysis Analyse(string text)
    {
        var document = Document.Read(new Article { Id = "reference", Text = text });
        return Analysis.Of(document, Discourse.Analyse(document, Lists.Attribution), Lists);
    }

    private static void CheckSentences(Analysis analysis)
    {
        foreach (var reading in Scorer.Read(analysis))
        {
            var expected = SimpleScores.OfSentence(analysis, analysis.Document.Sentences[reading.Index], Model.Sentences, Model.SentenceBiases);
            for (var target = 0; target < expected.Length; target++)
                Assert.Equal(expected[target], reading.Logits[target], Tolerance * Math.Max(1, Math.Abs(expected[target])));
        }
    }

    private static void CheckTags(Analysis analysis)
    {
        var readings = Scorer.Read(analysis);
        Tagger.Tag(analysis, readings);
        foreach (var reading in readings)
        {
            var sentence = analysis.Document.Sentences[reading.Index];
            var scores = Enumerable.Range(sentence.FirstToken, sentence.TokenCount).Select(i => SimpleScores.OfToken(analysis, sentence, i, Model.Tagger)).ToArray();
            for (var layer = 0; layer < 2; layer++)
            {
                var chain = new SimpleChain(Model.Chains[layer], [.. scores.Select(s => (s[2 * layer], s[2 * layer + 1]))]);
                Check(reading, sentence, layer, chain);
            }
        }
    }

    private static void Check(SentenceReading reading, Sentence sentence, int layer, SimpleChain chain)
    {
        var begins = Enumerable.Range(0, sentence.TokenCount).Select(chain.BeginProbability).ToArray();
        Assert.Equal(begins.Sum(), reading.ExpectedSpans[layer], Tolerance * Math.Max(1, begins.Sum()));
        Assert.Equal(begins.Max(), reading.LikeliestSpan[layer], Tolerance);

        // Every begin that is likely enough is proposed; what is exactly at the threshold may go either way.
        for (var i = 0; i < begins.Length; i++)
        {
            if (begins[i] > Stages.ProposalThreshold + Tolerance)
                Assert.Contains(reading.Proposed[layer], span => span.First == sentence.FirstToken + i);
        }

        foreach (var span in reading.Proposed[layer])
        {
            var (first, end) = (span.First - sentence.FirstToken, span.End - sentence.FirstToken);
            Assert.Equal(begins[first], span.Begin, Tolerance);
            Assert.Equal(chain.SpanProbability(first, end), span.Begin * span.Extent, Tolerance);
            if (span.Begin < Stages.ProposalThreshold)
                continue;
            var best = Enumerable.Range(first + 1, Math.Min(sentence.TokenCount - first, 60)).Max(other => chain.SpanProbability(first, other));
            Assert.True(best <= (span.Begin * span.Extent) + Tolerance, "A likelier span begins at the same token.");
        }
    }
}
