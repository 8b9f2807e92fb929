using Moderation.Annotation.Detection;
using Moderation.Annotation.Learning;
using Moderation.Annotation.Results;
using Moderation.Annotation.Text;
using Moderation.Training.Ablations;
using Moderation.Training.Corpus;
using Moderation.Training.Learners;

namespace Moderation.Training;

/// <summary>
/// Trains all stages (<see cref="Stages"/>) from prepared articles. Each stage learns from what the stage before gives for articles that it has
/// not seen (cross-fitting over five folds); calibration is fitted on the validation articles. Nothing is random.
/// </summary>
/// <param name="articles">Of all parts.</param>
/// <param name="examples">Sentences with flags: statements and labels are learned from them.</param>
/// <param name="plain">
/// Articles made of plain sentences (<see cref="PlainArticles"/>): what is no statement is learned from them, what in its context is no fault, which
/// proposed spans are wrong, and what an innocent article is like; labels only from the flagged sentences among them. The sentence models that see
/// words, the taggers of wording and the scores of texts of one sentence do not learn from them: they would do worse on other writers' texts.
/// From all of them excerpts are taken (<see cref="Excerpt"/>): from these, too, the judges of proposed spans and the article scores learn.
/// </param>
internal sealed class DetectionTrainer(
    IReadOnlyList<PreparedArticle> articles, IReadOnlyList<PreparedArticle> examples, IReadOnlyList<PreparedArticle> plain, IReadOnlyList<(Analysis Sentence, bool IsClaim)> claims,
    ISentenceLearner learner, Ablation without, Action<string> progress)
{
    public const int SentenceRows = 1 << 20, TaggerRows = 1 << 21, LabelRows = 1 << 18;

    /// <summary>Features of sentences that fewer training examples have are not learned from.</summary>
    public const int SentenceMinOccurrences = 2;

    private const int SentenceColumns = 6;
    private const double TaggerL2 = 1.0, DenseL2 = 4.0, LabelL2 = 0.35;
    private const int TaggerIterations = 40;

    /// <summary>Probability with which a proposed span must begin to be an example of its label.</summary>
    private const double LeastBegin = 0.15;

    private readonly PreparedArticle[] _all = [.. articles, .. plain];
    private readonly Dictionary<PreparedArticle, PreparedArticle?> _excerpts =
        articles.Concat(plain).AsParallel().Select(article => (article, without.Excerpts ? null : Excerpt.Of(article, !without.ImpliedWording))).ToDictionary();
    private readonly PreparedArticle[] _train = [.. articles.Where(a => a.Part == Part.Train)];
    private readonly PreparedArticle[] _trainAndPlain = [.. articles.Where(a => a.Part == Part.Train), .. plain];
    private readonly PreparedArticle[] _validation = [.. articles.Where(a => a.Part == Part.Validation)];

    /// <summary>Processor time that the first pass took to learn, of all threads together.</summary>
    public TimeSpan FirstPassTime { get; private set; }

    /// <returns>The model, and its first pass: where the learner's models are not linear, the model's own table is empty.</returns>
    public (DetectionModel Model, ISentenceScorer FirstPass) Train()
    {
        progress("sentences, first pass");
        var before = ProcessorTime();
        var (firstPass, sentences, biases, claimCalibration) = TrainSentences();
        FirstPassTime = ProcessorTime() - before;
        progress("span tagger");
        var (tagger, chains) = TrainTagger();
        progress("sentences in context");
        var context = TrainContext();
        progress("articles");
        var articleModels = TrainArticles();
        progress("spans");
        var spans = TrainSpans();
        progress("labels");
        var (labels, labelBiases) = TrainLabels();
        return (new DetectionModel
        {
            Sentences = sentences, SentenceBiases = biases, ClaimCalibration = claimCalibration, Tagger = tagger, Chains = chains,
            Context = context, Articles = articleModels, Spans = spans, SpanLabels = labels, SpanLabelBiases = labelBiases,
        }, firstPass);
    }

    private (ISentenceScorer FirstPass, WeightTable Table, float[] Biases, Calibration Claim) TrainSentences()
    {
        var views = Array.ConvertAll(without.SentenceViews, _ => new SparseExamples());
        var targets = Enumerable.Range(0, SentenceReading.Targets).Select(_ => new List<float>()).ToArray();
        var owner = new List<PreparedArticle>();
        foreach (var article in _all)
        {
            for (var s = 0; s < article.Analysis.Document.Sentences.Length; s++)
            {
                if (!article.Analysis.IsAssessed(article.Analysis.Document.Sentences[s]))
                    continue;
                AddSentence(views, article.Analysis, s);
                owner.Add(article);
                var goal = article.TargetsOf(s);
                for (var t = 0; t < goal.Length; t++)
                    targets[t].Add(goal[t]);
            }
        }

        var plainOwners = plain.ToHashSet();

        // One job for each fold left out, and one for all: 6 jobs a target.
        var models = Enumerable.Range(0, Split.Folds + 1).Select(_ => new ISentenceModel[SentenceColumns][]).ToArray();
        Parallel.For(0, (Split.Folds + 1) * SentenceReading.Targets, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, job =>
        {
            var (fold, target) = (job / SentenceReading.Targets, job % SentenceReading.Targets);
            var chosen = Enumerable.Range(0, owner.Count).Where(i => owner[i].Part == Part.Train && owner[i].Fold != fold).ToArray();
            var labelled = Array.FindAll(chosen, i => !plainOwners.Contains(owner[i]));
            models[fold][target] = [.. views.Zip(without.SentenceViews, (view, templates) => learner.Learn(view, FeatureView.HasWords(templates) ? labelled : chosen, [.. targets[target]]))];
        });

        var (claim, claimCalibration) = TrainClaims();
        foreach (var fold in models)
            fold[(int)SentenceTarget.Claim] = claim;
        var scorers = Array.ConvertAll(models, learner.Combine);
        foreach (var article in WithExcerpts(_all))
            article.Readings = scorers[FoldFor(article)].Read(article.Analysis);

        var (table, biases) = TableOf(models[^1]);
        return (scorers[^1], table, biases, claimCalibration);
    }

    /// <summary>The claim models learn from sentences of their own; every fold shares them. Calibrated on the fifth that is left out.</summary>
    private (ISentenceModel[] Models, Calibration Calibration) TrainClaims()
    {
        var views = Array.ConvertAll(without.SentenceViews, _ => new SparseExamples());
        foreach (var (sentence, _) in claims)
            AddSentence(views, sentence, 0);
        float[] targets = [.. claims.Select(c => c.IsClaim ? 1f : 0f)];
        var all = Enumerable.Range(0, claims.Count).ToArray();
        var held = all.Where(i => i % 5 == 0).ToArray();
        var heldLogits = new double[held.Length];
        foreach (var view in views)
        {
            var part = learner.Learn(view, [.. all.Where(i => i % 5 != 0)], targets);
            for (var k = 0; k < held.Length; k++)
                heldLogits[k] += part.Logit(view[held[k]]) / views.Length;
        }

        return (Array.ConvertAll(views, view => learner.Learn(view, all, targets)), DenseTrainer.Calibrate(heldLogits, [.. held.Select(i => targets[i])]));
    }

    /// <summary>The table that a model file holds of the first pass. Weights of the built-in learner are rounded there, others' stay as they are.</summary>
    private (WeightTable Table, float[] Biases) TableOf(ISentenceModel[][] models)
    {
        LinearSentenceModel[][] linear = Array.ConvertAll(models, views => views.Select(model => model.Linear).OfType<LinearSentenceModel>().ToArray());
        return linear.Zip(models).All(pair => pair.First.Length == pair.Second.Length)
            ? LinearSentenceModel.Table(linear, isExact: learner is not BuiltInSentenceLearner)
            : (WeightTable.FromRows(SentenceRows, SentenceColumns, [], []), new float[SentenceColumns]);
    }

    private (WeightTable Table, ChainModel[] Chains) TrainTagger()
    {
        var views = Array.ConvertAll(without.TokenViews, _ => new SparseExamples());
        var sentences = new List<(int First, int Count, int Fold, bool TeachesWording)>();
        List<Tag>[] tags = [[], []];
        var tokens = 0;
        foreach (var article in _train)
            AddReadings(article, teachesWording: true);
        foreach (var article in plain)
            AddReadings(article, teachesWording: false);
        foreach (var example in examples)
        {
            var right = TagsOf(example);
            foreach (var sentence in example.Analysis.Document.Sentences)
            {
                if (sentence.TokenCount > 0)
                    AddTokens(example, sentence, right, teachesWording: false);
            }
        }

        // Statements are learned from examples and plain articles too. Wording is not: other writers' is found less well with them.
        var taught = Array.ConvertAll(Enum.GetValues<SpanLayer>(), layer => sentences.Where(s => layer == SpanLayer.Statement || s.TeachesWording).ToArray());
        var numbered = Array.ConvertAll(taught, chosen =>
        {
            var counted = chosen.SelectMany(s => Enumerable.Range(s.First, s.Count)).ToArray();
            return Array.ConvertAll(views, view => view.Number(counted, TaggerRows, 2));
        });
        Tag[][] goal = [[.. tags[0]], [.. tags[1]]];
        var tables = new float[Split.Folds + 1][];
        var chains = new ChainModel[Split.Folds + 1][];
        for (var f = 0; f <= Split.Folds; f++)
            (tables[f], chains[f]) = (new float[TaggerRows * 4], new ChainModel[2]);
        Parallel.For(0, 2 * (Split.Folds + 1), new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, job =>
        {
            var (fold, layer) = (job / 2, job % 2);
            var chosen = taught[layer].Where(s => s.Fold != fold).Select(s => (s.First, s.Count)).ToArray();
            var transitions = new float[ChainModel.TransitionCount];
            foreach (var view in numbered[layer])
            {
                var (begin, inside, chain) = ChainTrainer.Train(view, chosen, goal[layer], TaggerL2, TaggerIterations);
                Add(tables[fold], begin, 1f / views.Length, 4, 2 * layer);
                Add(tables[fold], inside, 1f / views.Length, 4, 2 * layer + 1);
                Add(transitions, chain.Transitions, 1f / views.Length, 1, 0);
            }

            chains[fold][layer] = new ChainModel(transitions);
        });

        var byFold = tables.Select(t => new WeightTable(TaggerRows, 4, t)).ToArray();
        var taggers = byFold.Select((table, fold) => new SpanTagger(table, chains[fold])).ToArray();
        Parallel.ForEach(WithExcerpts(_all), article =>
        {
            var tagger = taggers[FoldFor(article)];
            article.Alone = [.. article.Readings.Select(r => new List<SentenceReading> { new() { Index = r.Index, Logits = r.Logits } })];
            tagger.Tag(article.Analysis, article.Readings);
            foreach (var alone in article.Alone)
                tagger.Tag(article.Analysis, alone);
        });
        return (byFold[^1], chains[^1]);

        static Tag[][] TagsOf(PreparedArticle article) => [article.TagsOf(SpanLayer.Wording), article.TagsOf(SpanLayer.Statement)];

        void AddReadings(PreparedArticle article, bool teachesWording)
        {
            var right = TagsOf(article);
            foreach (var reading in article.Readings)
                AddTokens(article, article.Analysis.Document.Sentences[reading.Index], right, teachesWording);
        }

        void AddTokens(PreparedArticle article, in Sentence sentence, Tag[][] right, bool teachesWording)
        {
            sentences.Add((tokens, sentence.TokenCount, article.Fold, teachesWording));
            tokens += sentence.TokenCount;
            for (var i = sentence.FirstToken; i < sentence.EndToken; i++)
            {
                foreach (var (view, templates) in views.Zip(without.TokenViews))
                {
                    var sink = new RowSink(TaggerRows, view.Features, templates);
                    TaggerFeatures.Read(article.Analysis, sentence, i, ref sink);
                    view.Close();
                }

                tags[0].Add(right[0][i]);
                tags[1].Add(right[1][i]);
            }
        }
    }

    private ByLength<CalibratedModel[]> TrainContext()
    {
        var models = new CalibratedModel[2][];
        foreach (var isolated in new[] { false, true })
        {
            var (train, goals, owners) = ContextExamples(_trainAndPlain, isolated);
            var (held, heldGoals, _) = ContextExamples(_validation, isolated);
            var final = new CalibratedModel[SentenceReading.Targets];
            var byFold = Enumerable.Range(0, Split.Folds).Select(_ => new CalibratedModel[SentenceReading.Targets]).ToArray();
            Parallel.For(0, SentenceReading.Targets * (Split.Folds + 1), job =>
            {
                var (target, fold) = (job / (Split.Folds + 1), job % (Split.Folds + 1));
                var chosen = Enumerable.Range(0, train.Count).Where(i => owners[i].Fold != fold).ToArray();
                var model = DenseTrainer.Train(SentenceContext.Names, [.. chosen.Select(i => train[i])], [.. chosen.Select(i => goals[i][target])], DenseL2, without.Dense);
                if (fold < Split.Folds)
                    byFold[fold][target] = new CalibratedModel(model, Calibration.Identity);
                else
                    final[target] = new CalibratedModel(model, DenseTrainer.Calibrate([.. held.Select(x => model.Logit(x))], [.. heldGoals.Select(g => g[target])]));
            });
            models[isolated ? 1 : 0] = final;
            foreach (var article in WithExcerpts(_all))
            {
                var used = article.Part == Part.Train ? byFold[article.Fold] : final;
                foreach (var readings in isolated ? article.Alone : [article.Readings])
                {
                    if (readings.Count > 0)
                        Stages.Contextualise(article.Analysis, readings, SentenceContext.FactsOf(article.Analysis, readings), used);
                }
            }
        }

        return new ByLength<CalibratedModel[]>(models[0], models[1]);
    }

    private static (List<float[]> Examples, List<float[]> Goals, List<PreparedArticle> Owners) ContextExamples(PreparedArticle[] from, bool isolated)
    {
        List<float[]> examples = [], goals = [];
        List<PreparedArticle> owners = [];
        foreach (var article in from)
        {
            foreach (var readings in isolated ? article.Alone : [article.Readings])
            {
                if (readings.Count == 0)
                    continue;
                var facts = SentenceContext.FactsOf(article.Analysis, readings);
                for (var k = 0; k < readings.Count; k++)
                {
                    var values = new float[SentenceContext.Count];
                    SentenceContext.Read(article.Analysis, readings, k, facts, values);
                    examples.Add(values);
                    goals.Add(article.TargetsOf(readings[k].Index));
                    owners.Add(article);
                }
            }
        }

        return (examples, goals, owners);
    }

    private ByLength<CalibratedModel[]> TrainArticles()
    {
        var models = new CalibratedModel[2][];
        foreach (var isolated in new[] { false, true })
        {
            // Texts of one sentence are rated less well with plain sentences.
            var (train, goals) = ArticleExamples(isolated ? _train : WithExcerpts(_trainAndPlain), isolated);
            var (held, heldGoals) = ArticleExamples(isolated ? _validation : WithExcerpts(_validation), isolated);
            models[isolated ? 1 : 0] =
            [
                .. Enumerable.Range(0, ArticleGoals.Count).Select(t =>
                {
                    var model = DenseTrainer.Train(ArticleFeatures.Names, train, [.. goals.Select(g => g[t])], isolated ? DenseL2 : 4 * DenseL2, without.Dense);
                    return new CalibratedModel(model, DenseTrainer.Calibrate([.. held.Select(x => model.Logit(x))], [.. heldGoals.Select(g => g[t])]));
                }),
            ];
        }

        return new ByLength<CalibratedModel[]>(models[0], models[1]);
    }

    private static (List<float[]> Examples, List<float[]> Goals) ArticleExamples(PreparedArticle[] from, bool isolated)
    {
        List<float[]> examples = [], goals = [];
        foreach (var article in from)
        {
            foreach (var readings in isolated ? article.Alone : [article.Readings])
            {
                if (readings.Count == 0)
                    continue;
                var values = new float[ArticleFeatures.Count];
                ArticleFeatures.Read(article.Analysis, readings, SentenceContext.FactsOf(article.Analysis, readings), values);
                examples.Add(values);
                goals.Add(isolated ? ArticleGoals.OfSentence(article, readings[0].Index) : ArticleGoals.OfArticle(article));
            }
        }

        return (examples, goals);
    }

    private ByLength<CalibratedModel[]> TrainSpans()
    {
        var models = new CalibratedModel[2][];
        foreach (var isolated in new[] { false, true })
        {
            var train = SpanExamples(isolated ? _trainAndPlain : WithExcerpts(_trainAndPlain), isolated);
            var held = SpanExamples(isolated ? _validation : WithExcerpts(_validation), isolated);
            models[isolated ? 1 : 0] =
            [
                .. Enum.GetValues<SpanLayer>().Select(layer =>
                {
                    var mine = train.Where(x => x.Candidate.Layer == layer).ToArray();
                    var model = DenseTrainer.Train(SpanFeatures.Names, [.. mine.Select(x => x.Candidate.Values)], [.. mine.Select(x => x.Right ? 1f : 0f)], DenseL2, without.Dense);
                    var check = held.Where(x => x.Candidate.Layer == layer).ToArray();
                    return new CalibratedModel(model, DenseTrainer.Calibrate([.. check.Select(x => model.Logit(x.Candidate.Values))], [.. check.Select(x => x.Touches ? 1f : 0f)]));
                }),
            ];
        }

        return new ByLength<CalibratedModel[]>(models[0], models[1]);
    }

    private List<(SpanCandidate Candidate, bool Right, bool Touches)> SpanExamples(PreparedArticle[] from, bool isolated)
    {
        var examples = new List<(SpanCandidate, bool, bool)>();
        foreach (var article in from)
        {
            foreach (var readings in isolated ? article.Alone : [article.Readings])
            {
                if (readings.Count == 0)
                    continue;
                foreach (var candidate in Stages.Candidates(article.Analysis, readings, SentenceContext.FactsOf(article.Analysis, readings)))
                    examples.Add((candidate, without.StrictJudge ? article.Touches(candidate) : article.IsRight(candidate), article.Touches(candidate)));
            }
        }

        return examples;
    }

    internal (WeightTable Table, float[] Biases) TrainLabels()
    {
        var spans = new SparseExamples();
        var labels = new List<Label>();
        foreach (var article in _train)
            AddGold(article, without.LabelTemplates);
        // A sentence written by itself has no place in an article.
        foreach (var example in examples.Concat(plain))
            AddGold(example, without.LabelTemplates & ~(1ul << (int)Template.Place));

        foreach (var article in _train.Where(article => article.Readings.Count > 0))
            AddProposed(article);

        var table = new float[LabelRows * Labels.Count];
        var biases = new float[Labels.Count];
        var all = Enumerable.Range(0, labels.Count).ToArray();
        Parallel.ForEach(Labels.All, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, label =>
        {
            var (weights, bias) = SparseLogisticTrainer.Train(spans, all, [.. labels.Select(l => l == label ? 1f : 0f)], LabelRows, LabelL2, 1);
            Add(table, weights, 1, Labels.Count, (int)label);
            biases[(int)label] = bias;
        });
        return (new WeightTable(LabelRows, Labels.Count, table), biases);

        // What the tagger proposes has other borders than what annotators mark, and labels will be asked of that.
        void AddProposed(PreparedArticle article)
        {
            var sink = new RowSink(LabelRows, spans.Features, without.LabelTemplates);
            foreach (var candidate in Stages.Candidates(article.Analysis, article.Readings, SentenceContext.FactsOf(article.Analysis, article.Readings)))
            {
                if (candidate.Begin < LeastBegin || article.ClosestTo(candidate) is not { } label)
                    continue;
                SpanFeatures.ReadLabel(article.Analysis, article.Analysis.Document.Sentences[candidate.Sentence], candidate.Layer, candidate.FirstToken, candidate.EndToken, ref sink);
                spans.Close();
                labels.Add(label);
            }
        }

        void AddGold(PreparedArticle article, ulong templates)
        {
            var sink = new RowSink(LabelRows, spans.Features, templates);
            foreach (var gold in article.Gold)
            {
                foreach (var sentence in article.Analysis.Document.Sentences)
                {
                    var (first, end) = (Math.Max(gold.First, sentence.FirstToken), Math.Min(gold.End, sentence.EndToken));
                    if (end <= first)
                        continue;
                    SpanFeatures.ReadLabel(article.Analysis, sentence, PreparedArticle.LayerOf(sentence, first, end), first, end, ref sink);
                    spans.Close();
                    labels.Add(gold.Label);
                }
            }
        }
    }

    private PreparedArticle[] WithExcerpts(PreparedArticle[] from) => [.. from, .. from.Select(article => _excerpts[article]).OfType<PreparedArticle>()];

    private static TimeSpan ProcessorTime()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }

    /// <summary>The fold whose models have not seen the article: its own, or for held-out articles that of all training articles.</summary>
    private static int FoldFor(PreparedArticle article) => article.Part == Part.Train ? article.Fold : Split.Folds;

    /// <summary>Adds the sentence as an example to each view.</summary>
    private void AddSentence(SparseExamples[] views, Analysis analysis, int sentence)
    {
        foreach (var (view, templates) in views.Zip(without.SentenceViews))
        {
            var sink = new RowSink(SentenceRows, view.Features, templates);
            SentenceFeatures.Read(analysis, analysis.Document.Sentences[sentence], ref sink);
            view.Close();
        }
    }

    private static void Add(float[] table, ReadOnlySpan<float> weights, float share, int columns, int column)
    {
        for (var row = 0; row < weights.Length; row++)
            table[row * columns + column] += weights[row] * share;
    }
}
