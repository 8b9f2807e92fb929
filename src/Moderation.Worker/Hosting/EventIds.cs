namespace Moderation.Worker.Hosting;

/// <summary>The ids of everything the worker logs, so that an operator can look one up and filter on it.</summary>
internal static class EventIds
{
    public const int WorkerStarted = 100;
    public const int WorkerStopped = 101;
    public const int WorkerFailed = 102;
    public const int WorkerCrashed = 103;
    public const int HealthChanged = 110;
    public const int HealthFileFailed = 111;
    public const int HealthEndpointFailed = 112;
    public const int ModelLoaded = 120;
    public const int ModelReloaded = 121;
    public const int ModelRefused = 122;
    public const int ProfileOfAnotherModel = 123;
    public const int TelemetryStarted = 130;
    public const int TelemetryLeft = 131;

    public const int AnnotationTimedOut = 200;
    public const int AnnotationFailed = 201;

    public const int FileQueueReady = 300;
    public const int FileDone = 301;
    public const int FileDead = 302;
    public const int FileRetry = 303;
    public const int FileClaimsTaken = 304;
    public const int FileStorageFailed = 305;
    public const int FileDrained = 306;
    public const int FileWatchFailed = 307;

    public const int Connecting = 400;
    public const int Connected = 401;
    public const int ConnectFailed = 402;
    public const int ConnectionLost = 403;
    public const int ConnectionBlocked = 404;
    public const int ConnectionUnblocked = 405;
    public const int TopologyVerified = 410;
    public const int Consuming = 420;
    public const int ConsumerLost = 421;
    public const int ConsumerPaused = 422;
    public const int AckTimeout = 423;
    public const int SubscribeFailed = 424;
    public const int PublishFailed = 430;
    public const int PublishUnroutable = 431;
    public const int BreakerOpened = 432;
    public const int BreakerClosed = 433;
    public const int ArticleDead = 440;
    public const int ArticleRetry = 441;
    public const int ArticleIsolated = 442;
    public const int ArticleReturned = 443;
    public const int SettleFailed = 444;
    public const int ArticlePostponed = 445;
    public const int Draining = 450;
    public const int Drained = 451;
}
