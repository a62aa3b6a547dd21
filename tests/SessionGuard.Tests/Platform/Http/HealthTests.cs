using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Surfaces.Shell;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Platform.Http;

public sealed class HealthTests
{
    [Theory, OnEachEngine]
    internal async Task Ready_when_the_records_answer_and_their_schema_is_current(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        using var client = app.Stranger();

        Assert.Equal("""{"status":"alive","reasons":[]}""", await client.GetStringAsync("/health/live"));
        Assert.Equal("""{"status":"ready","reasons":[]}""", await client.GetStringAsync("/health/ready"));
    }

    [Fact]
    public async Task An_older_schema_is_named_with_its_remedy()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        await app.ReadAsync(async db =>
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = """DELETE FROM "__EFMigrationsHistory" """;
            await db.Database.OpenConnectionAsync();
            return await command.ExecuteNonQueryAsync();
        });

        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, """{"status":"not ready","reasons":["The database has an older schema than this version needs: run the verb migrate."]}"""),
            await ReadyAsync(app));
    }

    [Fact]
    public async Task A_database_that_is_gone_is_said_without_its_name_and_the_service_lives_on()
    {
        var server = await TestDatabases.ServerAsync();
        await using var app = await App.StartAsync(StorageEngine.PostgreSql);
        var name = app.Services.GetRequiredService<Npgsql.NpgsqlDataSource>().ConnectionString.Split("Database=")[1].Split(';')[0];
        await server.ExecuteAsync($"DROP DATABASE {name} WITH (FORCE)");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, """{"status":"not ready","reasons":["The database does not answer."]}"""), await ReadyAsync(app));
        using var client = app.Stranger();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/live")).StatusCode);
    }

    [Fact]
    public async Task Metrics_count_requests_by_route_and_say_how_old_the_backlog_is()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite, SeededSchool.Settings);
        var school = await SeededSchool.PlantAsync(app.Services, app.Clock.GetUtcNow());
        await app.WriteAsync(db => db.Set<SessionGuard.Zoom.Webhooks.Inbox.InboxMessage>().Single(m => m.Id == school.SetAside).State = SessionGuard.Zoom.Webhooks.Inbox.InboxState.Pending);
        using var lead = app.WithToken(school.Lead);
        await lead.GetAsync($"/api/v1/sessions/{school.Ready}");

        var metrics = await lead.GetStringAsync("/metrics");

        Assert.Contains("\nsessionguard_inbox_waiting{} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("\nsessionguard_inbox_oldest_age_seconds{} 10800\n", metrics, StringComparison.Ordinal);
        Assert.Contains("# TYPE http_server_request_duration_seconds histogram\n", metrics, StringComparison.Ordinal);
        Assert.Contains(
            "http_server_request_duration_seconds_count{http_request_method=\"GET\",http_response_status_code=\"200\",http_route=\"/api/v1/sessions/{id:guid}\"} 1\n",
            metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("alder", metrics, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(school.Ready.ToString(), metrics, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Two_services_in_one_process_count_apart()
    {
        await using var one = await App.StartAsync(StorageEngine.Sqlite);
        await using var other = await App.StartAsync(StorageEngine.Sqlite);
        using var visitor = one.Stranger();
        await visitor.GetAsync("/health/live");

        using var reader = other.Stranger();
        Assert.DoesNotContain("/health/live", await reader.GetStringAsync("/metrics"), StringComparison.Ordinal);
    }

    private static async Task<(HttpStatusCode Status, string Body)> ReadyAsync(App app)
    {
        using var client = app.Stranger();
        using var response = await client.GetAsync("/health/ready");
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
