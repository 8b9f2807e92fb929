using System.Buffers.Binary;
using System.Security.Cryptography;
using Moderation.Annotation.Detection;
using Moderation.Annotation.Detection.Lexicons;
using Moderation.Annotation.Learning;
using Moderation.Annotation.Results;
using Moderation.Tests;

namespace Moderation.Annotation.Tests.Detection;

/// <summary>The model file: what was written is read, and what is not a whole model of this program's is refused by name.</summary>
public sealed class ModelFileTests
{
    private const string Name = "folder/some.model";

    private const int HeaderLength = 40;

    private static readonly byte[] Bytes = File.ReadAllBytes(RepositoryFiles.DefaultModel);

    /// <summary>A whole model, but of a few weights, which packs in no time.</summary>
    private static readonly ModelFile Small = MakeSmall();

    [Fact]
    public void FromBytes_ModelThatWasWritten_IsTheSameModel()
    {
        var written = Small.ToBytes();
        var read = ModelFile.FromBytes(written, Name);

        Assert.Equal((Small.Name, Small.Version), (read.Name, read.Version));
        Assert.Equal(Small.Profiles, read.Profiles);
        Assert.Equal(Small.WordLists.Entries, read.WordLists.Entries);
        Assert.Equal(Small.Detection.SentenceBiases, read.Detection.SentenceBiases);
        Assert.Equal(Small.Detection.Chains[1].Transitions.ToArray(), read.Detection.Chains[1].Transitions.ToArray());
        Assert.Equal(Small.Detection.Spans.Isolated[1].Model.Weights.ToArray(), read.Detection.Spans.Isolated[1].Model.Weights.ToArray());
        Assert.Equal(Small.Detection.Spans.Isolated[1].Calibration, read.Detection.Spans.Isolated[1].Calibration);
        Assert.Equal(written, read.ToBytes());
    }

    [Fact]
    public void FromBytes_WeightTable_IsKeptToHalfAStepOfItsColumn()
    {
        var read = ModelFile.FromBytes(Small.ToBytes(), Name).Detection.Tagger;

        float[] written = [.. Enumerable.Range(0, read.Rows).SelectMany(row => Small.Detection.Tagger[row].ToArray())];
        float[] kept = [.. Enumerable.Range(0, read.Rows).SelectMany(row => read[row].ToArray())];
        var step = written.Max(Math.Abs) / 127;
        for (var i = 0; i < written.Length; i++)
            Assert.InRange(kept[i] - written[i], -step / 2 - 1e-6f, step / 2 + 1e-6f);
    }

    [Fact]
    public void FromBytes_Truncated_IsRefused()
    {
        foreach (var length in (int[])[0, 1, 4, 8, HeaderLength - 1, HeaderLength, HeaderLength + 1, Bytes.Length / 2, Bytes.Length - 1])
            Refused(Bytes[..length]);
    }

    [Fact]
    public void FromBytes_BytesAppended_IsRefused() => Refused([.. Bytes, 0]);

    [Fact]
    public void FromBytes_OneBitFlipped_IsRefused()
    {
        var random = new Random(1);
        var places = Enumerable.Range(0, HeaderLength).Concat(Enumerable.Range(0, 60).Select(_ => random.Next(HeaderLength, Bytes.Length)));
        foreach (var place in places)
        {
            var damaged = (byte[])Bytes.Clone();
            damaged[place] ^= (byte)(1 << random.Next(8));
            Refused(damaged);
        }
    }

