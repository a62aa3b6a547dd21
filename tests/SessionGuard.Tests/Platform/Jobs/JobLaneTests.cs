using SessionGuard.Platform.Jobs;

namespace SessionGuard.Tests.Platform.Jobs;

public sealed class JobLaneTests : IDisposable
{
    private static readonly JobPass Done = new(default, default, null);
    private readonly Lock _lock = new();
    private readonly List<TaskCompletionSource<JobPass>> _passes = [];
    private readonly SemaphoreSlim _begun = new(0);

    [Fact]
    public async Task Asking_while_a_pass_is_under_way_gives_one_more_pass_however_often_it_is_asked()
    {
        var lane = new JobLane(PassAsync);
        var first = lane.Ask();
        await BegunAsync();

        var again = Enumerable.Range(0, 1000).Select(_ => lane.Ask()).Distinct().ToList();
        Finish(0);
        await first;
        await BegunAsync();
        Finish(1);

        await Assert.Single(again);
        Assert.Equal(2, _passes.Count);
    }

    [Fact]
    public async Task A_pass_that_was_asked_for_begins_after_the_asking()
    {
        var lane = new JobLane(PassAsync);
        var first = lane.Ask();
        await BegunAsync();

        var second = lane.Ask();
        Assert.NotSame(first, second);
        Assert.Single(_passes);

        Finish(0);
        await BegunAsync();
        Finish(1);
        await second;
    }

    [Fact]
    public async Task Two_passes_are_never_under_way_at_once()
    {
        int running = 0, most = 0;
        var lane = new JobLane(async () =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            await Task.Yield();
            Interlocked.Decrement(ref running);
            return Done;
        });

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 200; i++)
            {
                await lane.Ask();
            }
        })));

        Assert.Equal(1, most);
    }

    [Fact]
    public async Task Draining_waits_for_the_pass_under_way_and_the_one_behind_it()
    {
        var lane = new JobLane(PassAsync);
        _ = lane.Ask();
        await BegunAsync();
        _ = lane.Ask();

        var drained = lane.DrainAsync();
        Finish(0);
        await BegunAsync();
        Assert.False(drained.IsCompleted);
        Finish(1);
        await drained.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public Task Draining_a_lane_nobody_used_ends_at_once() => new JobLane(PassAsync).DrainAsync();

    public void Dispose() => _begun.Dispose();

    private Task<JobPass> PassAsync()
    {
        var pass = new TaskCompletionSource<JobPass>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _passes.Add(pass);
        }

        _begun.Release();
        return pass.Task;
    }

    private void Finish(int pass)
    {
        lock (_lock)
        {
            _passes[pass].SetResult(Done);
        }
    }

    private async Task BegunAsync() => Assert.True(await _begun.WaitAsync(TimeSpan.FromSeconds(10)));
}
