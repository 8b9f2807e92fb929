using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Moderation.Worker.Hosting;
using Moderation.Worker.Options;

namespace Moderation.Worker.Tests.Options;

public sealed class OptionsTests
{
    [Fact]
    public void Read_NoSettings_DefaultsAreValid()
    {
        var options = Read([]);

        Assert.Equal(TransportKind.File, options.Transport);
        Assert.Equal(TransportKind.RabbitMq, Read(new() { ["Transport"] = "rabbitmq" }).Transport);
    }

    [Fact]
    public void Read_SeveralErrors_AreAllNamedAtOnce()
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Read(new()
        {
            ["Transport"] = "RabbitMq",
            ["Processing:Concurrency"] = "-1",
            ["RabbitMq:MaxUnconfirmed"] = "0",
            ["RabbitMq:Uri"] = "http://wrong",
            ["Shutdown:Drain"] = "00:05:00",
        }));

        Assert.Contains("Processing.Concurrency", failure.Message, StringComparison.Ordinal);
        Assert.Contains("RabbitMq.MaxUnconfirmed", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Moderation:RabbitMq:Uri", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Moderation:Shutdown:Drain", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Shutdown:Drain", "00:00:30", "Shutdown:Timeout")]
    [InlineData("Shutdown:Timeout", "00:00:45", "Shutdown:Grace")]
    [InlineData("RabbitMq:Timeouts:BrokerAck", "00:00:45", "Shutdown:Grace")]
    [InlineData("RabbitMq:Hold", "00:29:55", "RabbitMq:Timeouts:BrokerAck")]
    [InlineData("RabbitMq:Timeouts:Publish", "00:05:00", "RabbitMq:Hold")]
    [InlineData("RabbitMq:Timeouts:Reconnect", "00:00:50", "MaxReconnect")]
    public void Read_BudgetsThatDoNotNest_NamesBoth(string key, string value, string other)
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Read(new() { ["Transport"] = "RabbitMq", [key] = value }));

        Assert.Contains(key, failure.Message, StringComparison.Ordinal);
        Assert.Contains(other, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoLimitsSet_AreTheContractsOwn() =>
        Assert.Equal(Moderation.Contracts.Messages.InputLimits.Default, Read([]).Limits.ToInputLimits());

    [Fact]
    public void Read_LimitsSet_AreThoseOfTheReader() =>
        Assert.Equal(
            new() { MaxMessageBytes = 2_048, MaxTextLength = 1_001, MaxJsonDepth = 9, MaxHtmlNesting = 17, MaxIdLength = 18 },
            Read(new() { ["Limits:MaxMessageBytes"] = "2048", ["Limits:MaxTextLength"] = "1001", ["Limits:MaxJsonDepth"] = "9", ["Limits:MaxHtmlNesting"] = "17", ["Limits:MaxIdLength"] = "18" }).Limits.ToInputLimits());

    [Fact]
    public void Read_BrokerBudgets_DoNotBindTheFileQueue() =>
        Assert.Equal(TransportKind.File, Read(new() { ["RabbitMq:Hold"] = "23:00:00" }).Transport);

    [Fact]
    public void Read_AddressWithPasswordThatIsWrong_DoesNotQuoteIt()
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Read(new() { ["Transport"] = "RabbitMq", ["RabbitMq:Uri"] = "amp://u:secret@host" }));

        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RabbitMq:CaFile", "/nowhere/ca.pem", "'/nowhere/ca.pem', which does not exist")]
    [InlineData("RabbitMq:CaFile", "/nowhere/ca.pem", "is not amqps://")]
    [InlineData("RabbitMq:Uri", "amqp://host/a/b", "%2F")]
    [InlineData("Telemetry:OtlpEndpoint", "collector:4318", "http://collector:4318")]
    [InlineData("Telemetry:OtlpEndpoint", "/v1", "http://collector:4318")]
    public void Read_AddressOrFileThatCannotWork_SaysWhatWould(string key, string value, string expected)
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Read(new() { ["Transport"] = "RabbitMq", [key] = value }));

        Assert.Contains(key, failure.Message, StringComparison.Ordinal);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OutletProfiles_AreFoundWhateverTheCase() =>
        Assert.Equal("recall", Read(new() { ["OutletProfiles:Daily News"] = "recall" }).OutletProfiles["daily news"]);

    [Fact]
    public void Read_ProfilesThatCannotBe_NamesEachSetting()
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Read(new() { ["Profile"] = "/nowhere/own.json", ["OutletProfiles:daily"] = "/nowhere/daily.json", ["OutletProfiles:weekly"] = " " }));

        Assert.Contains("Moderation:Profile names the profile file '/nowhere/own.json', which does not exist", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Moderation:OutletProfiles:daily names the profile file '/nowhere/daily.json', which does not exist", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Moderation:OutletProfiles:weekly is empty", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TelemetryTimeoutWouldCutIntoTheDrain_NamesBoth()
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Read(new() { ["Telemetry:OtlpEndpoint"] = "http://collector:4318", ["Telemetry:Timeout"] = "00:00:10" }));

        Assert.Contains("Telemetry:Timeout", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Shutdown:Timeout", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_PasswordAndPasswordFile_AreNotBothTaken()
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Read(new() { ["Transport"] = "RabbitMq", ["RabbitMq:Password"] = "a", ["RabbitMq:PasswordFile"] = "/nowhere/file" }));

        Assert.Contains("both set", failure.Message, StringComparison.Ordinal);
        Assert.Contains("'/nowhere/file', which does not exist", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_UnknownSetting_IsAnErrorThatNamesIt()
    {
        var failure = Assert.Throws<InvalidOperationException>(() => Read(new() { ["Processing:Concurency"] = "4" }));

        Assert.Contains("Concurency", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void JitteredDelayBefore_ManyTimes_StaysBetweenHalfAndAllOfTheDelayAndVaries()
    {
        var processing = new ProcessingOptions();

        var delays = Enumerable.Range(0, 200).Select(_ => processing.JitteredDelayBefore(2)).ToArray();

        Assert.All(delays, delay => Assert.InRange(delay, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8)));
        Assert.True(delays.Distinct().Count() > 100);
    }

    private static ModerationOptions Read(Dictionary<string, string?> settings)
    {
        using var host = WorkerHost.CreateBuilder(settings.ToDictionary(setting => $"Moderation:{setting.Key}", setting => setting.Value)).Build();
        return host.Services.GetRequiredService<IOptions<ModerationOptions>>().Value;
    }
}
