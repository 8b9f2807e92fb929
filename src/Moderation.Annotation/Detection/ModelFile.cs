using Moderation.Annotation.Detection.Lexicons;
using Moderation.Annotation.Learning;
using Moderation.Annotation.Results;

namespace Moderation.Annotation.Detection;

/// <summary>A model as it lies in a file: what was learned, the word lists it was learned with, and the thresholds that validation gave.</summary>
public sealed record ModelFile(string Name, string Version, WordListText WordLists, DetectionModel Detection, IReadOnlyList<Profile> Profiles)
{
    /// <summary>Models of <see cref="DetectionModel.Articles"/>.</summary>
    private const int ArticleScoreCount = 5;

    public byte[] ToBytes() => ModelStream.Write(writer =>
    {
        writer.Write(Name);
        writer.Write(Version);
        foreach (var lines in new[] { WordLists.Entries, WordLists.Classes, WordLists.PartsOfSpeech, WordLists.Equivalents, WordLists.Irregular })
            writer.Write(string.Join('\n', lines));
        writer.Write(WordLists.Attribution);
        ModelStream.WriteTable(writer, Detection.Sentences);
        Write(writer, Detection.SentenceBiases);
        Write(writer, Detection.ClaimCalibration);
        ModelStream.WriteTable(writer, Detection.Tagger);
        foreach (var chain in Detection.Chains)
            Write(writer, chain.Transitions);
        foreach (var models in new[] { Detection.Context, Detection.Articles, Detection.Spans })
        {
            Write(writer, models.Article);
            Write(writer, models.Isolated);
        }

        ModelStream.WriteTable(writer, Detection.SpanLabels);
        Write(writer, Detection.SpanLabelBiases);
        writer.Write(Profiles.Count);
        foreach (var profile in Profiles)
        {
            writer.Write(profile.Name);
            writer.Write(profile.Suggest);
            writer.Write(profile.Confirm);
        }
    });

    /// <param name="name">The file's name, for messages.</param>
    /// <exception cref="ModelFileException">The bytes are not a whole model file of this version.</exception>
    public static ModelFile FromBytes(byte[] file, string name) => ModelStream.Read(file, name, reader => new ModelFile(
        reader.ReadString(),
        reader.ReadString(),
        new WordListText(ReadLines(reader), ReadLines(reader), ReadLines(reader), ReadLines(reader), ReadLines(reader), reader.ReadString()),
        new DetectionModel
        {
            Sentences = ModelStream.ReadTable(reader),
            SentenceBiases = ReadFloats(reader),
            ClaimCalibration = ReadCalibration(reader),
            Tagger = ModelStream.ReadTable(reader),
            Chains = [new ChainModel(ReadFloats(reader)), new ChainModel(ReadFloats(reader))],
            Context = new ByLength<CalibratedModel[]>(ReadModels(reader), ReadModels(reader)),
            Articles = new ByLength<CalibratedModel[]>(ReadModels(reader), ReadModels(reader)),
            Spans = new ByLength<CalibratedModel[]>(ReadModels(reader), ReadModels(reader)),
            SpanLabels = ModelStream.ReadTable(reader),
            SpanLabelBiases = ReadFloats(reader),
        },
        [.. Enumerable.Range(0, reader.ReadInt32()).Select(_ => new Profile(reader.ReadString(), reader.ReadDouble(), reader.ReadDouble()))]).CheckFeatures());

    /// <summary>A model weighs the features of the program that trained it: under others its weights would mean nothing.</summary>
    private ModelFile CheckFeatures()
    {
        Check("sentence", Detection.Context, SentenceContext.Names, SentenceReading.Targets);
        Check("article", Detection.Articles, ArticleFeatures.Names, ArticleScoreCount);
        Check("span", Detection.Spans, SpanFeatures.Names, Enum.GetValues<SpanLayer>().Length);
        return this;

        static void Check(string kind, ByLength<CalibratedModel[]> models, string[] names, int count)
        {
            foreach (var model in models.Article.Concat(models.Isolated))
            {
                if (!model.Model.Names.SequenceEqual(names))
                    throw new InvalidDataException($"its {kind} models were trained with {model.Model.Names.Count} features, and not with this program's {names.Length}.");
            }

            if (models.Article.Length != count || models.Isolated.Length != count)
                throw new InvalidDataException($"it has {models.Article.Length} and {models.Isolated.Length} {kind} models, and not {count} of each kind.");
        }
    }

    private static string[] ReadLines(BinaryReader reader) => reader.ReadString() is { Length: > 0 } text ? text.Split('\n') : [];

    private static void Write(BinaryWriter writer, ReadOnlySpan<float> values)
    {
        writer.Write(values.Length);
        foreach (var value in values)
            writer.Write(value);
    }

    private static float[] ReadFloats(BinaryReader reader)
    {
        var values = new float[reader.ReadInt32()];
        for (var i = 0; i < values.Length; i++)
            values[i] = reader.ReadSingle();
        return values;
    }

    private static void Write(BinaryWriter writer, Calibration calibration)
    {
        writer.Write(calibration.Slope);
        writer.Write(calibration.Offset);
    }

    private static Calibration ReadCalibration(BinaryReader reader) => new(reader.ReadSingle(), reader.ReadSingle());

    private static void Write(BinaryWriter writer, CalibratedModel[] models)
    {
        writer.Write(models.Length);
        foreach (var model in models)
        {
            writer.Write(model.Model.Names.Count);
            foreach (var name in model.Model.Names)
                writer.Write(name);
            Write(writer, model.Model.Weights);
            writer.Write(model.Model.Bias);
            Write(writer, model.Calibration);
        }
    }

    private static CalibratedModel[] ReadModels(BinaryReader reader)
    {
        var models = new CalibratedModel[reader.ReadInt32()];
        for (var i = 0; i < models.Length; i++)
        {
            var names = new string[reader.ReadInt32()];
            for (var n = 0; n < names.Length; n++)
                names[n] = reader.ReadString();
            models[i] = new CalibratedModel(new DenseModel(names, ReadFloats(reader), reader.ReadSingle()), ReadCalibration(reader));
        }

        return models;
    }
}
