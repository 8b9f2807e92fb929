using BenchmarkDotNet.Attributes;
using Moderation.Annotation.Detection;
using Moderation.Tests;

namespace Moderation.Benchmarks;

/// <summary>What a start spends on the model: reading the file, and building its word lists.</summary>
[MemoryDiagnoser]
public class ModelBenchmarks
{
    private readonly byte[] _bytes = File.ReadAllBytes(RepositoryFiles.DefaultModel);
    private ModelFile _file = null!;

    [GlobalSetup]
    public void Read() => _file = ModelFile.FromBytes(_bytes, RepositoryFiles.DefaultModel);

    [Benchmark]
    public object ReadFile() => ModelFile.FromBytes(_bytes, RepositoryFiles.DefaultModel);

    [Benchmark]
    public object BuildWordLists() => _file.WordLists.Build();
}
