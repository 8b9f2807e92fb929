using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Moderation.Annotation.Attribution;
using Moderation.Annotation.Detection;
using Moderation.Annotation.Detection.Lexicons;
using Moderation.Annotation.Learning;
using Moderation.Annotation.Results;
using Moderation.Annotation.Text;

namespace Moderation.Annotation;

/// <summary>The engine: an article in, everything found in it out. Holds only what never changes, so that any number of threads may share one.</summary>
public sealed class Annotator : IAnnotator
{
    /// <summary>How many of a flag's reasons are told one by one; the rest is summed up, so that the parts still add up to the score.</summary>
    private const int ToldFeatures = 5;

    private static readonly Family[] Families = Enum.GetValues<Family>();

    private readonly DetectionModel _model;
    private readonly ISentenceScorer _sentences;
    private readonly SpanTagger _tagger;
    private readonly WordLists _lists;
    private readonly Profile _profile;

    private Annotator(ModelFile file, ISentenceScorer sentences, string sha256, WordLists lists, Profile profile)
    {
        _model = file.Detection;
        _sentences = sentences;
        _tagger = new SpanTagger(_model.Tagger, _model.Chains);
        _lists = lists;
        _profile = profile;
        Profiles = file.Profiles;
        Engine = Describe(new ModelDescription(file.Name, file.Version, sha256), profile);
    }

    private Annotator(Annotator other, Profile profile)
    {
        (_model, _sentences, _tagger, _lists, _profile, Profiles) = (other._model, other._sentences, other._tagger, other._lists, profile, other.Profiles);
        Engine = Describe(other.Engine.Model, profile);
    }

    public EngineDescription Engine { get; }

    /// <summary>The profiles that the model came with.</summary>
    public IReadOnlyList<Profile> Profiles { get; }

    /// <summary>Version of this assembly, without the build's metadata.</summary>
    public static string ProgramVersion { get; } =
        typeof(Annotator).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0";

    /// <summary>Makes an engine from a model file's bytes.</summary>
    /// <param name="name">The file's name, for messages.</param>
    /// <param name="profile">Name of one of the model's profiles.</param>
    /// <exception cref="ModelFileException">The bytes are not a whole model file, or it has no such profile.</exception>
    public static Annotator Load(byte[] model, string name, string profile = Profile.Default, bool allVoices = false)
    {
        var file = ModelFile.FromBytes(model, name);
        return Of(file, new SentenceScorer(file.Detection.Sentences, file.Detection.SentenceBiases), Convert.ToHexStringLower(SHA256.HashData(model)), name, profile, allVoices);
    }

    /// <summary>Makes an engine whose first pass is computed by something else than the model file's own sentence models.</summary>
    /// <param name="stages">The model; its sentence models are not used.</param>
    /// <param name="sha256">The hash that results name: of the file that holds both the first pass and the stages.</param>
    /// <param name="name">The file's name, for messages.</param>
    /// <param name="profile">Name of one of the model's profiles.</param>
    /// <exception cref="ModelFileException">The model has no such profile.</exception>
    public static Annotator Of(ModelFile stages, ISentenceScorer sentences, string sha256, string name, string profile = Profile.Default, bool allVoices = false)
    {
        var chosen = stages.Profiles.FirstOrDefault(p => p.Name == profile)
            ?? throw new ModelFileException($"{name} has no profile '{profile}'; it has {string.Join(", ", stages.Profiles.Select(p => p.Name))}.");
        return new Annotator(stages, sentences, sha256, stages.WordLists.Build(), chosen with { AllVoices = allVoices });
    }

    /// <summary>An engine of the same model, whose memory it shares, with other cut-offs.</summary>
    public Annotator With(Profile profile) => new(this, profile);

