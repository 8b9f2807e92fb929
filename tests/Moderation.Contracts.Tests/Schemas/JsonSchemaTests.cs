namespace Moderation.Contracts.Tests.Schemas;

/// <summary>The validator itself: it must reject, or the schema tests prove nothing.</summary>
public sealed class JsonSchemaTests
{
    [Theory]
    [InlineData("""{"type":"string"}""", "\"a\"", "1")]
    [InlineData("""{"type":["string","null"]}""", "null", "[]")]
    [InlineData("""{"type":"integer"}""", "3.0", "3.5")]
    [InlineData("""{"const":"a"}""", "\"a\"", "\"b\"")]
    [InlineData("""{"enum":["a",1]}""", "1", "2")]
    [InlineData("""{"minimum":0,"maximum":1}""", "0.5", "1.1")]
    [InlineData("""{"minimum":0}""", "0", "-0.1")]
    [InlineData("""{"minLength":1}""", "\"a\"", "\"\"")]
    [InlineData("""{"maxLength":1}""", "\"\\ud83d\\ude00\"", "\"ab\"")]
    [InlineData("""{"pattern":"^a+$"}""", "\"aa\"", "\"ab\"")]
    [InlineData("""{"required":["a"]}""", """{"a":null}""", "{}")]
    [InlineData("""{"properties":{"a":{"type":"string"}}}""", """{"a":"x","b":1}""", """{"a":1}""")]
    [InlineData("""{"properties":{"a":true},"additionalProperties":false}""", """{"a":1}""", """{"b":1}""")]
    [InlineData("""{"additionalProperties":{"type":"number"}}""", """{"b":1}""", """{"b":"1"}""")]
    [InlineData("""{"properties":{"a":false}}""", "{}", """{"a":1}""")]
    [InlineData("""{"items":{"type":"number"}}""", "[1,2]", "[1,\"2\"]")]
    [InlineData("""{"minItems":1,"maxItems":2}""", "[1]", "[]")]
    [InlineData("""{"maxItems":2}""", "[1,2]", "[1,2,3]")]
    [InlineData("""{"prefixItems":[{"const":1},{"const":2}]}""", "[1,2]", "[2,1]")]
    [InlineData("""{"anyOf":[{"const":1},{"const":2}]}""", "2", "3")]
    [InlineData("""{"$ref":"#/$defs/n","$defs":{"n":{"type":"number"}}}""", "1", "\"1\"")]
    [InlineData("""{"if":{"required":["k"]},"then":{"required":["v"]},"else":{"properties":{"v":false}}}""", """{"k":1,"v":1}""", """{"k":1}""")]
    [InlineData("""{"if":{"required":["k"]},"then":{"required":["v"]},"else":{"properties":{"v":false}}}""", "{}", """{"v":1}""")]
    public void Errors_OfAKeyword_AcceptsAndRejects(string schema, string good, string bad)
    {
        Assert.Empty(new JsonSchema(schema).Errors(good));
        Assert.NotEmpty(new JsonSchema(schema).Errors(bad));
    }

    [Fact]
    public void Errors_OfAnUnknownKeyword_Throws() =>
        Assert.Throws<NotSupportedException>(() => new JsonSchema("""{"uniqueItems":true}""").Errors("[]"));

    [Fact]
    public void Errors_InANestedValue_NamesThePlace() =>
        Assert.StartsWith("$.a[1].b:", Assert.Single(new JsonSchema("""{"properties":{"a":{"items":{"properties":{"b":{"type":"string"}}}}}}""").Errors("""{"a":[{},{"b":1}]}""")), StringComparison.Ordinal);
}
