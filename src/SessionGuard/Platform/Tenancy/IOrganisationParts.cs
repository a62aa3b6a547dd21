using SessionGuard.Platform.Storage;

namespace SessionGuard.Platform.Tenancy;

/// <summary>Reads what an area knows of every organisation, to be held in memory beside it.</summary>
internal interface IOrganisationParts
{
    /// <returns>By organisation; one that has no such part is left out.</returns>
    Task<IReadOnlyDictionary<Guid, object>> ReadAsync(SessionGuardDb db, CancellationToken cancellation);
}