    /// <inheritdoc/>
    public AnnotatedArticle Annotate(Article article, Detail detail = Detail.Flags, CancellationToken cancellation = default)
    {
        var document = Document.Read(article);
        cancellation.ThrowIfCancellationRequested();
        using var discourse = Discourse.Analyse(document, _lists.Attribution);
        cancellation.ThrowIfCancellationRequested();
        using var analysis = Analysis.Of(document, discourse, _lists);
        var detection = Detect(analysis, cancellation);
        var flags = detection.Flags;
        using var ownership = new Ownership(document, discourse, discourse.TokenVoice);
        if (_profile.AllVoices)
        {
            using var asOwn = Analysis.Of(document, discourse, _lists, allVoices: true);
            var others = Detect(asOwn, cancellation);
            var taken = new SpanIndex(document.Tokens.Length);
            flags.ForEach(taken.Add);
            flags = [.. flags, .. others.Flags.Where(flag => ownership.IsOthers(flag.FirstToken, flag.EndToken) && !taken.AnyOver(flag, static (_, _) => true))];
            flags.Sort((a, b) => a.FirstToken != b.FirstToken ? a.FirstToken.CompareTo(b.FirstToken) : b.EndToken.CompareTo(a.EndToken));
        }

        var annotations = Describe(article, detection.Analysis, ownership, flags);
        var words = 0;
        foreach (ref readonly var token in document.Tokens.AsSpan())
            words += token.Kind is TokenKind.Word or TokenKind.Number ? 1 : 0;
        return new AnnotatedArticle
        {
            Article = article,
            Engine = Engine,
            Summary = Summarise(words, annotations, detection.Scores),
            Zones = discourse.Zones,
            Attributions = discourse.Attributions,
            Annotations = annotations,
            Sentences = detail == Detail.Sentences ? DescribeSentences(detection) : null,
            Coverage = Cover(detection.Analysis),
        };
    }

    private Detection Detect(Analysis analysis, CancellationToken cancellation)
    {
        var readings = _sentences.Read(analysis);
        if (readings.Count == 0)
            return new Detection(analysis, readings, [], default);
        cancellation.ThrowIfCancellationRequested();
        _tagger.Tag(analysis, readings);
        cancellation.ThrowIfCancellationRequested();
        var facts = SentenceContext.FactsOf(analysis, readings);
        Stages.Contextualise(analysis, readings, facts, _model.Context.For(readings.Count));
        Span<float> values = stackalloc float[ArticleFeatures.Count];
        ArticleFeatures.Read(analysis, readings, facts, values);
        var models = _model.Articles.For(readings.Count);
        var scores = new ArticleScores(
            models[0].Probability(values), models[1].Probability(values), models[2].Probability(values), models[3].Probability(values), models[4].Probability(values));
        var candidates = Stages.Likely(analysis, readings, facts, _model.Spans.For(readings.Count), _profile.Suggest);
        candidates.AddRange(EditorsNotes.Find(analysis, readings));
        var flags = SpanSelector.Select(analysis, candidates, _profile.Suggest);
        Stages.Name(analysis, flags, _model.SpanLabels, _model.SpanLabelBiases);
        SpanSelector.SettleNested(analysis, flags);
        Explain(analysis, readings, facts, flags);
        return new Detection(analysis, readings, flags, scores);
    }

    private List<Results.Annotation> Describe(Article article, Analysis analysis, Ownership ownership, List<SpanCandidate> flags)
    {
        var occurrences = new Dictionary<(Label, string), int>(flags.Count);
        var opinionPiece = Genres.IsOpinion(article.Genre);
        var annotations = new List<Results.Annotation>(flags.Count);
        foreach (var flag in flags)
        {
            var span = new TextSpan(analysis.Document.Tokens[flag.FirstToken].Start, analysis.Document.Tokens[flag.EndToken - 1].End);
            var quote = article.Text[span.Start..span.End];
            var key = (flag.Label, AnnotationId.Normalise(quote));
            var occurrence = occurrences[key] = occurrences.GetValueOrDefault(key) + 1;
            var entry = StrongestEntry(analysis, flag);
            var neutral = entry is { Neutral: { } wording } && wording != quote ? wording : null;
            annotations.Add(new Results.Annotation
            {
                Id = AnnotationId.Of(article.Id, flag.Label, quote, occurrence),
                Label = flag.Label,
                Span = span,
                Confidence = flag.Probability,
                Tier = _profile.TierOf(flag.Probability),
                Severity = Severities.Of(flag.Label, opinionPiece),
                Speaker = ownership.IsOthers(flag.FirstToken, flag.EndToken) ? SpeakerOf(analysis, flag) : null,
                Evidence = flag.Evidence,
                Reason = Reasons.Of(flag.Label, quote, neutral, NearestSource(analysis, flag)),
                Suggestion = neutral,
            });
        }

        return annotations;
    }