    [Fact]
    public void FromBytes_OtherVersion_NamesBothVersions()
    {
        var other = (byte[])Bytes.Clone();
        BinaryPrimitives.WriteInt32LittleEndian(other.AsSpan(4), 77);

        var message = Refused(other);

        Assert.Contains("77", message, StringComparison.Ordinal);
        Assert.Contains(ModelStream.FormatVersion.ToString(System.Globalization.CultureInfo.InvariantCulture), message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("MODM")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n")]
    [InlineData("PK\u0003\u0004 an archive of some kind that is long enough for a header")]
    public void FromBytes_NotAModel_SaysSo(string content) => Assert.Contains("not a model file", Refused(System.Text.Encoding.UTF8.GetBytes(content)), StringComparison.Ordinal);

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 255, 255, 255, 255, 255, 255, 255, 255 })]
    [InlineData(new byte[] { 1, 65, 1, 65, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255 })]
    [InlineData(new byte[] { 1, 65, 1, 65, 0, 0, 0, 0, 0, 0, 0, 0, 0, 64, 255, 255, 255, 127 })]
    public void FromBytes_GoodChecksumOverNonsense_IsRefused(byte[] content) => Refused(ModelStream.Write(writer => writer.Write(content)));

    [Fact]
    public void FromBytes_HalfAModelWithGoodChecksum_IsRefused()
    {
        // Prefixes of a real model, so that every part of the reader meets its end.
        var good = Unpacked(Small.ToBytes());
        for (var length = 0; length < good.Length; length += 401)
            Refused(ModelStream.Write(writer => writer.Write(good.AsSpan(0, length))));
    }

    [Fact]
    public void FromBytes_TrainedWithOtherFeatures_IsRefused()
    {
        static CalibratedModel Shortened(CalibratedModel m) => m with { Model = new DenseModel([.. m.Model.Names.Skip(1)], m.Model.Weights[1..].ToArray(), m.Model.Bias) };
        var spans = new ByLength<CalibratedModel[]>([.. Small.Detection.Spans.Article.Select(Shortened)], Small.Detection.Spans.Isolated);
        var other = Small with { Detection = Small.Detection with { Spans = spans } };

        Assert.Contains($"its span models were trained with {SpanFeatures.Count - 1} features", Refused(other.ToBytes()), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_UnknownProfile_NamesTheProfilesThereAre()
    {
        var message = Assert.Throws<ModelFileException>(() => Annotator.Load(Bytes, Name, "nonsense")).Message;

        Assert.Contains(Name, message, StringComparison.Ordinal);
        Assert.Contains("nonsense", message, StringComparison.Ordinal);
        Assert.Contains(Profile.Default, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_DefaultModel_DescribesItself()
    {
        var engine = DefaultEngine.Annotator.Engine;

        Assert.Equal(Profile.Default, engine.Profile);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Bytes)), engine.Model.Sha256);
        Assert.NotEqual(engine.Fingerprint, DefaultEngine.With("recall").Engine.Fingerprint);
        Assert.InRange(engine.Thresholds["suggest"], 0, engine.Thresholds["confirm"]);
    }

    [Fact]
    public void ToBytes_ExactTable_KeepsEveryWeightAsItIs()
    {
        var table = new WeightTable(16, 6, [.. Enumerable.Range(0, 96).Select(i => i % 12 < 6 ? 0 : 1f / (i + 1) - 1e-7f)]) { IsExact = true };

        var once = ModelFile.FromBytes((Small with { Detection = Small.Detection with { Sentences = table } }).ToBytes(), Name);
        var twice = ModelFile.FromBytes(once.ToBytes(), Name);

        for (var row = 0; row < table.Rows; row++)
            Assert.Equal(table[row].ToArray(), twice.Detection.Sentences[row].ToArray());
        Assert.False(twice.Detection.Tagger.IsExact);
    }

    [Fact]
    public void ToBytes_TableWithoutWeights_HasNoneAgain()
    {
        var file = Small with { Detection = Small.Detection with { Sentences = WeightTable.FromRows(16, 6, [], []) } };

        Assert.False(ModelFile.FromBytes(file.ToBytes(), Name).Detection.Sentences.HasWeights);
        Assert.True(ModelFile.FromBytes(Small.ToBytes(), Name).Detection.Sentences.HasWeights);
    }

    private static string Refused(byte[] file)
    {
        var message = Assert.Throws<ModelFileException>(() => ModelFile.FromBytes(file, Name)).Message;
        Assert.Contains(Name, message, StringComparison.Ordinal);
        return message;
    }

    private static byte[] Unpacked(byte[] file)
    {
        using var brotli = new System.IO.Compression.BrotliStream(new MemoryStream(file, HeaderLength, file.Length - HeaderLength), System.IO.Compression.CompressionMode.Decompress);
        using var raw = new MemoryStream();
        brotli.CopyTo(raw);
        return raw.ToArray();
    }

    private static ModelFile MakeSmall()
    {
        var random = new Random(1);
        float Weight() => (float)(random.NextDouble() * 2 - 1);
        float[] Weights(int count) => [.. Enumerable.Range(0, count).Select(_ => Weight())];
        CalibratedModel[] Models(int count, string[] names) => [.. Enumerable.Range(0, count).Select(_ => new CalibratedModel(new DenseModel(names, Weights(names.Length), Weight()), new Calibration(1 + Weight() / 2, Weight())))];
        ByLength<CalibratedModel[]> Both(int count, string[] names) => new(Models(count, names), Models(count, names));
        var detection = new DetectionModel
        {
            Sentences = new WeightTable(16, 6, Weights(16 * 6)),
            SentenceBiases = Weights(6),
            ClaimCalibration = new Calibration(1, 0.5f),
            Tagger = new WeightTable(32, 4, Weights(32 * 4)),
            Chains = [new ChainModel(Weights(ChainModel.TransitionCount)), new ChainModel(Weights(ChainModel.TransitionCount))],
            Context = Both(SentenceReading.Targets, SentenceContext.Names),
            Articles = Both(5, ArticleFeatures.Names),
            Spans = Both(2, SpanFeatures.Names),
            SpanLabels = new WeightTable(8, Labels.Count, Weights(8 * Labels.Count)),
            SpanLabelBiases = Weights(Labels.Count),
        };
        var lists = new WordListText(["slam\temotive-wording\t2\tcriticise\t-"], ["term\tclass"], ["word\ttags"], ["word\tsame"], ["base\tforms"], "term\tlabel\tstrength\tneutral\tliteral");
        return new ModelFile("small", "1", lists, detection, [new Profile(Profile.Default, 0.4, 0.7)]);
    }
}
