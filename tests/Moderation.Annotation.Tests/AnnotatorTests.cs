using Moderation.Annotation.Attribution;
using Moderation.Annotation.Detection;
using Moderation.Annotation.Learning;
using Moderation.Annotation.Results;
using Moderation.Annotation.Tests.Text;
using Moderation.Annotation.Text;

namespace Moderation.Annotation.Tests;

/// <summary>What the engine promises of every result, checked on the validation articles and on damaged text.</summary>
public sealed class AnnotatorTests
{
    private const string Slanted =
        "Mayor slams shameful audit\n"
        + "The so-called reform was a disgrace, and the bungling council has betrayed every single voter.\n"
        + "“They are liars and thieves,” opposition leader Maria Holt said on Monday.\n"
        + "Critics say the plan is doomed. Clearly, nobody in this pathetic administration cares.\n"
        + "The audit office published its report on Tuesday. It runs to 40 pages.\n";

    [Fact]
    public void Annotate_SlantedArticle_FlagsIt()
    {
        var result = DefaultEngine.Annotate(Slanted);

        Assert.NotEmpty(result.Annotations);
        Assert.Equal(result.Annotations.Count, result.Summary.Flags);
        Assert.Equal(result.Annotations.Count, result.Summary.ByFamily.Values.Sum());
        Assert.NotEqual(Disposition.Clear, result.Summary.Disposition);
    }

    [Fact]
    public void Annotate_AnyArticle_SpansAreWholeWordsWithinTheText() => ForEveryFlag((result, flag) =>
    {
        var text = result.Article.Text;
        if (flag.Span.Start < 0 || flag.Span.End > text.Length || flag.Span.IsEmpty)
            return "lies outside the text or is empty";
        var document = Document.Read(result.Article);
        var first = document.TokenAt(flag.Span.Start);
        var last = document.TokenAt(flag.Span.End - 1);
        if (document.Tokens[first].Start != flag.Span.Start || document.Tokens[last].End != flag.Span.End)
            return "begins or ends within a word";
        if (CutsWord(text, flag.Span.Start) || CutsWord(text, flag.Span.End))
            return "cuts a run of letters";
        return null;
    });

    [Fact]
    public void Annotate_AnyArticle_FlagsLieInOneParagraph() => ForEveryFlag((result, flag) =>
        flag.Span.Of(result.Article.Text).Contains('\n') ? "runs over a line break" : null);

    [Fact]
    public void Annotate_AnyArticle_FlagsAreInOrderAndTheirIdsUnique()
    {
        foreach (var result in DefaultEngine.Results)
        {
            Assert.Equal(result.Annotations.Count, result.Annotations.Select(flag => flag.Id).Distinct().Count());
            for (var i = 1; i < result.Annotations.Count; i++)
                Assert.True(result.Annotations[i - 1].Span <= result.Annotations[i].Span, DefaultEngine.Show(result, result.Annotations[i]) + " stands too late");
        }
    }

    [Fact]
    public void Annotate_AnyArticle_ScoresAreProbabilities()
    {
        foreach (var result in DefaultEngine.Results)
        {
            var scores = result.Summary.Scores;
            Assert.All((double[])[scores.LoadedLanguage, scores.UnsourcedClaims, scores.Editorializing, scores.Opinion, scores.Overall], p => Assert.InRange(p, 0, 1));
            Assert.All(result.Annotations, flag => Assert.InRange(flag.Confidence, 0, 1));
            Assert.All(result.Sentences!, s => Assert.All((double[])[s.LoadedLanguage, s.UnsourcedClaim, s.Editorializing, s.Attributed, s.Claim, s.Opinion], p => Assert.InRange(p, 0, 1)));
        }
    }

    [Fact]
    public void Annotate_AnyArticle_TiersFollowTheThresholds()
    {
        var (suggest, confirm) = (DefaultEngine.Annotator.Engine.Thresholds["suggest"], DefaultEngine.Annotator.Engine.Thresholds["confirm"]);
        ForEveryFlag((_, flag) =>
            flag.Confidence < suggest ? $"is under the threshold {suggest}"
            : flag.Tier == Tier.Confirm != flag.Confidence >= confirm ? $"is in the tier {flag.Tier}, the threshold being {confirm}"
            : null);
        Assert.Contains(DefaultEngine.Results, result => result.Annotations.Any(flag => flag.Tier == Tier.Confirm));
        Assert.Contains(DefaultEngine.Results, result => result.Annotations.Any(flag => flag.Tier == Tier.Suggest));
    }

