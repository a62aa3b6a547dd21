using Microsoft.Extensions.Options;
using SessionGuard.Organisations;
using SessionGuard.Storage;

namespace SessionGuard.Setup;

/// <summary>What must be true before the first request and the first pass: the schema, and the organisations from the configuration.</summary>
internal sealed class StartUp(
    DatabaseMigrator migrator, OrganisationDirectory directory, IServiceScopeFactory scopes, IOptions<StorageOptions> storage) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (storage.Value.MigrateOnStart)
        {
            await migrator.MigrateAsync(cancellationToken);
        }

        await using (var scope = scopes.CreateServiceScope())
        {
            await scope.ServiceProvider.GetRequiredService<ConfiguredOrganisations>().ApplyAsync(cancellationToken);
        }

        await directory.RefreshAsync(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
