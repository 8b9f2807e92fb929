using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using Moderation.Annotation;
using Moderation.Annotation.Detection;
using Moderation.Annotation.Learning;
using Moderation.Annotation.Results;
using Moderation.MLNet.Scoring;
using Moderation.MLNet.Training;
using Moderation.Training;

namespace Moderation.MLNet.Models;

/// <summary>
/// A model whose first pass is ML.NET's, in one file: the zip that ML.NET itself writes and reads, with two entries of the project's own beside
/// ML.NET's. One says which column tells what; the other is a model file of the built-in kind with all the other stages, word lists and
/// thresholds.
/// </summary>
public static class MLNetModelFile
{
    private const int Version = 1;

    private const string ManifestEntry = "Moderation/sentences.json", StagesEntry = "Moderation/stages.model";

    /// <summary>Zip entries need a time. A fixed one, so that the same model gives the same bytes.</summary>
    private static readonly DateTimeOffset EntryTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Whether the bytes begin as a zip does.</summary>
    public static bool IsZip(ReadOnlySpan<byte> file) => file.StartsWith("PK\x03\x04"u8);

    /// <param name="trained">What a training with <see cref="MLNetLearner"/> gave.</param>
    public static byte[] ToBytes(TrainedModel trained)
    {
        var model = ((TrainedFirstPass)trained.FirstPass).ToModel();
        using var written = new MemoryStream();
        new MLContext().Model.Save(model.Transformer, FirstPassModel.InputSchema, written);
        var detection = trained.File.Detection;
        var stages = trained.File with { Detection = detection with { Sentences = WeightTable.FromRows(detection.Sentences.Rows, detection.Sentences.Columns, [], []) } };

        using var file = new MemoryStream();
        using (var from = new ZipArchive(written, ZipArchiveMode.Read))
        using (var to = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in from.Entries)
            {
                using var content = entry.Open();
                Add(to, entry.FullName, content.CopyTo);
            }

            Add(to, ManifestEntry, stream => JsonSerializer.Serialize(stream, new Manifest(Version, SparseFeatures.Slots, model.Columns)));
            Add(to, StagesEntry, stream => stream.Write(stages.ToBytes()));
        }

        return file.ToArray();
    }

    /// <summary>Writes the model into a file of its own and moves it into place.</summary>
    public static void Save(TrainedModel trained, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var temporary = path + ".tmp";
        File.WriteAllBytes(temporary, ToBytes(trained));
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Makes an engine from such a file's bytes. Its results name the file's hash.</summary>
    /// <param name="name">The file's name, for messages.</param>
    /// <param name="profile">Name of one of the model's profiles.</param>
    /// <exception cref="ModelFileException">The bytes are not a whole model file of this kind, or it has no such profile.</exception>
    public static Annotator Load(byte[] file, string name, string profile = Profile.Default, bool allVoices = false)
    {
        var (model, stages) = Read(file, name);
        return Annotator.Of(stages, new MLNetSentenceScorer(model), Convert.ToHexStringLower(SHA256.HashData(file)), name, profile, allVoices);
    }

    internal static (FirstPassModel Model, ModelFile Stages) Read(byte[] file, string name)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(file), ZipArchiveMode.Read);
            if (zip.GetEntry(ManifestEntry) is not { } manifestEntry || zip.GetEntry(StagesEntry) is not { } stagesEntry)
                throw new ModelFileException($"{name} is a zip, but holds no stages of this project's ({StagesEntry}). Build such a model with 'moderation train --engine mlnet'; a text classifier of your own is a setting under Moderation:Scorers, and not the model.");
            var manifest = ReadManifest(manifestEntry, name);
            var stages = ModelFile.FromBytes(ReadAll(stagesEntry), $"{name}, {StagesEntry}");
            var transformer = new MLContext().Model.Load(new MemoryStream(file), out var schema);
            if (schema.GetColumnOrNull(SparseFeatures.Column) is not { Type: VectorDataViewType { Size: SparseFeatures.Slots, ItemType: NumberDataViewType } })
                throw new ModelFileException($"{name} does not take {SparseFeatures.Slots} features in a column '{SparseFeatures.Column}'. Train it anew with this program, or use the program that made it.");
            var model = new FirstPassModel(transformer, manifest.Columns);
            model.OpenSession().Dispose();
            return (model, stages);
        }
        catch (Exception exception) when (exception is not ModelFileException)
        {
            throw new ModelFileException($"{name} cannot be read as an ML.NET model: {exception.Message} Copy it again from its source, or train it anew.", exception);
        }
    }

    private static Manifest ReadManifest(ZipArchiveEntry entry, string name)
    {
        using var stream = entry.Open();
        var manifest = JsonSerializer.Deserialize<Manifest>(stream);
        if (manifest is not { Version: Version, Slots: SparseFeatures.Slots })
            throw new ModelFileException($"{name} has version {manifest?.Version} and {manifest?.Slots} features; this program reads version {Version} with {SparseFeatures.Slots}. Train it anew with this program, or use the program that made it.");
        var targets = manifest.Columns.Select(column => column.Target).Distinct().ToList();
        if (!targets.SequenceEqual(Enum.GetNames<SentenceTarget>()))
            throw new ModelFileException($"{name} tells {string.Join(", ", targets)}, where {string.Join(", ", Enum.GetNames<SentenceTarget>())} are needed. Train it anew with this program.");
        return manifest;
    }

    private static byte[] ReadAll(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static void Add(ZipArchive zip, string name, Action<Stream> write)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.SmallestSize);
        entry.LastWriteTime = EntryTime;
        using var stream = entry.Open();
        write(stream);
    }

    private sealed record Manifest(int Version, int Slots, IReadOnlyList<ScoreColumn> Columns);
}