    [Fact]
    public void Annotate_AnyArticle_EvidenceAddsUpToTheConfidence()
    {
        var calibrations = new Dictionary<AnnotatedArticle, Calibration[]>(ReferenceEqualityComparer.Instance);
        ForEveryFlag((result, flag) =>
        {
            var logit = flag.Evidence.Sum(evidence => evidence.Contribution);
            if (flag.Evidence.Any(evidence => evidence.Kind == "rule"))
                return Math.Abs(Logistic.Sigmoid(logit) - flag.Confidence) < 1e-9 ? null : $"has a rule of the logit {logit:F5}";
            if (!calibrations.TryGetValue(result, out var ofLayers))
                calibrations[result] = ofLayers = CalibrationsFor(result.Article);
            var probabilities = ofLayers.Select(calibration => calibration.Probability(logit)).ToArray();
            return probabilities.Any(p => Math.Abs(p - flag.Confidence) < 1e-5) ? null : $"has evidence that adds up to {logit:F5}, which is {string.Join(" or ", probabilities)}";
        });
    }

    [Fact]
    public void Annotate_AnyArticle_EveryFlagHasEvidenceAndAReasonThatQuotesIt() => ForEveryFlag((result, flag) =>
    {
        if (flag.Evidence.Count == 0 || !flag.Evidence.Any(evidence => evidence.Kind is "bias" or "rule"))
            return "has no evidence, or neither a bias nor a rule in it";
        var firstWord = flag.Span.Of(result.Article.Text).ToString().Split(' ')[0];
        return flag.Reason.Contains(firstWord, StringComparison.Ordinal) && flag.Reason[^1] is '.' or '?' ? null : $"has the reason: {flag.Reason}";
    });

    [Fact]
    public void Annotate_SameArticleTwice_GivesEqualResults()
    {
        foreach (var (article, first) in DefaultEngine.Articles.Zip(DefaultEngine.Results).Take(40))
            Assert.Equal(DefaultEngine.Json(first), DefaultEngine.Json(DefaultEngine.Annotate(article.Article)));
    }

    [Fact]
    public void Annotate_EightThreadsSharingOneEngine_GiveEqualResults()
    {
        var articles = DefaultEngine.Articles.Take(24).ToArray();
        var expected = DefaultEngine.Results.Take(24).Select(DefaultEngine.Json).ToArray();
        var engine = DefaultEngine.With(Profile.Default);
        var results = new string[8][];
        var threads = Enumerable.Range(0, results.Length).Select(t => new Thread(() =>
            results[t] = [.. articles.Select((_, i) => DefaultEngine.Json(DefaultEngine.Annotate(articles[(i + 3 * t) % articles.Length].Article, engine)))])).ToArray();

        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        for (var t = 0; t < results.Length; t++)
            Assert.Equal(articles.Select((_, i) => expected[(i + 3 * t) % articles.Length]), results[t]);
    }

    [Fact]
    public void Annotate_EditElsewhereInTheArticle_KeepsTheIds()
    {
        const string Added = "The harbour office opens at nine.\n";
        int kept = 0, all = 0;
        foreach (var result in DefaultEngine.Results)
        {
            // Behind the headline, so that what is first stays first.
            var at = result.Article.Text.IndexOf('\n', StringComparison.Ordinal) + 1;
            var edited = DefaultEngine.Annotate(result.Article with { Text = result.Article.Text.Insert(at, Added) });
            var byPlace = edited.Annotations.ToLookup(flag => (flag.Label, flag.Span));
            foreach (var flag in result.Annotations)
            {
                all++;
                var shift = flag.Span.Start >= at ? Added.Length : 0;
                var place = new TextSpan(flag.Span.Start + shift, flag.Span.End + shift);
                if (byPlace[(flag.Label, place)].SingleOrDefault() is not { } same)
                    continue;
                kept++;
                Assert.True(flag.Id == same.Id, DefaultEngine.Show(result, flag) + " has another id after an edit elsewhere");
            }
        }

        Assert.True(kept >= 0.9 * all, $"Of {all} flags {kept} were found again after an edit elsewhere.");
    }

