using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Platform.Jobs;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Telemetry;
using SessionGuard.Rules;
using SessionGuard.Safeguarding.Flags;
using SessionGuard.Tests.Platform.Jobs;
using SessionGuard.Tests.Surfaces.Shell;
using SessionGuard.Tests.Testing;
using SessionGuard.Tests.Zoom.Webhooks;
using SessionGuard.Zoom.Webhooks.Processing;

namespace SessionGuard.Tests.Platform.Telemetry;

/// <summary>What is worth an alarm is among the figures, and right.</summary>
public sealed class ServiceFiguresTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(6); // longer than figures are kept

    [Fact]
    public async Task Every_figure_has_a_name_of_its_own_and_is_told()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        var figures = app.Services.GetRequiredService<ServiceFigures>();
        foreach (var figure in figures.Figures)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{Served(figure),-50} {figure.Help}");
        }

        Assert.Equal(figures.Figures.Select(Served).Distinct().Order(), figures.Figures.Select(Served).Order());
        Assert.Equal(figures.Figures.Select(Served).Order(), (await figures.RefreshAsync(CancellationToken.None)).Select(v => Served(v.Figure)).Distinct().Order());
        using var reader = app.Stranger();
        var page = await reader.GetStringAsync("/metrics");
        Assert.All(figures.Figures, f => Assert.Contains($"# TYPE {Served(f)} gauge\n# HELP {Served(f)} {f.Help}\n", page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_reads_figures_has_them_collected()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);

        Assert.Equal(
            typeof(IFigureSource).Assembly.GetTypes().Where(t => t.IsClass && t.IsAssignableTo(typeof(IFigureSource))).Select(t => t.Name).Order(),
            app.Services.GetServices<IFigureSource>().Select(s => s.GetType().Name).Order());
    }

    [Theory, OnEachEngine]
    internal async Task It_shows_when_Zoom_falls_silent_and_when_deliveries_are_not_applied(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine, new() { ["Organisations:1:Slug"] = "birch", ["Organisations:1:Name"] = "Birch Music" });
        app.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal([("organisation", $"{app.School.Id}", 600)], (await ReadAsync(app, "sessionguard_zoom_last_delivery_age_seconds")).Select(Told)); // none came yet

        await app.DeliverAsync(Deliveries.Joined(1));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.DeliverAsync("[]");
        await app.DeliverAsync(Deliveries.Joined(2));
        app.Clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(30, Assert.Single(await ReadAsync(app, "sessionguard_zoom_last_delivery_age_seconds")).Value);
        Assert.Equal((2, 90, 1), (
            await OneAsync(app, "sessionguard_inbox_waiting"), await OneAsync(app, "sessionguard_inbox_oldest_age_seconds"), await OneAsync(app, "sessionguard_inbox_set_aside")));
        await app.RunAsync<ProcessInboxJob>();
        Assert.Equal(2, await OneAsync(app, "sessionguard_inbox_waiting")); // kept for a few seconds
        app.Clock.Advance(Soon);
        Assert.Equal((0, 0), (await OneAsync(app, "sessionguard_inbox_waiting"), await OneAsync(app, "sessionguard_inbox_oldest_age_seconds")));
    }

    [Theory, OnEachEngine]
    internal async Task It_shows_mail_that_does_not_leave(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        await app.WriteAsync(db => db.Add(new OutboxMessage
        {
            Id = Guid.CreateVersion7(App.Noon),
            OrganisationId = app.School.Id,
            MessageId = "<1@alder.example>",
            To = "no address at all",
            Purpose = "test",
            Subject = "Test",
            SealedText = "",
            SealedHtml = "",
            State = OutboxState.Waiting,
            CreatedAt = App.Noon,
            DueAt = App.Noon,
        }));
        app.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal((1, 300), (await OneAsync(app, "sessionguard_mail_waiting"), await OneAsync(app, "sessionguard_mail_oldest_age_seconds")));

        await app.RunAsync<SendMailJob>();
        app.Clock.Advance(Soon);

        Assert.Equal((0, 0), (await OneAsync(app, "sessionguard_mail_waiting"), await OneAsync(app, "sessionguard_mail_oldest_age_seconds")));
        using var client = app.Stranger();
        Assert.Contains("sessionguard_mail_tries_total{outcome=\"GivenUp\"} 1\n", await client.GetStringAsync("/metrics"), StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    internal async Task It_shows_critical_flags_that_nobody_looks_at(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine, SeededSchool.Settings);
        var school = await SeededSchool.PlantAsync(app.Services, app.Clock.GetUtcNow(), withPeople: true);
        var before = (await ReadAsync(app, "sessionguard_flags_open")).Single(v => v.LabelValue == "critical").Value;
        await app.ReadAsync(db => db.Set<Flag>().Where(f => f.Id == school.Flag).ExecuteUpdateAsync(set => set
            .SetProperty(f => f.Severity, Severity.Critical).SetProperty(f => f.Status, FlagStatus.Open).SetProperty(f => f.RaisedAt, App.Noon.AddDays(-30))));
        app.Clock.Advance(Soon);

        Assert.Equal(["critical", "high", "medium", "low"], (await ReadAsync(app, "sessionguard_flags_open")).Select(v => v.LabelValue).OrderBy(l => Array.IndexOf(["critical", "high", "medium", "low"], l)));
        Assert.Equal(before + 1, (await ReadAsync(app, "sessionguard_flags_open")).Single(v => v.LabelValue == "critical").Value);
        Assert.Equal(TimeSpan.FromDays(30) + Soon, TimeSpan.FromSeconds(await OneAsync(app, "sessionguard_flags_critical_oldest_age_seconds")));

        await app.ReadAsync(db => db.Set<Flag>().ExecuteUpdateAsync(set => set.SetProperty(f => f.Status, FlagStatus.Dismissed)));
        app.Clock.Advance(Soon);
        Assert.Equal(0, await OneAsync(app, "sessionguard_flags_critical_oldest_age_seconds"));
    }

    [Fact]
    public async Task It_shows_a_job_that_stands_still_and_one_that_keeps_failing()
    {
        var script = new JobScript();
        await using var app = await App.StartAsync(StorageEngine.Sqlite, services: services =>
            services.AddSingleton(script).AddSingleton(ScheduledJob.Each<ScriptedJob>(TimeSpan.FromMinutes(1), "Scripted")));
        var runner = app.Services.GetRequiredService<JobRunner>();
        Assert.Equal((0, 0), await ScriptedAsync(app));

        app.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal((180, 0), await ScriptedAsync(app)); // two passes missed, since the start
        app.Clock.Advance(Soon);
        Assert.Equal((186, 1), await ScriptedAsync(app));

        await runner.RunAsync<ScriptedJob>(default);
        app.Clock.Advance(Soon);
        Assert.Equal((6, 0), await ScriptedAsync(app));
        script.Pass = (_, _) => throw new InvalidDataException();
        app.Clock.Advance(TimeSpan.FromMinutes(4));
        await runner.RunAsync<ScriptedJob>(default);
        Assert.Equal((246, 1), await ScriptedAsync(app)); // it ran just now, and not well
    }

    [Theory]
    [InlineData(5, 65)]
    [InlineData(60, 180)]
    [InlineData(900, 2700)]
    [InlineData(86_400, 93_600)]
    public void A_job_is_overdue_after_two_missed_passes_and_at_the_most_two_hours(int everySeconds, int overdueAfterSeconds) =>
        Assert.Equal(TimeSpan.FromSeconds(overdueAfterSeconds), JobTimeliness.LongestFor(TimeSpan.FromSeconds(everySeconds)));

    private static async Task<(double Age, double Overdue)> ScriptedAsync(App app) => (
        (await ReadAsync(app, "sessionguard_job_last_good_pass_age_seconds")).Single(v => v.LabelValue == "Scripted").Value,
        (await ReadAsync(app, "sessionguard_job_overdue")).Single(v => v.LabelValue == "Scripted").Value);

    private static (string, string, double) Told(FigureValue value) => (value.Label, value.LabelValue, value.Value);

    private static async Task<double> OneAsync(App app, string name) => Assert.Single(await ReadAsync(app, name)).Value;

    /// <param name="name">As it is served.</param>
    private static async Task<IReadOnlyList<FigureValue>> ReadAsync(App app, string name) =>
        [.. (await app.Services.GetRequiredService<ServiceFigures>().RefreshAsync(CancellationToken.None)).Where(v => Served(v.Figure) == name)];

    private static string Served(Figure figure) => figure.Name.Replace('.', '_') + (figure.Unit is Figure.Seconds ? "_seconds" : "");
}
