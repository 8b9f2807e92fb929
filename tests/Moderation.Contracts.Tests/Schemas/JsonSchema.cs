using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Moderation.Contracts.Tests.Schemas;

/// <summary>
/// The part of JSON Schema 2020-12 that the project's schemas use. A keyword that it does not know is an error, so that no schema can
/// claim more than is checked.
/// </summary>
internal sealed class JsonSchema
{
    private static readonly HashSet<string> Annotations = ["$schema", "$id", "$defs", "title", "description", "examples"];

    private readonly JsonElement _root;
    private readonly Dictionary<string, JsonSchema> _others;

    public JsonSchema(string json, params JsonSchema[] others)
    {
        _root = JsonDocument.Parse(json).RootElement;
        _others = others.ToDictionary(static schema => schema.Id);
    }

    public string Id => _root.GetProperty("$id").GetString()!;

    /// <summary>A schema from <c>deploy/schemas</c>.</summary>
    public static JsonSchema Load(string name, params JsonSchema[] others) =>
        new(File.ReadAllText(Path.Combine(Folder(), name)), others);

    public static string Folder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "deploy", "schemas");
            if (Directory.Exists(candidate))
                return candidate;
        }

        throw new DirectoryNotFoundException("deploy/schemas is not above the tests");
    }

    /// <summary>What is wrong with a value, each with its place; empty for a valid one.</summary>
    public IReadOnlyList<string> Errors(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Errors(document.RootElement);
    }

    public IReadOnlyList<string> Errors(JsonElement value)
    {
        var errors = new List<string>();
        Check(_root, value, "$", errors);
        return errors;
    }

    private void Check(JsonElement schema, JsonElement value, string at, List<string> errors)
    {
        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            if (schema.ValueKind == JsonValueKind.False)
                errors.Add($"{at}: not allowed");
            return;
        }

        foreach (var keyword in schema.EnumerateObject())
            Check(keyword.Name, keyword.Value, schema, value, at, errors);
    }

    private void Check(string keyword, JsonElement rule, JsonElement schema, JsonElement value, string at, List<string> errors)
    {
        switch (keyword)
        {
            case "$ref":
                var reference = rule.GetString()!;
                if (_others.TryGetValue(reference, out var other))
                    other.Check(other._root, value, at, errors);
                else
                    Check(Definition(reference), value, at, errors);
                break;
            case "type":
                var types = rule.ValueKind == JsonValueKind.Array ? rule.EnumerateArray().ToArray() : [rule];
                if (!types.Any(type => IsOfType(value, type.GetString()!)))
                    errors.Add($"{at}: is {value.ValueKind}, not {rule}");
                break;
            case "const":
                if (!JsonElement.DeepEquals(rule, value))
                    errors.Add($"{at}: is not {rule}");
                break;
            case "enum":
                if (!rule.EnumerateArray().Any(allowed => JsonElement.DeepEquals(allowed, value)))
                    errors.Add($"{at}: {value} is none of {rule}");
                break;
            case "anyOf":
                if (!rule.EnumerateArray().Any(branch => IsValid(branch, value)))
                    errors.Add($"{at}: fits no branch of anyOf");
                break;
            case "if":
                if (schema.TryGetProperty(IsValid(rule, value) ? "then" : "else", out var chosen))
                    Check(chosen, value, at, errors);
                break;
            case "then" or "else":
                break;
            case "minimum" when value.ValueKind == JsonValueKind.Number && value.GetDouble() < rule.GetDouble():
                errors.Add($"{at}: {value} is under {rule}");
                break;
            case "maximum" when value.ValueKind == JsonValueKind.Number && value.GetDouble() > rule.GetDouble():
                errors.Add($"{at}: {value} is over {rule}");
                break;
            // JSON Schema counts a string's length in code points.
            case "minLength" when value.ValueKind == JsonValueKind.String && value.GetString()!.EnumerateRunes().Count() < rule.GetInt32():
                errors.Add($"{at}: shorter than {rule}");
                break;
            case "maxLength" when value.ValueKind == JsonValueKind.String && value.GetString()!.EnumerateRunes().Count() > rule.GetInt32():
                errors.Add($"{at}: longer than {rule}");
                break;
            case "pattern" when value.ValueKind == JsonValueKind.String && !Regex.IsMatch(value.GetString()!, rule.GetString()!, RegexOptions.NonBacktracking):
                errors.Add($"{at}: does not match {rule}");
                break;
            case "minItems" when value.ValueKind == JsonValueKind.Array && value.GetArrayLength() < rule.GetInt32():
                errors.Add($"{at}: has fewer than {rule} items");
                break;
            case "maxItems" when value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > rule.GetInt32():
                errors.Add($"{at}: has more than {rule} items");
                break;
            case "items" when value.ValueKind == JsonValueKind.Array:
                foreach (var (index, item) in value.EnumerateArray().Index())
                    Check(rule, item, string.Create(CultureInfo.InvariantCulture, $"{at}[{index}]"), errors);
                break;
            case "prefixItems" when value.ValueKind == JsonValueKind.Array:
                foreach (var (index, (item, itemRule)) in value.EnumerateArray().Zip(rule.EnumerateArray()).Index())
                    Check(itemRule, item, string.Create(CultureInfo.InvariantCulture, $"{at}[{index}]"), errors);
                break;
            case "required" when value.ValueKind == JsonValueKind.Object:
                foreach (var name in rule.EnumerateArray().Select(static name => name.GetString()!).Where(name => !value.TryGetProperty(name, out _)))
                    errors.Add($"{at}: lacks {name}");
                break;
            case "properties" when value.ValueKind == JsonValueKind.Object:
                foreach (var property in rule.EnumerateObject())
                {
                    if (value.TryGetProperty(property.Name, out var found))
                        Check(property.Value, found, $"{at}.{property.Name}", errors);
                }

                break;
            case "additionalProperties" when value.ValueKind == JsonValueKind.Object:
                foreach (var property in value.EnumerateObject())
                {
                    if (!schema.TryGetProperty("properties", out var known) || !known.TryGetProperty(property.Name, out _))
                        Check(rule, property.Value, $"{at}.{property.Name}", errors);
                }

                break;
            case "minimum" or "maximum" or "minLength" or "maxLength" or "pattern" or "minItems" or "maxItems" or "items" or "prefixItems"
                or "required" or "properties" or "additionalProperties":
                break;
            default:
                if (!Annotations.Contains(keyword))
                    throw new NotSupportedException($"the schema uses {keyword}, which is not checked");
                break;
        }
    }

    private bool IsValid(JsonElement schema, JsonElement value)
    {
        var errors = new List<string>();
        Check(schema, value, "", errors);
        return errors.Count == 0;
    }

    private JsonElement Definition(string reference)
    {
        if (!reference.StartsWith("#/", StringComparison.Ordinal))
            throw new NotSupportedException($"the schema refers to {reference}, which was not given");
        return reference[2..].Split('/').Aggregate(_root, static (element, name) => element.GetProperty(name));
    }

    private static bool IsOfType(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.GetDouble() % 1 == 0,
        _ => throw new NotSupportedException($"the type {type}"),
    };
}
