using Microsoft.ML;
using Microsoft.ML.Data;
using Moderation.Annotation.Detection;
using Moderation.Annotation.Learning;
using Moderation.MLNet.Training;

namespace Moderation.MLNet.Scoring;

/// <summary>A column of scores that the model puts out, and what a score adds to the logit of its target: slope × score + offset.</summary>
/// <param name="Target">What it tells: a <see cref="SentenceTarget"/> by name.</param>
internal sealed record ScoreColumn(string Target, string Column, double Slope, double Offset)
{
    public double Logit(float score) => Slope * score + Offset;
}

/// <summary>The sentence models as one ML.NET transformer: features in, columns of scores for every target out.</summary>
/// <param name="Columns">One or several a target, those of a target together.</param>
internal sealed record FirstPassModel(ITransformer Transformer, IReadOnlyList<ScoreColumn> Columns)
{
    /// <summary>What the model tells, in order.</summary>
    public IReadOnlyList<string> Targets { get; } = [.. Columns.Select(column => column.Target).Distinct()];

    public static DataViewSchema InputSchema { get; } = CreateInputSchema();

    /// <summary>The predictors one after the other, each score copied to a column of its own before the next overwrites it.</summary>
    /// <param name="predictors">By <see cref="SentenceTarget"/>, the predictors whose logits are averaged.</param>
    public static FirstPassModel Of(IReadOnlyList<SentencePredictor[]> predictors)
    {
        var context = new MLContext(seed: 1);
        var empty = EmptyInput(context);
        var steps = new List<ITransformer>();
        var columns = new List<ScoreColumn>();
        foreach (var (target, views) in predictors.Index())
        {
            var name = ((SentenceTarget)target).ToString();
            foreach (var (view, predictor) in views.Index())
            {
                var column = new ScoreColumn(name, $"{name}Score{view + 1}", predictor.Slope / views.Length, predictor.Offset / views.Length);
                steps.Add(predictor.Transformer);
                steps.Add(context.Transforms.CopyColumns(column.Column, SentencePredictor.ScoreColumnName).Fit(predictor.Transformer.Transform(empty)));
                columns.Add(column);
            }
        }

        return new FirstPassModel(new TransformerChain<ITransformer>([.. steps]), columns);
    }

    public FirstPassSession OpenSession() => new(this);

    private static IDataView EmptyInput(MLContext context)
    {
        var schema = SchemaDefinition.Create(typeof(Input));
        schema[SparseFeatures.Column].ColumnType = SparseFeatures.Type;
        return context.Data.LoadFromEnumerable(Array.Empty<Input>(), schema);
    }

    private static DataViewSchema CreateInputSchema()
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn(SparseFeatures.Column, SparseFeatures.Type);
        return builder.ToSchema();
    }

    private sealed class Input
    {
        public VBuffer<float> Features { get; set; }
    }
}

/// <summary>Scores sentences one after the other, for one thread at a time.</summary>
internal sealed class FirstPassSession : IDisposable
{
    private readonly InputRow<VBuffer<float>> _input;
    private readonly DataViewRow _output;
    private readonly (ValueGetter<float> Get, ScoreColumn Column, int Target)[] _scores;
    private readonly int _targets;
    private VBuffer<float> _vector;

    public FirstPassSession(FirstPassModel model)
    {
        var mapper = model.Transformer.GetRowToRowMapper(FirstPassModel.InputSchema);
        var columns = model.Columns.Select(column => mapper.OutputSchema[column.Column]).ToArray();
        _input = new InputRow<VBuffer<float>>(mapper.InputSchema, mapper.InputSchema[SparseFeatures.Column]);
        _output = mapper.GetRow(_input, columns);
        _targets = model.Targets.Count;
        string[] targets = [.. model.Targets];
        _scores = [.. columns.Select((column, i) => (_output.GetGetter<float>(_output.Schema[column.Index]), model.Columns[i], Array.IndexOf(targets, model.Columns[i].Target)))];
    }

    /// <summary>Room for the features of a sentence.</summary>
    public List<Feature> Features { get; } = [];

    /// <summary>The logits of the sentence whose features are given, by the model's targets.</summary>
    /// <param name="features">Are left sorted.</param>
    public double[] Score(Span<Feature> features)
    {
        SparseFeatures.Read(features, [], ref _vector);
        _input.Set(_vector);
        var logits = new double[_targets];
        foreach (var (get, column, target) in _scores)
        {
            var score = 0f;
            get(ref score);
            logits[target] += column.Logit(score);
        }

        return logits;
    }

    public void Dispose() => _output.Dispose();
}
