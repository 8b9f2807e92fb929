namespace Moderation.Annotation.Detection;

/// <summary>The first pass over an article, whatever computes it: the built-in <see cref="SentenceScorer"/>, or the models of another library.</summary>
public interface ISentenceScorer
{
    /// <summary>Scores every sentence that is not page furniture on its own, in order. Any number of threads may call it at once.</summary>
    List<SentenceReading> Read(Analysis analysis);
}