    /// <summary>The strongest lexicon entry over the flag that is of the flag's own family, for its neutral wording.</summary>
    private static LexiconEntry? StrongestEntry(Analysis analysis, SpanCandidate flag)
    {
        LexiconEntry? best = null;
        // For sourcing flags the word lists say what to do ("name the source"), which is no wording to put in its place.
        if (flag.Layer != SpanLayer.Wording || flag.Label.Family() == Family.UnsourcedClaim)
            return null;
        for (var i = flag.FirstToken; i < flag.EndToken; i++)
        {
            if (analysis.Lexical[i].Strength == 0)
                continue;
            var entry = analysis.Lists.Lexicon.Entries[analysis.Lexical[i].Entry];
            if (entry.Label.Family() == flag.Label.Family() && (best is null || entry.Strength > best.Strength))
                best = entry;
        }

        return best;
    }

    /// <summary>Gives every flag its evidence: from its features, which are read again, since most candidates become no flag.</summary>
    private void Explain(Analysis analysis, List<SentenceReading> readings, in SentenceContext.ArticleFacts facts, List<SpanCandidate> flags)
    {
        Span<float> values = stackalloc float[SpanFeatures.Count];
        foreach (var flag in flags)
        {
            if (flag.IsRule)
            {
                flag.Evidence = [new Evidence("rule", EditorsNotes.RuleName, flag.Logit)];
                continue;
            }

            SpanFeatures.Read(analysis, readings, facts, flag, values);
            flag.Evidence = Explain(analysis, flag, values);
        }
    }

    /// <summary>The features with the largest parts in the score, the lexicon entries by name, the rest as one sum, and the bias.</summary>
    private List<Evidence> Explain(Analysis analysis, SpanCandidate flag, ReadOnlySpan<float> values)
    {
        var model = ModelOf(flag).Model;
        Span<double> parts = stackalloc double[SpanFeatures.Count];
        for (var i = 0; i < parts.Length; i++)
            parts[i] = model.Weights[i] * (double)values[i];

        var evidence = new List<Evidence>(ToldFeatures + 3);
        for (var i = flag.FirstToken; i < flag.EndToken; i++)
        {
            if (analysis.Lexical[i] is { Strength: > 0, Begins: true } mark)
            {
                evidence.Add(new Evidence("lexicon", analysis.Lists.Lexicon.Entries[mark.Entry].Description, 0));
            }
        }

        // The largest first; of equals the first.
        for (var told = 0; told < ToldFeatures; told++)
        {
            var largest = 0;
            for (var i = 1; i < parts.Length; i++)
            {
                if (Math.Abs(parts[i]) > Math.Abs(parts[largest]))
                    largest = i;
            }

            if (parts[largest] == 0)
                break;
            evidence.Add(new Evidence("feature", SpanFeatures.Names[largest], parts[largest]));
            parts[largest] = 0;
        }

        double rest = 0;
        foreach (var part in parts)
            rest += part;
        evidence.Add(new Evidence("feature", "all others", rest));
        evidence.Add(new Evidence("bias", "", model.Bias));
        return evidence;
    }

    private CalibratedModel ModelOf(SpanCandidate flag) => flag.ShortText ? _model.Spans.Isolated[(int)flag.Layer] : _model.Spans.Article[(int)flag.Layer];

    /// <summary>The words that name whoever the flagged words belong to, as the article has them.</summary>
    private static string SpeakerOf(Analysis analysis, SpanCandidate flag)
    {
        for (var i = flag.FirstToken; i < flag.EndToken; i++)
        {
            if (analysis.Discourse.AttributionOf(i) is >= 0 and var attribution && analysis.Discourse.Attributions[attribution].Source is { IsEmpty: false } source)
                return analysis.Document.Text[source.Start..source.End];
        }

        return "unknown speaker";
    }

