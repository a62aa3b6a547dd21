using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Jobs;
using SessionGuard.Platform.Security;
using SessionGuard.Platform.Storage;

[assembly: AssemblyFixture(typeof(SessionGuard.Tests.Testing.TestDatabases))]

namespace SessionGuard.Tests.Testing;

/// <summary>A database of its own for each test. On PostgreSQL it is a copy of one that was migrated once.</summary>
public sealed class TestDatabases : IAsyncDisposable
{
    private const string Template = "template_sessionguard";
    private static readonly SemaphoreSlim Starting = new(1);
    private static PostgresServer? _server;
    private static int _made;

    /// <summary>The run's server, started when the first test asks for it.</summary>
    public static async Task<PostgresServer> ServerAsync()
    {
        Assert.SkipWhen(PostgresServer.Programs is null, "PostgreSQL's server programs are not installed (Debian: postgresql-15).");
        await Starting.WaitAsync();
        try
        {
            return _server ??= await StartAsync();
        }
        finally
        {
            Starting.Release();
        }
    }

    /// <summary>A fresh, migrated database; dropped with the server at the end of the run.</summary>
    public static async Task<string> PostgresAsync()
    {
        var server = await ServerAsync();
        var name = $"test_{Interlocked.Increment(ref _made)}";
        await server.ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {Template}");
        return server.ConnectionString(name);
    }

    /// <summary>A database without a single table.</summary>
    public static async Task<string> EmptyPostgresAsync()
    {
        var server = await ServerAsync();
        var name = $"test_{Interlocked.Increment(ref _made)}";
        await server.ExecuteAsync($"CREATE DATABASE {name}");
        return server.ConnectionString(name);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is { } server)
        {
            NpgsqlConnection.ClearAllPools();
            await server.DisposeAsync();
        }
    }

    private static async Task<PostgresServer> StartAsync()
    {
        var server = await PostgresServer.StartAsync();
        try
        {
            await server.ExecuteAsync($"CREATE DATABASE {Template}");
            await MigrateAsync(server.ConnectionString(Template) + ";Pooling=false");
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private static async Task MigrateAsync(string template)
    {
        var builder = Microsoft.AspNetCore.Builder.WebApplication.CreateBuilder();
        builder.Configuration["Storage:Engine"] = nameof(StorageEngine.PostgreSql);
        builder.Configuration["Storage:ConnectionString"] = template;
        builder.AddService();
        builder.AddStorage();
        builder.AddSecurity();
        builder.AddJobs([]); // brings tables of its own
        await using var app = builder.Build();
        await app.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(CancellationToken.None);
    }
}
