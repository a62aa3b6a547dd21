namespace SessionGuard.Platform.Storage.Rows;

/// <summary>A row that a pass takes for a while; which column says so stands in its <see cref="LeasedRows{T}"/>.</summary>
internal interface ILeased
{
    Guid Id { get; }
}
