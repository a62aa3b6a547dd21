using System.Globalization;
using Hangfire.PostgreSql;
using Microsoft.Extensions.Options;
using Npgsql;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Platform.Jobs.Hangfire;

/// <summary>Hangfire's tables, made and checked where ours are, and never by Hangfire at its start.</summary>
internal sealed class HangfireSchema(IOptions<StorageOptions> storage, PostgresConnections postgres) : ISchemaPart
{
    private const string Scripts = "Hangfire.PostgreSql.Scripts.Install.v";

    public string Schema => HangfireStorage.Schema;

    public async Task<bool> IsBehindAsync(CancellationToken cancellation)
    {
        if (storage.Value.Engine is StorageEngine.Sqlite)
        {
            return false;
        }

        await using var connection = await OpenAsync(cancellation);
        return await AskAsync(connection, $"SELECT to_regclass('{Schema}.schema') IS NULL", cancellation)
            || await AskAsync(connection, $"SELECT COALESCE(MAX(version), 0) < {Newest()} FROM {Schema}.schema", cancellation);
    }

    public async Task ApplyAsync(CancellationToken cancellation)
    {
        await using var connection = await OpenAsync(cancellation);
        PostgreSqlObjectsInstaller.Install(connection, Schema);
    }

    /// <summary>The number of the last script that comes with the package; it tells it nowhere else.</summary>
    private static int Newest() => typeof(PostgreSqlObjectsInstaller).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Scripts, StringComparison.Ordinal))
        .Max(name => int.Parse(name[Scripts.Length..^".sql".Length], CultureInfo.InvariantCulture));

    /// <summary>Not pooled: twice in a process's life, and nothing of it may stay behind.</summary>
    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(postgres.UnpooledConnectionString);
        try
        {
            await connection.OpenAsync(cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static async Task<bool> AskAsync(NpgsqlConnection connection, string question, CancellationToken cancellation)
    {
#pragma warning disable CA2100 // Only this class's own words come here.
        await using var command = new NpgsqlCommand(question, connection);
#pragma warning restore CA2100
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
