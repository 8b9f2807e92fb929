using Moderation.Annotation.Text;

namespace Moderation.Annotation.Attribution;

/// <summary>A zone while it is being found, in tokens.</summary>
internal readonly record struct ZoneDraft(ZoneKind Kind, TokenRange Range, TokenRange Speaker);
