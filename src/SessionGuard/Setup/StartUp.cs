using SessionGuard.Organisations;
using SessionGuard.Security;
using SessionGuard.Storage;

namespace SessionGuard.Setup;

/// <summary>What must be true before the first request and the first pass: the schema, and the organisations from the configuration.</summary>
internal sealed class StartUp(
    DatabaseMigrator migrator, MasterKey key, OrganisationDirectory directory, IServiceScopeFactory scopes) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        key.Load();
        await migrator.PrepareAsync(cancellationToken);
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
