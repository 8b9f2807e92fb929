using System.Text.Json;
using Moderation.Annotation.Results;
using Moderation.Annotation.Text;

namespace Moderation.Contracts.Results;

/// <summary>One result on its way to JSON: checked, with what is computed once for the whole document.</summary>
internal readonly struct ResultDocument
{
    /// <summary>How much of the text stands on either side of a quote in a TextQuoteSelector, in UTF-16 code units, at most.</summary>
    private const int QuoteContext = 32;

    /// <summary>Decimal places of every score: more would only be noise, and would make the bytes depend on the last bit.</summary>
    private const int ScoreDigits = 6;

    /// <summary>What <see cref="ScoreDigits"/> decimal places make of one.</summary>
    private const long Million = 1_000_000;

    /// <summary>Sizes from and up to which a number is written without an exponent.</summary>
    private const double SmallestWritten = 0.0001, LargestWritten = 1e6;

    /// <summary>How much text is escaped at a time, in UTF-16 code units.</summary>
    private const int TextSegment = 16 * 1024;

    private readonly AnnotatedArticle _result;
    private readonly CodePoints _codePoints;
    private readonly string _target;
    private readonly string _generator;

    private ResultDocument(AnnotatedArticle result, CodePoints codePoints)
    {
        _result = result;
        _codePoints = codePoints;
        TextSha256 = EventIds.TextSha256(result.Article.Text);
        _target = result.Article.Uri ?? "urn:moderation:article:" + Uri.EscapeDataString(result.Article.Id);
        _generator = "urn:moderation:engine:" + result.Engine.Fingerprint;
    }

    public string TextSha256 { get; }

    /// <exception cref="ResultInvariantException">The result breaks the contract.</exception>
    public static ResultDocument Of(AnnotatedArticle result)
    {
        var codePoints = new CodePoints(result.Article.Text);
        ResultInvariants.Check(result, codePoints);
        return new ResultDocument(result, codePoints);
    }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteArticle(json);
        WriteText(json);
        WriteEngine(json);
        WriteSummary(json);
        WriteZones(json);
        WriteAttributions(json);
        json.WriteStartArray("annotations"u8);
        WriteAnnotations(json);
        json.WriteEndArray();
        WriteSentences(json);
        WriteCoverage(json);
        json.WriteEndObject();
    }

    private void WriteArticle(Utf8JsonWriter json)
    {
        var article = _result.Article;
        json.WriteStartObject("article"u8);
        json.WriteString("id"u8, article.Id);
        json.WriteString("version"u8, article.Version);
        json.WriteString("uri"u8, article.Uri);
        json.WriteString("outlet"u8, article.Outlet);
        json.WriteString("language"u8, article.Language);
        json.WriteString("genre"u8, article.Genre);
        json.WriteString("headline"u8, article.Headline);
        json.WriteString("textSha256"u8, TextSha256);
        json.WriteStartObject("length"u8);
        json.WriteNumber("utf16"u8, article.Text.Length);
        json.WriteNumber("codePoints"u8, _codePoints.Count);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>The text in segments: written whole, a long one would need room for six times its length at once.</summary>
    private void WriteText(Utf8JsonWriter json)
    {
        json.WritePropertyName("text"u8);
        var rest = _result.Article.Text.AsSpan();
        while (rest.Length > TextSegment)
        {
            // A segment that ended between the halves of a pair would be written as two halves.
            var length = char.IsHighSurrogate(rest[TextSegment - 1]) ? TextSegment - 1 : TextSegment;
            json.WriteStringValueSegment(rest[..length], isFinalSegment: false);
            rest = rest[length..];
        }

        json.WriteStringValueSegment(rest, isFinalSegment: true);
    }

    private void WriteEngine(Utf8JsonWriter json)
    {
        var engine = _result.Engine;
        json.WriteStartObject("engine"u8);
        json.WriteString("version"u8, engine.Version);
        json.WriteStartObject("model"u8);
        json.WriteString("name"u8, engine.Model.Name);
        json.WriteString("version"u8, engine.Model.Version);
        json.WriteString("sha256"u8, engine.Model.Sha256);
        json.WriteEndObject();
        json.WriteString("profile"u8, engine.Profile);
        json.WriteStartObject("thresholds"u8);
        // A dictionary promises no order, and the bytes must not depend on how it was filled.
        foreach (var (name, value) in engine.Thresholds.OrderBy(static threshold => threshold.Key, StringComparer.Ordinal))
            WriteScore(json, name, value);
        json.WriteEndObject();
        WriteScorers(json, engine.Scorers);
        json.WriteString("fingerprint"u8, engine.Fingerprint);
        json.WriteEndObject();
    }

    /// <summary>Left out where there are none, as nearly everywhere.</summary>
    private static void WriteScorers(Utf8JsonWriter json, IReadOnlyList<ScorerDescription> scorers)
    {
        if (scorers.Count == 0)
            return;
        json.WriteStartArray("scorers"u8);
        foreach (var scorer in scorers)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, scorer.Name);
            json.WriteString("sha256"u8, scorer.Sha256);
            json.WriteString("family"u8, scorer.Family);
            json.WriteString("label"u8, scorer.Label);
            WriteScore(json, "threshold", scorer.Threshold);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteSummary(Utf8JsonWriter json)
    {
        var summary = _result.Summary;
        json.WriteStartObject("summary"u8);
        json.WriteNumber("words"u8, summary.Words);
        json.WriteNumber("flags"u8, summary.Flags);
        json.WriteNumber("flagsPer1000Words"u8, Math.Round(summary.FlagsPer1000Words, 2));
        json.WriteStartObject("byFamily"u8);
        var own = _result.OwnFlags.CountBy(static flag => flag.Family).ToDictionary();
        foreach (var family in Enum.GetValues<Family>())
            json.WriteNumber(family.Name(), summary.ByFamily.GetValueOrDefault(family) + (own.Remove(family.Name(), out var more) ? more : 0));
        foreach (var (family, count) in own.OrderBy(static count => count.Key, StringComparer.Ordinal))
            json.WriteNumber(family, count);
        json.WriteEndObject();
        json.WriteStartObject("scores"u8);
        WriteScore(json, "loadedLanguage", summary.Scores.LoadedLanguage);
        WriteScore(json, "unsourcedClaims", summary.Scores.UnsourcedClaims);
        WriteScore(json, "editorializing", summary.Scores.Editorializing);
        WriteScore(json, "opinion", summary.Scores.Opinion);
        WriteScore(json, "overall", summary.Scores.Overall);
        json.WriteEndObject();
        json.WriteString("disposition"u8, ContractNames.Of(summary.Disposition));
        json.WriteEndObject();
    }

    private void WriteZones(Utf8JsonWriter json)
    {
        json.WriteStartArray("zones"u8);
        foreach (var zone in _result.Zones)
        {
            json.WriteStartObject();
            json.WriteString("kind"u8, ContractNames.Of(zone.Kind));
            WriteSpan(json, zone.Span);
            if (zone.Kind is ZoneKind.Quote or ZoneKind.PartialQuote)
            {
                WriteTextSpan(json, "speaker", zone.Speaker);
                WriteTextSpan(json, "cue", zone.Cue);
                json.WriteBoolean("balanced"u8, zone.Balanced);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteAttributions(Utf8JsonWriter json)
    {
        json.WriteStartArray("attributions"u8);
        foreach (var relation in _result.Attributions)
        {
            json.WriteStartObject();
            json.WriteStartObject("source"u8);
            json.WriteString("kind"u8, ContractNames.Of(relation.Kind));
            json.WritePropertyName("span"u8);
            WriteSpanValue(json, relation.Source);
            WriteText(json, relation.Source);
            json.WriteEndObject();
            WriteTextSpan(json, "cue", relation.Cue);
            json.WriteStartArray("content"u8);
            for (var c = 0; c < relation.Content.Count; c++)
                WriteSpanValue(json, relation.Content[c]);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>The engine's flags and those of own scorers together, by position.</summary>
    private void WriteAnnotations(Utf8JsonWriter json)
    {
        var own = 0;
        foreach (var annotation in _result.Annotations)
        {
            while (own < _result.OwnFlags.Count && _result.OwnFlags[own].Span < annotation.Span)
                WriteOwnFlag(json, _result.OwnFlags[own++]);
            WriteAnnotation(json, annotation);
        }

        while (own < _result.OwnFlags.Count)
            WriteOwnFlag(json, _result.OwnFlags[own++]);
    }

    private void WriteOwnFlag(Utf8JsonWriter json, OwnFlag flag)
    {
        WriteStart(json, flag.Id, flag.Label, flag.Reason, null, flag.Span);
        json.WriteString("family"u8, flag.Family);
        json.WriteString("label"u8, flag.Label);
        json.WriteString("scorer"u8, flag.Scorer);
        WriteSpan(json, flag.Span);
        WriteScore(json, "confidence", flag.Confidence);
        json.WriteString("tier"u8, ContractNames.Of(Tier.Suggest));
        json.WriteString("severity"u8, ContractNames.Of(flag.Severity));
        json.WriteString("owner"u8, "author"u8);
        WriteEvidence(json, flag.Evidence);
        json.WriteString("reason"u8, flag.Reason);
        json.WriteNull("suggestion"u8);
        WriteMaps(json, [], null);
        json.WriteEndObject();
    }

    /// <summary>What the Web Annotation standard asks for.</summary>
    private void WriteStart(Utf8JsonWriter json, string id, string label, string reason, string? suggestion, TextSpan span)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, id);
        json.WriteString("type"u8, "Annotation"u8);
        json.WriteString("motivation"u8, "classifying"u8);
        json.WriteString("generator"u8, _generator);
        WriteBodies(json, label, reason, suggestion);
        WriteTarget(json, span);
    }

    private void WriteAnnotation(Utf8JsonWriter json, Annotation.Results.Annotation annotation)
    {
        WriteStart(json, annotation.Id, annotation.Label.Name(), annotation.Reason, annotation.Suggestion, annotation.Span);
        json.WriteString("family"u8, annotation.Label.Family().Name());
        json.WriteString("label"u8, annotation.Label.Name());
        WriteSpan(json, annotation.Span);
        WriteScore(json, "confidence", annotation.Confidence);
        json.WriteString("tier"u8, ContractNames.Of(annotation.Tier));
        json.WriteString("severity"u8, ContractNames.Of(annotation.Severity));
        json.WriteString("owner"u8, annotation.Speaker ?? "author");
        WriteEvidence(json, annotation.Evidence);
        json.WriteString("reason"u8, annotation.Reason);
        json.WriteString("suggestion"u8, annotation.Suggestion);
        var map = TaxonomyMaps.Of(annotation.Label);
        WriteMaps(json, map.Techniques, map.WordsToWatch);
        json.WriteEndObject();
    }

    /// <summary>The same verdict for Web Annotation clients, which know only bodies: the label, the reason, the neutral wording.</summary>
    private static void WriteBodies(Utf8JsonWriter json, string label, string reason, string? suggestion)
    {
        json.WriteStartArray("body"u8);
        WriteBody(json, "classifying", label);
        WriteBody(json, "describing", reason);
        if (suggestion is not null)
            WriteBody(json, "editing", suggestion);
        json.WriteEndArray();
    }

    private static void WriteBody(Utf8JsonWriter json, string purpose, string value)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "TextualBody"u8);
        json.WriteString("purpose"u8, purpose);
        json.WriteString("value"u8, value);
        json.WriteEndObject();
    }

    private void WriteTarget(Utf8JsonWriter json, TextSpan span)
    {
        var text = _result.Article.Text;
        var prefix = Math.Max(0, span.Start - QuoteContext);
        var suffix = Math.Min(text.Length, span.End + QuoteContext);
        if (_codePoints.Splits(prefix))
            prefix++;
        if (_codePoints.Splits(suffix))
            suffix--;

        json.WriteStartObject("target"u8);
        json.WriteString("source"u8, _target);
        json.WriteStartArray("selector"u8);
        json.WriteStartObject();
        json.WriteString("type"u8, "TextQuoteSelector"u8);
        json.WriteString("exact"u8, span.Of(text));
        json.WriteString("prefix"u8, text.AsSpan(prefix, span.Start - prefix));
        json.WriteString("suffix"u8, text.AsSpan(span.End, suffix - span.End));
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("type"u8, "TextPositionSelector"u8);
        json.WriteNumber("start"u8, _codePoints.At(span.Start));
        json.WriteNumber("end"u8, _codePoints.At(span.End));
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteEvidence(Utf8JsonWriter json, IReadOnlyList<Evidence> evidence)
    {
        json.WriteStartArray("evidence"u8);
        for (var e = 0; e < evidence.Count; e++)
        {
            var item = evidence[e];
            json.WriteStartObject();
            json.WriteString("kind"u8, item.Kind);
            json.WriteString("name"u8, item.Name);
            WriteScore(json, "contribution", item.Contribution);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteMaps(Utf8JsonWriter json, IReadOnlyList<string> techniques, string? wordsToWatch)
    {
        json.WriteStartObject("maps"u8);
        json.WriteStartArray("techniques"u8);
        foreach (var technique in techniques)
            json.WriteStringValue(technique);
        json.WriteEndArray();
        json.WriteString("wordsToWatch"u8, wordsToWatch);
        json.WriteEndObject();
    }

    private void WriteSentences(Utf8JsonWriter json)
    {
        if (_result.Sentences is not { } sentences)
            return;
        json.WriteStartArray("sentences"u8);
        foreach (var sentence in sentences)
        {
            json.WriteStartObject();
            WriteSpan(json, sentence.Span);
            json.WriteStartObject("scores"u8);
            WriteScore(json, Family.LoadedLanguage.Name(), sentence.LoadedLanguage);
            WriteScore(json, Family.UnsourcedClaim.Name(), sentence.UnsourcedClaim);
            WriteScore(json, Family.Editorializing.Name(), sentence.Editorializing);
            json.WriteEndObject();
            WriteScore(json, "attributed", sentence.Attributed);
            WriteScore(json, "claim", sentence.Claim);
            WriteScore(json, "opinion", sentence.Opinion);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteCoverage(Utf8JsonWriter json)
    {
        var coverage = _result.Coverage;
        json.WriteStartObject("coverage"u8);
        json.WriteNumber("characters"u8, coverage.Characters);
        json.WriteNumber("assessedCharacters"u8, coverage.AssessedCharacters);
        json.WriteString("profile"u8, coverage.Profile);
        json.WriteStartArray("skipped"u8);
        foreach (var skipped in coverage.Skipped)
        {
            json.WriteStartObject();
            WriteSpan(json, skipped.Span);
            json.WriteString("reason"u8, skipped.Reason);
            json.WriteString("detail"u8, skipped.Detail);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteScore(Utf8JsonWriter json, string name, double value)
    {
        var rounded = Math.Round(value, ScoreDigits) + 0.0; // Adding zero makes of -0 a plain 0.
        if (Math.Abs(rounded) is not 0 and (< SmallestWritten or > LargestWritten))
        {
            json.WriteNumber(name, rounded);
            return;
        }

        // The same digits as WriteNumber gives, without the search for the fewest that tell one double from another: how many there are is known.
        Span<byte> digits = stackalloc byte[24];
        json.WritePropertyName(name);
        json.WriteRawValue(Digits((long)Math.Round(rounded * Million), digits), skipInputValidation: true);
    }

    /// <summary>A number of millionths as a decimal number, without zeros at the end.</summary>
    private static ReadOnlySpan<byte> Digits(long millionths, Span<byte> room)
    {
        var at = room.Length;
        var (whole, part) = Math.DivRem(Math.Abs(millionths), Million);
        if (part > 0)
        {
            var places = ScoreDigits;
            for (; part % 10 == 0; places--)
                part /= 10;
            for (; places > 0; places--, part /= 10)
                room[--at] = (byte)('0' + part % 10);
            room[--at] = (byte)'.';
        }

        do
        {
            room[--at] = (byte)('0' + whole % 10);
            whole /= 10;
        }
        while (whole > 0);

        if (millionths < 0)
            room[--at] = (byte)'-';
        return room[at..];
    }

    private static void WriteSpan(Utf8JsonWriter json, TextSpan span)
    {
        json.WritePropertyName("span"u8);
        WriteSpanValue(json, span);
    }

    private static void WriteSpanValue(Utf8JsonWriter json, TextSpan? span)
    {
        if (span is not { } present)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteNumber("start"u8, present.Start);
        json.WriteNumber("end"u8, present.End);
        json.WriteEndObject();
    }

    /// <summary>A span together with its words, or null.</summary>
    private void WriteTextSpan(Utf8JsonWriter json, string name, TextSpan? span)
    {
        if (span is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WritePropertyName("span"u8);
        WriteSpanValue(json, span);
        WriteText(json, span);
        json.WriteEndObject();
    }

    private void WriteText(Utf8JsonWriter json, TextSpan? span)
    {
        if (span is { } present)
            json.WriteString("text"u8, present.Of(_result.Article.Text));
        else
            json.WriteNull("text"u8);
    }
}
