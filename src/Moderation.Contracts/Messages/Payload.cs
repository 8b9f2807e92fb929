using System.Text.Json;

namespace Moderation.Contracts.Messages;

/// <summary>Tells the payload's format by its shape, and has that format's reader read it.</summary>
internal static class Payload
{
    /// <param name="root">The JSON value that should be an article.</param>
    /// <param name="subject">The envelope's subject: the article's id where the payload gives none.</param>
    /// <param name="limits">What the message may weigh.</param>
    public static ArticleReadResult Read(JsonElement root, string? subject, InputLimits limits)
    {
        var problem = new MessageFields.Problem();
        if (JsonLdArticle.IsJsonLd(root))
        {
            if (JsonLdArticle.Find(root, problem) is { } node)
                return Finish(JsonLdArticle.Read(node, limits));
            return ArticleReadResult.Refused(
                InvalidMessageCodes.NotAnArticle, "The JSON-LD holds no article: send a schema.org NewsArticle, or another kind of Article, with articleBody.");
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            return ArticleReadResult.Refused(
                InvalidMessageCodes.WrongType, "The body is JSON but not an object: send one article as one JSON object.");
        }

        var fields = new MessageFields(root, problem);
        return Finish(
            ArcStory.Recognises(fields) ? ArcStory.Read(fields, limits)
            : NinjsItem.Recognises(fields) ? NinjsItem.Read(fields, limits)
            : PlainArticle.Read(fields, limits));

        ArticleReadResult Finish(ArticleDraft draft)
        {
            if (problem.First is { } invalid)
                return invalid;
            draft.Id ??= subject;
            return draft.ToArticle(limits);
        }
    }
}
