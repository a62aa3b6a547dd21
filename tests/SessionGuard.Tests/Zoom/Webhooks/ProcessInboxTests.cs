using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Storage.Rows;
using SessionGuard.Tests.Testing;
using SessionGuard.Zoom.Webhooks.Inbox;
using SessionGuard.Zoom.Webhooks.Processing;

namespace SessionGuard.Tests.Zoom.Webhooks;

public sealed class ProcessInboxTests
{
    [Theory, OnEachEngine]
    internal async Task Each_delivery_is_applied_once_in_the_order_of_its_time(StorageEngine engine)
    {
        var handler = new CountingHandler();
        await using var app = await StartAsync(engine, handler);
        foreach (var number in (int[])[30, 10, 20])
        {
            await app.DeliverAsync(Deliveries.Joined(number));
        }

        await app.RunAsync<ProcessInboxJob>();
        await app.RunAsync<ProcessInboxJob>();

        Assert.Equal([10L, 20, 30], Assert.Single(handler.Calls).Select(d => d.At.ToUnixTimeMilliseconds() - 1795521600000));
        Assert.Equal(3, (await app.ReadAsync(CountingHandler.EffectsAsync)).Count);
        Assert.All(await app.InboxAsync(), m => Assert.Equal((InboxState.Handled, null, app.Clock.Now()), (m.State, m.LeasedUntil, m.AppliedAt)));
    }

