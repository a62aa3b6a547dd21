using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Options;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Platform.Jobs;

/// <summary>
/// How a pass that asks Zoom goes through its rows: many schools at once, and of each a few. Zoom's limits are each account's and an answer takes
/// a quarter of a second, so no school waits for another's, and a large one does not run into "too many".
/// </summary>
internal sealed class SchoolsSideBySide(IOptions<JobsOptions> options)
{
    private const int OfEach = 4;

    /// <summary>
    /// Does <paramref name="work"/> for each item, a school's in the order they come in. One that fails keeps no other from its turn, and its
    /// failure is thrown when all are done; a database that is away ends it at once.
    /// </summary>
    public async Task ForEachAsync<T>(
        IEnumerable<T> items, Func<T, Guid> schoolOf, Func<T, CancellationToken, ValueTask> work, CancellationToken cancellation)
    {
        ExceptionDispatchInfo? failed = null;
        await Parallel.ForEachAsync(items.GroupBy(schoolOf), AtMost(options.Value.SchoolsAtOnce, cancellation), async (own, ending) =>
            await Parallel.ForEachAsync(own, AtMost(OfEach, ending), async (item, token) =>
            {
                try
                {
                    await work(item, token);
                }
                catch (Exception failure) when (!DatabaseFault.IsUnavailable(failure) && !token.IsCancellationRequested)
                {
                    failed = ExceptionDispatchInfo.Capture(failure);
                }
            }));
        failed?.Throw();
    }

    private static ParallelOptions AtMost(int count, CancellationToken cancellation) =>
        new() { MaxDegreeOfParallelism = count, CancellationToken = cancellation };
}
