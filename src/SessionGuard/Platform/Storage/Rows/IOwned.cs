namespace SessionGuard.Platform.Storage.Rows;

/// <summary>A row that belongs to one organisation. Every query sees only the rows of the <see cref="OrganisationScope"/>.</summary>
internal interface IOwned
{
    Guid OrganisationId { get; }
}
