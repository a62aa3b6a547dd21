namespace SessionGuard.Platform.Storage.Rows;

/// <summary>A row that two passes may change at once. The second save fails and is done again on what the first one left.</summary>
internal interface IVersioned
{
    /// <summary>Raised by every save that changes the row.</summary>
    long Version { get; set; }
}