    /// <summary>For a claim without a source: the nearest one that the article names, and why it does not reach; null for other flags.</summary>
    private static string? NearestSource(Analysis analysis, SpanCandidate flag)
    {
        if (flag.Label is not (Label.NoAttribution or Label.UnsupportedMotive or Label.UnsupportedCausation or Label.PredictionAsFact))
            return null;
        var nearest = analysis.Discourse.NearestAttribution(flag.Sentence);
        return nearest.Covers ? null : nearest.Reason;
    }

    private static Summary Summarise(int words, List<Results.Annotation> annotations, ArticleScores scores)
    {
        var byFamily = new Dictionary<Family, int>(Families.Length);
        foreach (var family in Families)
            byFamily[family] = 0;
        int mine = 0, serious = 0;
        foreach (var annotation in annotations)
        {
            byFamily[annotation.Label.Family()]++;
            if (annotation.Speaker is not null)
                continue;
            mine++;
            serious += annotation is { Severity: Severity.Major, Tier: Tier.Confirm } ? 1 : 0;
        }

        var disposition = mine == 0 ? Disposition.Clear : serious >= 3 && scores.Overall >= 0.5 ? Disposition.Priority : Disposition.Review;
        return new Summary(words, annotations.Count, words == 0 ? 0 : 1000.0 * annotations.Count / words, byFamily, scores, disposition);
    }

    private List<SentenceScores> DescribeSentences(Detection detection)
    {
        var analysis = detection.Analysis;
        var models = _model.Context.For(detection.Readings.Count);
        var sentences = new List<SentenceScores>(analysis.Document.Sentences.Length);
        var next = 0;
        for (var s = 0; s < analysis.Document.Sentences.Length; s++)
        {
            var sentence = analysis.Document.Sentences[s];
            var attributed = analysis.Discourse.AttributedShare(s);
            if (next >= detection.Readings.Count || detection.Readings[next].Index != s)
            {
                sentences.Add(new SentenceScores(sentence.Span, 0, 0, 0, attributed, 0, 0));
                continue;
            }

            var reading = detection.Readings[next++];
            double Calibrated(SentenceTarget target) => models[(int)target].Calibration.Probability(reading.ContextLogits[(int)target]);
            sentences.Add(new SentenceScores(
                sentence.Span,
                Calibrated(SentenceTarget.LoadedLanguage),
                Calibrated(SentenceTarget.UnsourcedClaim),
                Calibrated(SentenceTarget.Editorializing),
                attributed,
                _model.ClaimCalibration.Probability(reading.Logits[(int)SentenceTarget.Claim]),
                Calibrated(SentenceTarget.Opinion)));
        }

        return sentences;
    }

    private static Coverage Cover(Analysis analysis)
    {
        var assessed = 0;
        for (var i = 0; i < analysis.Document.Tokens.Length; i++)
            assessed += analysis.Voices[i] is Voice.Author or Voice.Comment ? analysis.Document.Tokens[i].Length : 0;
        var skipped = analysis.Discourse.Zones
            .Where(zone => zone.Kind is ZoneKind.Caption or ZoneKind.Promo or ZoneKind.Byline or ZoneKind.Boilerplate or ZoneKind.Metadata)
            .Select(zone => new Skipped(zone.Span, "zone", zone.Kind.ToString()))
            .ToList();
        return new Coverage(analysis.Document.Text.Length, assessed, Genres.IsOpinion(analysis.Document.Article.Genre) ? "opinion" : "news", skipped);
    }

    private static EngineDescription Describe(ModelDescription model, Profile profile) => new(
        ProgramVersion,
        model,
        profile.Name,
        new Dictionary<string, double> { ["suggest"] = profile.Suggest, ["confirm"] = profile.Confirm },
        Fingerprint($"{ProgramVersion}|{model.Sha256}|{profile.Name}|{profile.Suggest:R}|{profile.Confirm:R}|{profile.AllVoices}"));

    private static string Fingerprint(string of) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(of)).AsSpan(0, 8));

    private sealed record Detection(Analysis Analysis, List<SentenceReading> Readings, List<SpanCandidate> Flags, ArticleScores Scores);
}
