using System.Globalization;
using System.Security.Cryptography;
using Microsoft.ML;
using Microsoft.ML.Data;
using Moderation.Annotation.Learning;
using Moderation.Annotation.Scorers;
using Moderation.MLNet.Scoring;

namespace Moderation.MLNet.TextScorers;

/// <summary>Any text classifier that ML.NET saved, as a scorer of sentences.</summary>
public sealed class MLNetTextScorer : ITextScorer
{
    private static readonly string[] Trial = ["The council met on Monday.", "Enough is enough!"];

    private readonly SessionPool<Session> _sessions;

    private MLNetTextScorer(string sha256, Func<Session> open)
    {
        Sha256 = sha256;
        _sessions = new(open);
    }

    /// <inheritdoc/>
    public string Sha256 { get; }

    /// <summary>Reads the model and tries it out, so that whatever is wrong with it or its settings shows now.</summary>
    /// <exception cref="ModelFileException">The file is missing or no ML.NET model, or it has no such columns; the message says what it has.</exception>
    public static MLNetTextScorer Load(TextScorerSettings settings)
    {
        byte[] file;
        try
        {
            file = File.ReadAllBytes(settings.Path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelFileException($"the scorer's model cannot be read: {exception.Message}", exception);
        }

        ITransformer transformer;
        DataViewSchema schema;
        try
        {
            transformer = new MLContext().Model.Load(new MemoryStream(file), out schema);
        }
        catch (Exception exception)
        {
            throw new ModelFileException($"{settings.Path} cannot be read as an ML.NET model: {exception.Message}", exception);
        }

        if (schema is null || !transformer.IsRowToRowMapper)
            throw new ModelFileException($"{settings.Path} does not score one text at a time. Save it from ML.NET with the schema of its input, without steps that filter or group rows.");
        var input = Find(schema, settings.InputColumn, settings.Path, "takes");
        if (input.Type is not TextDataViewType)
            throw new ModelFileException($"{settings.Path}: its input column '{input.Name}' is {input.Type}, and not text.");
        var mapper = transformer.GetRowToRowMapper(schema);
        var output = Find(mapper.OutputSchema, settings.ScoreColumn, settings.Path, "gives");
        var place = PlaceOf(output, settings);
        var scorer = new MLNetTextScorer(Convert.ToHexStringLower(SHA256.HashData(file)), () => new Session(transformer.GetRowToRowMapper(schema), input, output, place));
        scorer.TryOut(settings);
        return scorer;
    }

    /// <inheritdoc/>
    public double[] Score(IReadOnlyList<string> sentences)
    {
        var session = _sessions.Rent();
        var scores = new double[sentences.Count];
        for (var s = 0; s < scores.Length; s++)
            scores[s] = Math.Clamp(session.Score(sentences[s]), 0, 1);
        _sessions.Return(session);
        return scores;
    }

    private void TryOut(TextScorerSettings settings)
    {
        var session = _sessions.Rent();
        foreach (var sentence in Trial)
        {
            double score;
            try
            {
                score = session.Score(sentence);
            }
            catch (Exception exception)
            {
                throw new ModelFileException($"{settings.Path} cannot score a sentence: {exception.Message}", exception);
            }

            if (score is not (>= 0 and <= 1))
                throw new ModelFileException(string.Create(CultureInfo.InvariantCulture, $"{settings.Path}: its column '{settings.ScoreColumn}' gives {score} for a sentence, and no probability. Name the column that holds the probability."));
        }

        _sessions.Return(session);
    }

    private static DataViewSchema.Column Find(DataViewSchema schema, string name, string path, string verb)
    {
        if (schema.GetColumnOrNull(name) is { } column)
            return column;
        var shown = schema.Where(other => !other.IsHidden).Select(other => $"'{other.Name}' ({other.Type})");
        throw new ModelFileException($"{path} has no column '{name}'. It {verb} {string.Join(", ", shown)}.");
    }

    /// <summary>Where in a vector of scores the class stands; null for a column that is one number.</summary>
    private static int? PlaceOf(DataViewSchema.Column output, TextScorerSettings settings)
    {
        if (output.Type is NumberDataViewType { RawType: var type } && type == typeof(float))
            return IsRawScore(output) ? throw new ModelFileException($"{settings.Path}: its column '{output.Name}' holds raw scores, and no probabilities. Name the column that holds the probability.") : null;
        if (output.Type is not VectorDataViewType { IsKnownSize: true, Size: var size, ItemType.RawType: var item } || item != typeof(float))
            throw new ModelFileException($"{settings.Path}: its column '{output.Name}' is {output.Type}, and neither a number nor a vector of numbers of single precision.");
        VBuffer<ReadOnlyMemory<char>> slots = default;
        if (output.HasSlotNames())
            output.GetSlotNames(ref slots);
        var names = slots.DenseValues().Select(name => name.ToString()).ToList();
        var place = settings.Class is null ? -1 : names.IndexOf(settings.Class);
        if (place < 0 && int.TryParse(settings.Class, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < size)
            place = number;
        return place >= 0
            ? place
            : throw new ModelFileException($"{settings.Path}: its column '{output.Name}' holds {size} classes{(names.Count > 0 ? ": " + string.Join(", ", names) : "")}. {(settings.Class is null ? "Say which is looked for, with Class." : $"'{settings.Class}' is none of them.")}");
    }

    /// <summary>Whether ML.NET says of the column that its numbers are what comes before calibration.</summary>
    private static bool IsRawScore(DataViewSchema.Column column)
    {
        const string ValueKind = "ScoreValueKind";
        if (column.Annotations.Schema.GetColumnOrNull(ValueKind) is not { Type: TextDataViewType })
            return false;
        ReadOnlyMemory<char> kind = default;
        column.Annotations.GetValue(ValueKind, ref kind);
        return kind.Span.SequenceEqual("Score");
    }

    /// <summary>Scores one text after the other, for one thread at a time.</summary>
    private sealed class Session : IDisposable
    {
        private readonly InputRow<ReadOnlyMemory<char>> _input;
        private readonly DataViewRow _output;
        private readonly Func<float> _read;

        public Session(IRowToRowMapper mapper, DataViewSchema.Column input, DataViewSchema.Column output, int? place)
        {
            _input = new InputRow<ReadOnlyMemory<char>>(mapper.InputSchema, mapper.InputSchema[input.Index]);
            _output = mapper.GetRow(_input, [mapper.OutputSchema[output.Index]]);
            var column = _output.Schema[output.Index];
            _read = place is { } at ? ReadVector(column, at) : ReadNumber(column);
        }

        public double Score(string text)
        {
            _input.Set(text.AsMemory());
            return _read();
        }

        public void Dispose() => _output.Dispose();

        private Func<float> ReadNumber(DataViewSchema.Column column)
        {
            var get = _output.GetGetter<float>(column);
            return () =>
            {
                var value = 0f;
                get(ref value);
                return value;
            };
        }

        private Func<float> ReadVector(DataViewSchema.Column column, int place)
        {
            var get = _output.GetGetter<VBuffer<float>>(column);
            VBuffer<float> values = default;
            return () =>
            {
                get(ref values);
                return values.GetItemOrDefault(place);
            };
        }
    }
}
