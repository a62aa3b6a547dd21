using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Npgsql;

namespace SessionGuard.Platform.Storage;

/// <summary>Stops a start whose connection string the chosen engine does not understand, before anything is opened with it.</summary>
internal sealed class StorageOptionsCheck : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        if (options is { Engine: StorageEngine.PostgreSql, ConnectionString.Length: 0 })
        {
            return ValidateOptionsResult.Fail("Storage:ConnectionString is empty. PostgreSQL needs it: host, database and user.");
        }

        try
        {
            _ = options.Engine switch
            {
                StorageEngine.Sqlite => new SqliteConnectionStringBuilder(options.ConnectionString).ConnectionString,
                StorageEngine.PostgreSql => new NpgsqlConnectionStringBuilder(options.ConnectionString).ConnectionString,
                _ => "", // told with the key Storage:Engine
            };
            return ValidateOptionsResult.Success;
        }
        catch (ArgumentException fault)
        {
            return ValidateOptionsResult.Fail($"Storage:ConnectionString is not one that {options.Engine} understands: {fault.Message}");
        }
    }
}
