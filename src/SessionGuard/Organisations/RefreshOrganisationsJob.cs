using SessionGuard.Jobs;

namespace SessionGuard.Organisations;

/// <summary>Reads the organisations again: another node may have changed one.</summary>
internal sealed class RefreshOrganisationsJob(OrganisationDirectory directory) : IJob
{
    public Task RunAsync(CancellationToken cancellation) => directory.RefreshAsync(cancellation);
}
