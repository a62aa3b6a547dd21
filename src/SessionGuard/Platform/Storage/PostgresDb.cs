using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using SessionGuard.Platform.Security;

namespace SessionGuard.Platform.Storage;

internal sealed class PostgresDb(DbContextOptions<PostgresDb> options, PersonalData personal) : SessionGuardDb(options, personal)
{
    public override bool HasOneWriter => false;

    /// <remarks>An array is made once; a plain subquery may be asked again for each row, and then chooses others.</remarks>
    public override string AmongUnclaimed(string id, string select) => $"{id} = ANY (ARRAY({select} FOR UPDATE SKIP LOCKED))";

    public override Task LeaveNoTraceAsync(CancellationToken cancellation) => Task.CompletedTask;

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        // Npgsql refuses any offset but zero.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<Utc>();
    }

    private sealed class Utc() : ValueConverter<DateTimeOffset, DateTimeOffset>(instant => instant.ToUniversalTime(), instant => instant);
}