    [Fact]
    public void Annotate_OtherArticleId_GivesOtherIds()
    {
        var one = DefaultEngine.Annotate(Slanted, id: "one");
        var other = DefaultEngine.Annotate(Slanted, id: "other");

        Assert.Equal(one.Annotations.Select(flag => flag.Span), other.Annotations.Select(flag => flag.Span));
        Assert.Empty(one.Annotations.Select(flag => flag.Id).Intersect(other.Annotations.Select(flag => flag.Id)));
    }

    [Fact]
    public void Annotate_OpinionPiece_MakesEditorializingInformationOnly()
    {
        var changed = 0;
        foreach (var genre in (string[])["opinion", "Editorial", "Review", "column"])
        {
            foreach (var result in DefaultEngine.Results.Take(30))
            {
                var opinion = DefaultEngine.Annotate(result.Article with { Genre = genre });
                Assert.All(opinion.Annotations, flag => Assert.True(
                    flag.Severity == Severity.Info == (flag.Label.Family() == Family.Editorializing), $"{DefaultEngine.Show(opinion, flag)} is {flag.Severity} in a piece of the genre {genre}"));
                changed += opinion.Annotations.Count(flag => flag.Severity == Severity.Info);
            }
        }

        Assert.True(changed > 0, "No editorializing was found at all.");
    }

    [Fact]
    public void Annotate_NewsReport_NeverMakesAFlagInformationOnly()
    {
        var result = DefaultEngine.Annotate(Slanted, genre: "news");

        Assert.Contains(result.Annotations, flag => flag.Label.Family() == Family.Editorializing);
        Assert.DoesNotContain(result.Annotations, flag => flag.Severity == Severity.Info);
    }

    [Fact]
    public void Annotate_ProfileWithLowerThreshold_LosesHardlyAnythingOfTheDefaults()
    {
        var recall = DefaultEngine.With("recall");
        int all = 0, lost = 0;
        foreach (var result in DefaultEngine.Results)
        {
            var flags = DefaultEngine.Annotate(result.Article, recall).Annotations;
            all += result.Annotations.Count;
            lost += result.Annotations.Count(flag => !flags.Any(other => other.Span.Overlaps(flag.Span)));
        }

        // A weak word inside a statement gives way to it, and under a lower threshold there are more statements.
        Assert.True(lost <= 0.01 * all, $"{lost} of {all} flags were lost under the profile 'recall'.");
    }

    [Fact]
    public void Annotate_ProfileRecall_FindsFaultsThatTheDefaultMisses()
    {
        var recall = DefaultEngine.With("recall");
        int faults = 0, found = 0, foundByDefault = 0;
        foreach (var (article, result) in DefaultEngine.Articles.Zip(DefaultEngine.Results))
        {
            var flags = DefaultEngine.Annotate(result.Article, recall, Detail.Flags).Annotations;
            faults += article.Spans.Count;
            found += article.Spans.Count(fault => flags.Any(flag => flag.Span.Overlaps(fault.Span)));
            foundByDefault += article.Spans.Count(fault => result.Annotations.Any(flag => flag.Span.Overlaps(fault.Span)));
        }

        Assert.True(found - foundByDefault >= 0.03 * faults, $"Of {faults} faults, “recall” finds {found} and “news” {foundByDefault}.");
    }

    [Fact]
    public void With_OtherProfile_SharesTheModelAndNamesTheProfile()
    {
        var article = DefaultEngine.Results[0].Article;
        var loaded = DefaultEngine.With("precision");

        var shared = DefaultEngine.Annotator.With(DefaultEngine.Annotator.Profiles.Single(profile => profile.Name == "precision"));

        Assert.Equal(loaded.Engine.Fingerprint, shared.Engine.Fingerprint);
        Assert.NotEqual(DefaultEngine.Annotator.Engine.Fingerprint, shared.Engine.Fingerprint);
        Assert.Equal(DefaultEngine.Json(DefaultEngine.Annotate(article, loaded)), DefaultEngine.Json(DefaultEngine.Annotate(article, shared)));
    }

    [Fact]
    public void Annotate_DetailSentences_ListsEverySentenceOnce()
    {
        foreach (var result in DefaultEngine.Results)
            Assert.Equal(Document.Read(result.Article).Sentences.Select(sentence => sentence.Span), result.Sentences!.Select(sentence => sentence.Span));
        Assert.Null(DefaultEngine.Annotate(DefaultEngine.Articles[0].Article, detail: Detail.Flags).Sentences);
    }