    [Theory, OnEachEngine]
    internal async Task Passes_at_once_share_the_work(StorageEngine engine)
    {
        var handler = new CountingHandler();
        await using var app = await StartAsync(engine, handler);
        await Task.WhenAll(Enumerable.Range(0, 1200).Select(n => app.DeliverAsync(Deliveries.Joined(n))));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => app.RunAsync<ProcessInboxJob>()));

        var effects = await app.ReadAsync(CountingHandler.EffectsAsync);
        Assert.Equal(1200, effects.Count);
        Assert.Equal(1200, effects.Distinct().Count());
        Assert.All(await app.InboxAsync(), m => Assert.Equal(InboxState.Handled, m.State));
    }

    [Theory, OnEachEngine]
    internal async Task An_event_that_nobody_handles_is_ignored(StorageEngine engine)
    {
        await using var app = await StartAsync(engine, new CountingHandler());
        Assert.Equal(HttpStatusCode.OK, await app.SendAsync("""{"event":"meeting.invented_tomorrow","payload":{"object":{}}}"""));

        await app.RunAsync<ProcessInboxJob>();

        Assert.Equal(InboxState.Ignored, Assert.Single(await app.InboxAsync()).State);
    }

    [Theory, OnEachEngine]
    internal async Task Every_handler_that_names_an_event_gets_it_and_only_its_own_school(StorageEngine engine)
    {
        var (first, second) = (new CountingHandler(), new CountingHandler { Events = new HashSet<string> { "test.of_two" } });
        await using var app = await App.StartAsync(engine, new()
        {
            ["Organisations:1:Slug"] = "birch",
            ["Organisations:1:Name"] = "Birch Music",
            ["Organisations:1:Zoom:AccountId"] = "birch-account",
            ["Organisations:1:Zoom:ClientId"] = "b",
            ["Organisations:1:Zoom:ClientSecret"] = "b",
            ["Organisations:1:Zoom:WebhookSecret"] = "birch-secret",
        }, s => s.AddSingleton<IDeliveryHandler>(first).AddSingleton<IDeliveryHandler>(second));
        await app.SendAsync(Deliveries.Joined(1));
        await app.SendAsync("""{"event":"test.of_two","event_ts":1795521600002,"payload":{"object":{}}}""");
        await app.SendAsync(Encoding.UTF8.GetBytes(Deliveries.Joined(3, account: "birch-account")), "birch-secret", slug: "birch");

        await app.RunAsync<ProcessInboxJob>();

        Assert.Equal([1, 2], first.Calls.Select(c => c.Count).Order());
        Assert.All(first.Calls, call => Assert.Single(call.Select(d => d.OrganisationId).Distinct()));
        Assert.Equal("test.of_two", Assert.Single(Assert.Single(second.Calls)).Event);
    }

    [Theory, OnEachEngine]
    internal async Task A_poison_delivery_is_set_aside_after_eight_tries_and_holds_nobody_up(StorageEngine engine)
    {
        var handler = new CountingHandler { Check = d => Refuse(d, number: 7) };
        await using var app = await StartAsync(engine, handler);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(n => app.DeliverAsync(Deliveries.Joined(n))));

        await app.RunAsync<ProcessInboxJob>();

        Assert.Equal(19, (await app.ReadAsync(CountingHandler.EffectsAsync)).Count);
        var poison = Assert.Single(await app.InboxAsync(), m => m.State == InboxState.Pending);
        Assert.Equal((1, app.Clock.Now().AddSeconds(5)), (poison.Tries, poison.LeasedUntil));
        for (var tries = 2; tries <= ProcessInboxJob.MostTries; tries++)
        {
            await app.RunAsync<ProcessInboxJob>(); // too early
            Assert.Equal(tries - 1, (await app.InboxAsync()).Single(m => m.Id == poison.Id).Tries);
            app.Clock.Advance(TimeSpan.FromSeconds(5 * Math.Pow(2, tries - 2)));
            await app.RunAsync<ProcessInboxJob>();
        }

        var aside = Assert.Single(await app.InboxAsync(), m => m.State == InboxState.SetAside);
        Assert.Equal((poison.Id, 8, "It failed 8 times, last with KeyNotFoundException.", null), (aside.Id, aside.Tries, aside.Reason, aside.LeasedUntil));
    }

    [Theory, OnEachEngine]
    internal async Task Twelve_poison_bodies_are_acknowledged_and_a_thousand_good_ones_behind_them_applied(StorageEngine engine)
    {
        var handler = new CountingHandler { Check = ReadName };
        await using var app = await StartAsync(engine, handler);
        var poison = PoisonBodies.All();
        foreach (var body in poison)
        {
            Assert.Equal(HttpStatusCode.OK, await app.SendAsync(body));
        }

        await Task.WhenAll(Enumerable.Range(0, 1000).Select(n => app.DeliverAsync(Deliveries.Joined(n))));
        for (var pass = 0; pass < ProcessInboxJob.MostTries; pass++)
        {
            await app.RunAsync<ProcessInboxJob>();
            app.Clock.Advance(TimeSpan.FromMinutes(15));
        }

        var inbox = await app.InboxAsync();
        Assert.All(poison, body => Assert.Single(inbox, m => m.IsOf(body)));
        Assert.Equal(1000, inbox.Count(m => m.State == InboxState.Handled && m.Event.Length > 0 && !poison.Any(m.IsOf)));
        Assert.DoesNotContain(inbox, m => m.State == InboxState.Pending);
        Assert.Equal(8, inbox.Count(m => m.State == InboxState.SetAside));
        // A character that no text can hold does not hide who came.
        Assert.Equal(4, inbox.Count(m => poison.Any(m.IsOf) && m.State is InboxState.Handled or InboxState.Ignored && poison.Any(m.IsOf)));
    }

    [Theory, OnEachEngine]
    internal async Task A_dead_claimants_deliveries_are_taken_over_when_its_lease_ends(StorageEngine engine)
    {
        var handler = new CountingHandler();
        await using var app = await StartAsync(engine, handler);
        await app.DeliverAsync(Deliveries.Joined(1));
        Assert.Single((await app.Services.GetRequiredService<InboxClaims>().TakeAsync(CancellationToken.None)).Messages);

        await app.RunAsync<ProcessInboxJob>();
        Assert.Empty(handler.Calls);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.RunAsync<ProcessInboxJob>();

        Assert.Single(await app.ReadAsync(CountingHandler.EffectsAsync));
    }

    [Theory, OnEachEngine]
    internal async Task A_claimant_that_lost_its_lease_changes_nothing(StorageEngine engine)
    {
        await using var app = await StartAsync(engine, new CountingHandler());
        await app.DeliverAsync(Deliveries.Joined(1));
        var slow = await app.Services.GetRequiredService<InboxClaims>().TakeAsync(CancellationToken.None);
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        await app.RunAsync<ProcessInboxJob>();

        await Assert.ThrowsAsync<LeaseLostException>(
            () => app.Services.GetRequiredService<DeliveryBatch>().ApplyAsync(app.School.Id, slow.Messages, CancellationToken.None));

        Assert.Single(await app.ReadAsync(CountingHandler.EffectsAsync));
    }

    [Theory, OnEachEngine]
    internal async Task A_pass_that_is_told_to_stop_lets_go_of_what_it_took(StorageEngine engine)
    {
        using var stop = new CancellationTokenSource();
        var handler = new CountingHandler();
        await using var app = await StartAsync(engine, handler);
        await app.DeliverAsync(Deliveries.Joined(1));
        handler.Check = _ =>
        {
            stop.Cancel();
            stop.Token.ThrowIfCancellationRequested();
        };

        await using var scope = app.Services.GetRequiredService<IServiceScopeFactory>().CreateServiceScope();
        var job = ActivatorUtilities.CreateInstance<ProcessInboxJob>(scope.ServiceProvider);
        Assert.Equal(1, await job.CountAsync(CancellationToken.None));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => job.RunAsync(stop.Token));

        var message = Assert.Single(await app.InboxAsync());
        Assert.Equal((InboxState.Pending, null, 0), (message.State, message.LeasedUntil, message.Tries));
    }

    [Theory, OnEachEngine]
    internal async Task A_stored_delivery_is_applied_within_a_moment_where_jobs_run(StorageEngine engine)
    {
        var applied = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var handler = new CountingHandler { Check = _ => applied.TrySetResult() };
        await using var app = await App.StartAsync(engine, new() { ["Jobs:Enabled"] = "true" }, s => s.AddSingleton<IDeliveryHandler>(handler));

        await app.DeliverAsync(Deliveries.Joined(1));
        app.Clock.Advance(ProcessInboxJob.Gather);

        await applied.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Theory, OnEachEngine]
    internal async Task A_delivery_that_is_not_what_its_event_promises_is_set_aside_at_once(StorageEngine engine)
    {
        var handler = new CountingHandler { Check = _ => throw new FormatException("no such field") };
        await using var app = await StartAsync(engine, handler);
        await app.DeliverAsync(Deliveries.Joined(1));

        await app.RunAsync<ProcessInboxJob>();

        var aside = Assert.Single(await app.InboxAsync());
        Assert.Equal((InboxState.SetAside, SetAsideReasons.Malformed), (aside.State, aside.Reason));
    }

    private static Task<App> StartAsync(StorageEngine engine, CountingHandler handler) =>
        App.StartAsync(engine, services: s => s.AddSingleton<IDeliveryHandler>(handler));

    private static void Refuse(Delivery delivery, int number)
    {
        if (delivery.Payload.GetProperty("object").GetProperty("participant").GetProperty("user_id").GetString() == number.ToString(CultureInfo.InvariantCulture))
        {
            throw new KeyNotFoundException("Poppy R is not to be named in a reason");
        }
    }

    private static void ReadName(Delivery delivery) =>
        Assert.NotNull(delivery.Payload.GetProperty("object").GetProperty("participant").GetProperty("user_name").GetString());
}
