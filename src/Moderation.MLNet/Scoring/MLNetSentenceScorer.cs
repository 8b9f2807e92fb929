using System.Runtime.InteropServices;
using Moderation.Annotation.Detection;

namespace Moderation.MLNet.Scoring;

/// <summary>The first pass computed by ML.NET: all sentences of an article by one session, any number of articles at once.</summary>
internal sealed class MLNetSentenceScorer(FirstPassModel model) : ISentenceScorer
{
    private readonly SessionPool<FirstPassSession> _sessions = new(model.OpenSession);

    public List<SentenceReading> Read(Analysis analysis)
    {
        var session = _sessions.Rent();
        var sentences = analysis.Document.Sentences;
        var readings = new List<SentenceReading>(sentences.Length);
        var sink = new RowSink(SparseFeatures.Slots, session.Features);
        for (var s = 0; s < sentences.Length; s++)
        {
            if (!analysis.IsAssessed(sentences[s]))
                continue;
            session.Features.Clear();
            SentenceFeatures.Read(analysis, sentences[s], ref sink);
            readings.Add(new SentenceReading { Index = s, Logits = session.Score(CollectionsMarshal.AsSpan(session.Features)) });
        }

        _sessions.Return(session);
        return readings;
    }
}
