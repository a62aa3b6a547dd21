using SessionGuard.Platform.Keys;
using SessionGuard.Platform.Security;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;

namespace SessionGuard.School.Organisations;

/// <summary>What must be true before the first request and the first pass: the schema, the right key, and the organisations from the configuration.</summary>
internal sealed class StartUp(
    DatabaseMigrator migrator, MasterKey key, KeyRing ring, OrganisationDirectory directory, IServiceScopeFactory scopes) : IHostedLifecycleService
{
    private const int Attempts = 3;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        key.Load();
        await migrator.PrepareAsync(cancellationToken);
        await ring.ProveAsync(cancellationToken);
        await ApplyConfigurationAsync(cancellationToken);
        await directory.RefreshAsync(cancellationToken);
    }

    /// <summary>Nodes that start together on a new database would each make the organisation: all but one then find it made.</summary>
    private async Task ApplyConfigurationAsync(CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var scope = scopes.CreateServiceScope();
                await scope.ServiceProvider.GetRequiredService<ConfiguredOrganisations>().ApplyAsync(cancellation);
                return;
            }
            catch (Exception conflict) when (DatabaseFault.IsConflict(conflict) && attempt < Attempts)
            {
                // Read afresh, there is nothing left to make.
            }
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
