using System.Reflection;
using Microsoft.Extensions.Options;
using SessionGuard.Platform.Hosting;

namespace SessionGuard.Platform.Jobs;

/// <summary>This process, as the other ones and people know it.</summary>
internal sealed class ThisNode(IOptions<JobsOptions> jobs, IOptions<WebhookOptions> webhooks, TimeProvider clock)
{
    private const int ShortRevision = 7;

    private readonly DateTimeOffset _startedAt = clock.Now();

    public Guid Id { get; } = Guid.CreateVersion7(clock.Now());

    /// <summary>Several processes may share a machine; a number alone says nothing to people.</summary>
    public static string Name { get; } = $"{Environment.MachineName} ({Environment.ProcessId})";

    /// <summary>With the revision it was built from, which two builds of one version differ in.</summary>
    public static string Version { get; } = ReadVersion();

    public Node Row() => new()
    {
        Id = Id,
        Name = Name,
        Version = Version,
        TakesDeliveries = webhooks.Value.Enabled,
        RunsJobs = jobs.Value.Enabled,
        StartedAt = _startedAt,
    };

    private static string ReadVersion()
    {
        var assembly = typeof(ThisNode).Assembly;
        var told = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        return told.Split('+') is [var version, { Length: > ShortRevision } revision] ? $"{version}+{revision[..ShortRevision]}" : told;
    }
}
