using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Platform.Storage;

public sealed class ConnectionTests
{
    [Fact]
    public async Task Every_SQLite_connection_syncs_each_commit_and_leaves_nothing_of_what_it_deletes()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        await using var byHand = app.Services.GetRequiredService<SqliteConnections>().Open();
        await AssertPragmasAsync(byHand);

        await app.ReadAsync(async db =>
        {
            // Twice: a pooled connection that is opened again must not have lost them.
            for (var time = 0; time < 2; time++)
            {
                await db.Database.OpenConnectionAsync();
                await AssertPragmasAsync(db.Database.GetDbConnection());
                await db.Database.CloseConnectionAsync();
            }

            await using var transaction = await db.Database.BeginTransactionAsync();
            await AssertPragmasAsync(db.Database.GetDbConnection());
            return true;
        });
    }

    [Fact]
    public void Connections_to_SQLite_are_made_in_one_place_and_for_files_that_no_service_runs_on()
    {
        var makers = Source.FilesIn(Source.App).Where(f => File.ReadAllText(f).Contains("new SqliteConnection(", StringComparison.Ordinal));

        Assert.Equal(
            [Path.Combine(Source.App, "Platform", "Backups", "SqliteFiles.cs"), Path.Combine(Source.App, "Platform", "Storage", "SqliteConnections.cs")],
            makers.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_PostgreSQL_commit_waits_for_the_disk()
    {
        Assert.SkipWhen(PostgresServer.Programs is null, "PostgreSQL's server programs are not installed (Debian: postgresql-15).");
        await using var server = await PostgresServer.StartAsync(durable: true);
        await server.ExecuteAsync("CREATE DATABASE durable");
        await using var app = await App.StartAsync(
            StorageEngine.PostgreSql, new() { ["Storage:ConnectionString"] = server.ConnectionString("durable") + ";Pooling=false" });

        await using var byHand = await app.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        await AssertDurableAsync(byHand);
        await app.ReadAsync(async db =>
        {
            await db.Database.OpenConnectionAsync();
            await AssertDurableAsync(db.Database.GetDbConnection());
            return true;
        });
    }

    [Fact]
    public void PostgreSQL_gets_short_limits_where_the_connection_string_names_none()
    {
        var made = Made("Host=db;Database=x;Timeout=7");

        Assert.Equal((7, 10, 50, "sessionguard"), (made.Timeout, made.CommandTimeout, made.MaxPoolSize, made.ApplicationName));
        Assert.Equal((2, 33), (Made("Host=db;CommandTimeout=33").Timeout, Made("Host=db;CommandTimeout=33").CommandTimeout));
    }

    private static NpgsqlConnectionStringBuilder Made(string configured) =>
        new(new PostgresConnections(Options.Create(new StorageOptions { Engine = StorageEngine.PostgreSql, ConnectionString = configured })).ConnectionString);

    private static async Task AssertPragmasAsync(DbConnection connection)
    {
        Assert.Equal("wal", await ReadAsync(connection, "PRAGMA journal_mode"));
        Assert.Equal("2", await ReadAsync(connection, "PRAGMA synchronous"));
        Assert.Equal("1", await ReadAsync(connection, "PRAGMA secure_delete"));
        Assert.Equal("1", await ReadAsync(connection, "PRAGMA foreign_keys"));
        Assert.Equal("5000", await ReadAsync(connection, "PRAGMA busy_timeout"));
    }

    private static async Task AssertDurableAsync(DbConnection connection)
    {
        Assert.Equal("on", await ReadAsync(connection, "SHOW synchronous_commit"));
        Assert.Equal("on", await ReadAsync(connection, "SHOW fsync"));
    }

    private static async Task<string?> ReadAsync(DbConnection connection, string query)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = query;
        return (await command.ExecuteScalarAsync())?.ToString();
    }
}
