using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using SessionGuard.Platform.Security;

namespace SessionGuard.Platform.Storage;

internal sealed class SqliteDb(DbContextOptions<SqliteDb> options, PersonalData personal, SqliteWriteGate gate) : SessionGuardDb(options, personal)
{
    public override bool HasOneWriter => true;

    public override string AmongUnclaimed(string id, string select) => $"{id} IN ({select})";

    /// <remarks>Carried over and cut off, the write-ahead log is empty. With a reader in the way this is done by a later checkpoint.</remarks>
    public override async Task LeaveNoTraceAsync(CancellationToken cancellation)
    {
        using var turn = await gate.EnterAsync(first: false, cancellation);
        await Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)", cancellation);
    }

    protected override async ValueTask<IDisposable?> TakeTurnAsync(CancellationToken cancellation) =>
        await gate.EnterAsync(first: false, cancellation);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        // SQLite compares its text instants letter by letter; a number sorts.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();
    }

    private sealed class UnixMilliseconds() : ValueConverter<DateTimeOffset, long>(
        instant => instant.ToUnixTimeMilliseconds(),
        milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
}
