using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Moderation.Worker.Health;
using Moderation.Worker.Hosting;
using Moderation.Worker.Pipeline;

namespace Moderation.Worker.Models;

/// <summary>
/// Reads the model file again on SIGHUP, as systemd's reload sends it. A file that cannot be used leaves the model in use in place, and the
/// worker degraded until one can.
/// </summary>
internal sealed partial class ModelReload(ReloadableAnnotator annotator, HealthState health, WorkerMetrics metrics, ILogger<ModelReload> logger) : IHostedService, IDisposable
{
    private const string HealthPart = "model";

    private readonly Lock reloading = new();
    private PosixSignalRegistration? signal;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var model = annotator.Engine.Model;
        LogLoaded(model.Name, model.Version, model.Sha256);
        WarnOfProfiles();
        // At a terminal the signal means that the terminal was closed, and ends the worker as it ends any program; on Windows there is no other meaning.
        if (!OperatingSystem.IsWindows() && Console.IsInputRedirected)
        {
            signal = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
            {
                context.Cancel = true;
                Reload();
            });
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        signal?.Dispose();
        signal = null;
    }

    private void Reload()
    {
        // Signals come on any thread, and two may come at once: the later file must win.
        lock (reloading)
        {
            var before = annotator.Engine.Model;
            try
            {
                annotator.Reload();
            }
            catch (Exception e)
            {
                metrics.Reloaded(taken: false);
                LogRefused(before.Name, before.Version, before.Sha256, e.Message);
                health.Report(HealthPart, HealthLevel.Degraded, $"the model file was refused, the one before stays in use: {e.Message}");
                return;
            }

            metrics.Reloaded(taken: true);
            var model = annotator.Engine.Model;
            LogReloaded(model.Name, model.Version, model.Sha256, before.Sha256);
            WarnOfProfiles();
            health.Report(HealthPart, HealthLevel.Ready);
        }
    }

    private void WarnOfProfiles()
    {
        foreach (var profile in annotator.StrangeProfiles)
        {
            LogStrange(profile);
        }
    }

    [LoggerMessage(EventIds.ProfileOfAnotherModel, LogLevel.Warning, "The profile {File} was calibrated with another model than the one in use: what it promises may not hold. Run moderation calibrate again.")]
    private partial void LogStrange(string file);

    [LoggerMessage(EventIds.ModelLoaded, LogLevel.Information, "Model {Name} {Version} with SHA-256 {Sha256} is in use.")]
    private partial void LogLoaded(string name, string version, string sha256);

    [LoggerMessage(EventIds.ModelReloaded, LogLevel.Information, "Model {Name} {Version} with SHA-256 {Sha256} is in use from now on, instead of {Before}.")]
    private partial void LogReloaded(string name, string version, string sha256, string before);

    [LoggerMessage(EventIds.ModelRefused, LogLevel.Error, "Model {Name} {Version} with SHA-256 {Sha256} stays in use, for the file cannot be: {Reason}")]
    private partial void LogRefused(string name, string version, string sha256, string reason);
}
