namespace SessionGuard.Platform.Jobs;

/// <summary>A job that can say how many due rows wait for it.</summary>
internal interface IBacklog : IJob
{
    /// <summary>Counts the rows that the scope it was made in may see.</summary>
    Task<int> CountAsync(CancellationToken cancellation);
}
