using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Platform.Jobs;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.School.Staff;
using SessionGuard.Tests.Testing;
using SessionGuard.Tests.Zoom.Webhooks;
using SessionGuard.Zoom.Webhooks.Inbox;

namespace SessionGuard.Tests.Platform.Jobs;

public sealed class NodesTests
{
    [Theory, OnEachEngine]
    internal async Task A_node_is_alive_while_it_gives_signs_and_gone_when_it_is_stopped(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        var register = app.Services.GetRequiredService<NodeRegister>();
        await register.SignAsync(CancellationToken.None);
        var started = Assert.Single(await NodesAsync(app));
        Assert.Equal((true, true, true, false), (started.IsAlive, started.IsThis, started.Node.TakesDeliveries, started.Node.RunsJobs));
        Assert.Equal((ThisNode.Name, App.Noon, App.Noon), (started.Node.Name, started.Node.StartedAt, started.Node.SeenAt));
        Assert.Matches(@"^\d+\.\d+\.\d+", started.Node.Version);

        app.Clock.Advance(TimeSpan.FromSeconds(45));
        Assert.True(Assert.Single(await NodesAsync(app)).IsAlive);
        app.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.False(Assert.Single(await NodesAsync(app)).IsAlive);
        await register.SignAsync(CancellationToken.None);
        Assert.True(Assert.Single(await NodesAsync(app)).IsAlive);

        await register.LeaveAsync(CancellationToken.None);
        Assert.Empty(await NodesAsync(app));
    }

    [Theory, OnEachEngine]
    internal async Task A_node_that_died_is_forgotten_after_a_day(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        var died = Dead(App.Noon);
        await app.WriteAsync(db => db.Add(died));
        var register = app.Services.GetRequiredService<NodeRegister>();

        app.Clock.Advance(TimeSpan.FromDays(1));
        await register.SignAsync(CancellationToken.None);
        Assert.Equal([true, false], (await NodesAsync(app)).Select(n => n.IsAlive));

        app.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await register.SignAsync(CancellationToken.None);
        Assert.True(Assert.Single(await NodesAsync(app)).IsThis);
    }

    [Fact]
    public async Task A_node_tells_what_it_was_set_up_for_and_which_passes_are_under_way()
    {
        var (begun, end) = (new TaskCompletionSource(), new TaskCompletionSource());
        var script = new JobScript
        {
            Pass = (_, _) =>
            {
                begun.SetResult();
                return end.Task;
            },
        };
        await using var app = await App.StartAsync(
            StorageEngine.Sqlite, new() { ["Webhooks:Enabled"] = "false" }, services => services.AddSingleton(script));
        var pass = app.Services.GetRequiredService<JobRunner>().RunAsync<ScriptedJob>(CancellationToken.None);
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(10));
        app.Clock.Advance(TimeSpan.FromSeconds(15));
        var register = app.Services.GetRequiredService<NodeRegister>();
        await register.SignAsync(CancellationToken.None);

        var node = Assert.Single(await NodesAsync(app)).Node;
        Assert.Equal((false, false), (node.TakesDeliveries, node.RunsJobs));
        Assert.Equal([new PassUnderWay("Scripted", App.Noon)], node.Passes);

        end.SetResult();
        await pass;
        await register.SignAsync(CancellationToken.None);
        Assert.Empty(Assert.Single(await NodesAsync(app)).Node.Passes);
    }

    [Theory, OnEachEngine]
    internal async Task What_a_pass_has_in_hand_is_counted_until_its_lease_ends(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        await app.DeliverAsync(Deliveries.Joined(1));
        Assert.Equal((1, 0, null), await InboxAsync(app));

        await app.Services.GetRequiredService<InboxClaims>().TakeAsync(CancellationToken.None);
        Assert.Equal((1, 1, App.Noon.AddMinutes(1)), await InboxAsync(app));

        app.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((1, 0, null), await InboxAsync(app));
    }

    [Fact]
    public async Task The_page_shows_the_nodes_and_since_when_one_was_not_heard_from()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        await app.WriteAsync(db => db.Add(Dead(App.Noon.AddHours(-2))));
        await app.Services.GetRequiredService<NodeRegister>().SignAsync(CancellationToken.None);
        using var robin = new Browser(app);
        await robin.SignInAsync();

        var page = (await robin.GetAsync("/jobs")).Body;

        Assert.Contains($"{ThisNode.Name}, which shows you this", page, StringComparison.Ordinal);
        Assert.Contains("elsewhere (4711)", page, StringComparison.Ordinal);
        Assert.Contains("Not heard from since Tue 24 Nov, 10:00", page, StringComparison.Ordinal);
        Assert.Contains("Runs jobs; takes nothing from Zoom", page, StringComparison.Ordinal);
    }

    private static Node Dead(DateTimeOffset seenAt) => new()
    {
        Id = Guid.CreateVersion7(App.Noon.AddDays(-1)),
        Name = "elsewhere (4711)",
        Version = "0.0.9",
        TakesDeliveries = false,
        RunsJobs = true,
        StartedAt = App.Noon.AddDays(-1),
        SeenAt = seenAt,
    };

    private static async Task<IReadOnlyList<NodeOverview>> NodesAsync(App app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<NodesOverview>().ReadAsync(CancellationToken.None);
    }

    private static async Task<(int? Backlog, int? Held, DateTimeOffset? HeldUntil)> InboxAsync(App app)
    {
        await using var scope = app.Services.GetRequiredService<IServiceScopeFactory>().CreateServiceScope();
        var jobs = await scope.ServiceProvider.GetRequiredService<JobsOverview>().ReadAsync([], CancellationToken.None);
        return jobs.Single(j => j.Name == "ProcessInbox") switch { var inbox => (inbox.Backlog, inbox.Held, inbox.HeldUntil) };
    }
}