    [Fact]
    public void Annotate_CallerGaveUp_ThrowsOperationCanceled()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => DefaultEngine.Annotator.Annotate(new Article { Id = "test", Text = Slanted }, Detail.Flags, source.Token));
    }

    [Fact]
    public void Annotate_DamagedText_GivesSpansOfTheGivenText()
    {
        foreach (var (seed, text) in TextGenerator.Texts(300))
        {
            var result = DefaultEngine.Annotate(text);
            var tokens = Document.Read(result.Article).Tokens;
            foreach (var span in result.Annotations.Select(flag => flag.Span).Concat(result.Zones.Select(zone => zone.Span)).Concat(result.Sentences!.Select(s => s.Span)))
                Assert.True(span is { Start: >= 0, IsEmpty: false } && span.End <= text.Length, $"Seed {seed}: the span {span} in a text of {text.Length}.\n{DocumentReading.Show(text)}");
            foreach (var flag in result.Annotations)
                Assert.True(tokens.Any(token => token.Start == flag.Span.Start) && tokens.Any(token => token.End == flag.Span.End), $"Seed {seed}: the flag {flag.Span} begins or ends within a word.\n{DocumentReading.Show(text)}");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t ")]
    [InlineData("\n\n\n\n")]
    [InlineData("\u200B")]
    [InlineData(".")]
    [InlineData("“")]
    [InlineData("7")]
    [InlineData("?!… --- ***")]
    [InlineData("12 13.5 2026-01-01 %")]
    [InlineData("\U0001F600\U0001F525")]
    [InlineData("東京は日本の首都です。")]
    public void Annotate_TextWithoutEnglishWords_FlagsNothing(string text)
    {
        var result = DefaultEngine.Annotate(text);

        Assert.Empty(result.Annotations);
        Assert.Equal(Disposition.Clear, result.Summary.Disposition);
        Assert.Equal(text.Length, result.Coverage.Characters);
    }

    [Fact]
    public void Annotate_LoneSurrogates_DoesNotFail()
    {
        Assert.Empty(DefaultEngine.Annotate("\uD83D").Annotations);
        Assert.Empty(DefaultEngine.Annotate("\uDE00\uD83D").Annotations);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("The")]
    [InlineData("Disgraceful")]
    public void Annotate_OneWord_GivesAtMostThatWord(string text) =>
        Assert.All(DefaultEngine.Annotate(text).Annotations, flag => Assert.Equal(new TextSpan(0, text.Length), flag.Span));

    [Fact]
    public void Annotate_EmptyParagraphsBetweenLines_ChangeNoFlag()
    {
        var plain = DefaultEngine.Annotate(Slanted);
        var spread = DefaultEngine.Annotate(Slanted.Replace("\n", "\r\n\r\n \r\n", StringComparison.Ordinal));

        Assert.Equal(plain.Annotations.Select(flag => (flag.Id, flag.Confidence)), spread.Annotations.Select(flag => (flag.Id, flag.Confidence)));
    }


    private static WordLists Lists { get; } = DefaultEngine.Model.WordLists.Build();

    /// <summary>The calibrations that the article's spans of either layer get, which depend on whether it is long enough for a context.</summary>
    private static Calibration[] CalibrationsFor(Article article)
    {
        var document = Document.Read(article);
        var analysis = Analysis.Of(document, Discourse.Analyse(document, Lists.Attribution), Lists);
        var assessed = document.Sentences.Count(sentence => analysis.IsAssessed(sentence));
        return Array.ConvertAll(DefaultEngine.Model.Detection.Spans.For(assessed), model => model.Calibration);
    }

    private static void ForEveryFlag(Func<AnnotatedArticle, Flag, string?> findFault)
    {
        var flags = 0;
        foreach (var result in DefaultEngine.Results)
        {
            foreach (var flag in result.Annotations)
            {
                flags++;
                if (findFault(result, flag) is { } fault)
                    Assert.Fail($"{DefaultEngine.Show(result, flag)} {fault}.");
            }
        }

        Assert.True(flags > 100, $"Only {flags} flags in all validation articles: nothing was checked.");
    }

    private static bool CutsWord(string text, int position) => position > 0 && position < text.Length && char.IsLetter(text[position - 1]) && char.IsLetter(text[position]);
}
