using System.Buffers;
using Moderation.Annotation.Results;
using Moderation.Contracts.Results;

namespace Moderation.Worker.Benchmarks;

/// <summary>What the worker does for one article: annotate it and write the event. For one thread.</summary>
internal sealed class AnnotationLoad(IAnnotator annotator)
{
    private readonly ArrayBufferWriter<byte> _output = new(1 << 20);

    /// <returns>Length of the event, in bytes.</returns>
    public int Run(Article article)
    {
        _output.ResetWrittenCount();
        ResultWriter.WriteEvent(annotator.Annotate(article), _output);
        return _output.WrittenCount;
    }

    /// <summary>Runs over all articles again and again for at least that long.</summary>
    /// <returns>How many articles were run.</returns>
    public int RunFor(TimeSpan duration, IReadOnlyList<Article> articles)
    {
        var start = TimeProvider.System.GetTimestamp();
        var count = 0;
        do
        {
            Run(articles[count++ % articles.Count]);
        }
        while (TimeProvider.System.GetElapsedTime(start) < duration);
        return count;
    }
}
