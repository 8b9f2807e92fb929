using System.Buffers;
using BenchmarkDotNet.Attributes;
using Moderation.Annotation;
using Moderation.Annotation.Attribution;
using Moderation.Annotation.Detection;
using Moderation.Annotation.Results;
using Moderation.Annotation.Text;
using Moderation.Contracts.Results;
using Moderation.Tests;
using Moderation.Training.Corpus;

namespace Moderation.Benchmarks;

/// <summary>The stages that an article passes through, each by itself, over articles of the corpus. Times are for all of them together.</summary>
[MemoryDiagnoser]
public class StageBenchmarks
{
    private const int Articles = 100;

    private readonly ArrayBufferWriter<byte> _output = new(1 << 20);
    private Article[] _articles = [];
    private Document[] _documents = [];
    private Discourse[] _discourses = [];
    private Analysis[] _analyses = [];
    private AnnotatedArticle[] _results = [];
    private WordLists _lists = null!;
    private SentenceScorer _sentences = null!;
    private SpanTagger _tagger = null!;
    private Annotator _annotator = null!;

    [GlobalSetup]
    public void Read()
    {
        var bytes = File.ReadAllBytes(RepositoryFiles.DefaultModel);
        var file = ModelFile.FromBytes(bytes, RepositoryFiles.DefaultModel);
        _lists = file.WordLists.Build();
        _sentences = new SentenceScorer(file.Detection.Sentences, file.Detection.SentenceBiases);
        _tagger = new SpanTagger(file.Detection.Tagger, file.Detection.Chains);
        _annotator = Annotator.Load(bytes, RepositoryFiles.DefaultModel);
        _articles = [.. CorpusReader.ReadFolder(RepositoryFiles.Articles).Take(Articles).Select(article => article.Article with { Hints = [] })];
        _documents = Array.ConvertAll(_articles, Document.Read);
        _discourses = Array.ConvertAll(_documents, document => Discourse.Analyse(document, _lists.Attribution));
        _analyses = [.. _documents.Zip(_discourses, (document, discourse) => Analysis.Of(document, discourse, _lists))];
        _results = Array.ConvertAll(_articles, article => _annotator.Annotate(article));
    }

    [Benchmark]
    public void ReadDocuments()
    {
        foreach (var article in _articles)
            Document.Read(article);
    }

    [Benchmark]
    public void AnalyseDiscourses()
    {
        foreach (var document in _documents)
            Discourse.Analyse(document, _lists.Attribution).Dispose();
    }

    [Benchmark]
    public void AnalyseWords()
    {
        for (var i = 0; i < _documents.Length; i++)
            Analysis.Of(_documents[i], _discourses[i], _lists).Dispose();
    }

    [Benchmark]
    public void ScoreSentences()
    {
        foreach (var analysis in _analyses)
            _sentences.Read(analysis);
    }

    [Benchmark]
    public void ScoreAndTagSentences()
    {
        foreach (var analysis in _analyses)
            _tagger.Tag(analysis, _sentences.Read(analysis));
    }

    [Benchmark(Baseline = true)]
    public void Annotate()
    {
        foreach (var article in _articles)
            _annotator.Annotate(article);
    }

    [Benchmark]
    public void WriteEvents()
    {
        foreach (var result in _results)
        {
            _output.ResetWrittenCount();
            ResultWriter.WriteEvent(result, _output);
        }
    }
}
