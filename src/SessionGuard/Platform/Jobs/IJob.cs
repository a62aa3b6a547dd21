namespace SessionGuard.Platform.Jobs;

/// <summary>
/// One repeatable pass over due rows. A pass that dies half-way is run again without harm, and two passes at once never
/// take the same row. An exception ends this pass, not the job.
/// </summary>
/// <remarks>Made anew for each pass, in a scope that sees every organisation; its constructor takes any service.</remarks>
internal interface IJob
{
    /// <param name="cancellation">Cancelled when the service stops: the pass has a few seconds to end.</param>
    Task RunAsync(CancellationToken cancellation);
}
