using Moderation.Annotation;
using Moderation.Annotation.Detection;

namespace Moderation.Training;

/// <summary>What a training gives: the model as a file holds it, and its first pass, which another library's file may hold.</summary>
public sealed record TrainedModel(ModelFile File, ISentenceScorer FirstPass)
{
    /// <summary>Processor time that the first pass took to learn, of all threads together.</summary>
    public TimeSpan FirstPassTime { get; init; }

    /// <summary>Whether the model file holds the first pass too, so that the built-in engine needs nothing else.</summary>
    public bool IsWhole => File.Detection.Sentences.HasWeights;

    /// <summary>An engine that annotates as one loaded from the files will.</summary>
    public Annotator ToAnnotator(ModelFile file)
    {
        var bytes = file.ToBytes();
        return IsWhole ? Annotator.Load(bytes, file.Name) : Annotator.Of(ModelFile.FromBytes(bytes, file.Name), FirstPass, "", file.Name);
    }
}
