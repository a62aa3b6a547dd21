namespace SessionGuard.Jobs;

/// <summary>
/// One repeatable pass over due rows. A pass that dies half-way is run again without harm, and two passes at once never
/// take the same row. An exception ends this pass, not the job.
/// </summary>
internal interface IJob
{
    Task RunAsync(CancellationToken cancellation);
}
