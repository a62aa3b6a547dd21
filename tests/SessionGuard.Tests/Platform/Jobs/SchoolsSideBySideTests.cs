using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using SessionGuard.Platform.Jobs;

namespace SessionGuard.Tests.Platform.Jobs;

public sealed class SchoolsSideBySideTests
{
    private static readonly Guid Alder = Guid.CreateVersion7();
    private static readonly Guid Birch = Guid.CreateVersion7();
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_school_that_gets_no_answers_keeps_no_other_waiting()
    {
        var (answer, others) = (new TaskCompletionSource(), new CountdownEvent(10));
        var rows = Of(Alder, 100).Concat(Of(Birch, 10));

        var pass = Make(schools: 2).ForEachAsync(rows, r => r.School, async (row, _) =>
        {
            if (row.School == Birch)
            {
                others.Signal();
                return;
            }

            await answer.Task;
        }, CancellationToken.None);

        Assert.True(await Task.Run(() => others.Wait(Patience)));
        Assert.False(pass.IsCompleted);
        answer.SetResult();
        await pass.WaitAsync(Patience);
    }

    [Fact]
    public async Task No_more_than_four_of_a_school_and_no_more_schools_than_asked_for_are_under_way()
    {
        var under = new ConcurrentDictionary<Guid, int>();
        var (ofOne, schools, waiting) = (0, 0, 0);
        var seen = new Lock();
        var together = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var rows = Enumerable.Range(0, 6).SelectMany(_ => Of(Guid.CreateVersion7(), 12)).ToList();

        await Make(schools: 3).ForEachAsync(rows, r => r.School, async (row, _) =>
        {
            Task all;
            lock (seen)
            {
                all = together.Task;
                ofOne = Math.Max(ofOne, under.AddOrUpdate(row.School, 1, (_, n) => n + 1));
                schools = Math.Max(schools, under.Count(u => u.Value > 0));
                if (++waiting == 3 * 4)
                {
                    together.SetResult();
                    (waiting, together) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
                }
            }

            await all;
            lock (seen)
            {
                under[row.School]--;
            }
        }, CancellationToken.None).WaitAsync(Patience);

        Assert.Equal(4, ofOne);
        Assert.InRange(schools, 2, 3);
    }

    [Fact]
    public async Task One_that_fails_keeps_no_other_from_its_turn_and_is_told_at_the_end()
    {
        var done = new ConcurrentBag<int>();

        var failure = await Assert.ThrowsAsync<FormatException>(() => Make(schools: 1).ForEachAsync(Of(Alder, 20).Concat(Of(Birch, 20)), r => r.School, (row, _) =>
        {
            if (row is { Number: 3 } && row.School == Alder)
            {
                throw new FormatException("third");
            }

            done.Add(row.Number);
            return ValueTask.CompletedTask;
        }, CancellationToken.None));

        Assert.Equal("third", failure.Message);
        Assert.Equal(39, done.Count);
    }

    [Fact]
    public async Task A_stop_ends_it()
    {
        using var stop = new CancellationTokenSource();
        var begun = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Make(schools: 1).ForEachAsync(Of(Alder, 100), r => r.School, async (_, token) =>
        {
            if (Interlocked.Increment(ref begun) == 4)
            {
                await stop.CancelAsync();
            }

            await new TaskCompletionSource().Task.WaitAsync(token);
        }, stop.Token).WaitAsync(Patience));

        Assert.InRange(begun, 4, 8);
    }

    private static SchoolsSideBySide Make(int schools) => new(Options.Create(new JobsOptions { SchoolsAtOnce = schools }));

    private static IEnumerable<(Guid School, int Number)> Of(Guid school, int count) => Enumerable.Range(0, count).Select(n => (school, n));
}
