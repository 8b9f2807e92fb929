using System.Globalization;
using System.Text.Json;

namespace Moderation.Contracts.Messages;

/// <summary>
/// The fields of one JSON object in a message. A missing or null field is null; the first field of the wrong type is kept in
/// <see cref="Problem"/>, shared by the whole message, and reads as null.
/// </summary>
internal readonly struct MessageFields
{
    private readonly JsonElement _object;
    private readonly string _path;
    private readonly Problem _problem;

    public MessageFields(JsonElement element, Problem problem, string path = "")
    {
        (_object, _problem, _path) = (element, problem, path);
    }

    /// <summary>The first field that was not of the contract's type.</summary>
    public sealed class Problem
    {
        public InvalidMessage? First { get; private set; }

        public void WrongType(string path, string wanted, JsonValueKind found) => First ??= new(
            InvalidMessageCodes.WrongType,
            $"The field \"{path}\" is {Name(found)} and should be {wanted}: mend the producer.");

        private static string Name(JsonValueKind kind) => kind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "an array",
            JsonValueKind.String => "a string",
            JsonValueKind.Number => "a number",
            JsonValueKind.True or JsonValueKind.False => "a boolean",
            _ => "nothing",
        };
    }

    /// <summary>The object itself.</summary>
    public JsonElement Element => _object;

    /// <summary>Another object of the same message, under the field <paramref name="name"/> of this one.</summary>
    public MessageFields Nested(JsonElement element, string name) => new(element, _problem, $"{_path}{name}.");

    public bool Has(string name) => Find(name) is not null;

    /// <summary>The field's kind; Undefined where it is missing or null.</summary>
    public JsonValueKind KindOf(string name) => Find(name)?.ValueKind ?? JsonValueKind.Undefined;

    /// <summary>The first of these fields that is there, as a string.</summary>
    public string? Text(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Find(name) is not { } value)
                continue;
            if (value.ValueKind == JsonValueKind.String)
                return JsonText.Read(value);
            _problem.WrongType(_path + name, "a string", value.ValueKind);
        }

        return null;
    }

    /// <summary>As <see cref="Text"/>, and null also for a blank string: for fields that describe, where blank means unknown.</summary>
    public string? Label(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Text(name) is { } text && !string.IsNullOrWhiteSpace(text))
                return text;
        }

        return null;
    }

    /// <summary>A version: a string, or a whole number as it is written.</summary>
    public string? Version(string name) =>
        Find(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var value)
            ? value.ToString(CultureInfo.InvariantCulture)
            : Label(name);

    /// <summary>A moment; null where the string is no date that can be read, for that is no reason to lose an article.</summary>
    public DateTimeOffset? Moment(params ReadOnlySpan<string> names) =>
        Label(names) is { } text
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out var moment)
            ? moment
            : null;

    /// <summary>A nested object.</summary>
    public MessageFields? Object(string name)
    {
        if (Find(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Object)
            return new MessageFields(value, _problem, $"{_path}{name}.");
        _problem.WrongType(_path + name, "an object", value.ValueKind);
        return null;
    }

    /// <summary>The objects of an array; empty where the field is missing.</summary>
    public IEnumerable<MessageFields> Objects(string name)
    {
        if (Find(name) is not { } value)
            yield break;
        if (value.ValueKind != JsonValueKind.Array)
        {
            _problem.WrongType(_path + name, "an array of objects", value.ValueKind);
            yield break;
        }

        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.Object)
                yield return new MessageFields(item, _problem, $"{_path}{name}[{index}].");
            else
                _problem.WrongType($"{_path}{name}[{index}]", "an object", item.ValueKind);
            index++;
        }
    }

    /// <summary>The raw value, null where the field is missing or null.</summary>
    public JsonElement? Find(string name) =>
        _object.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>The names of the object's fields.</summary>
    public IEnumerable<string> Names() => _object.EnumerateObject().Select(static property => property.Name);
}
