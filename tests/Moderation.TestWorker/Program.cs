using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Moderation.TestWorker;
using Moderation.Worker.Commands;
using Moderation.Worker.Hosting;

// Arguments are settings, KEY=VALUE with the full key.
var settings = args.Select(argument => argument.Split('=', 2)).ToDictionary(pair => pair[0], pair => (string?)pair[1]);
return await WorkerErrors.ReportAsync(async () =>
{
    var builder = WorkerHost.CreateBuilder(settings);
    builder.Services.AddMarkedProcessor();
    using var host = builder.Build();
    var exit = host.Services.GetRequiredService<ExitStatus>();
    await host.RunAsync();
    return exit.Code;
});
