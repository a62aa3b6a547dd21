using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.Extensions.Options;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Security;
using SessionGuard.Platform.Storage;

namespace SessionGuard.DesignTime;

internal static class Program
{
    private static void Main()
    {
    }
}

internal sealed class SqliteAtDesignTime : IDesignTimeDbContextFactory<SqliteDb>
{
    public SqliteDb CreateDbContext(string[] args) => new(
        new DbContextOptionsBuilder<SqliteDb>().UseSqlite("Data Source=unused.db").UseHouseStyle().Options,
        Keys.None,
        new SqliteWriteGate());
}

internal sealed class PostgresAtDesignTime : IDesignTimeDbContextFactory<PostgresDb>
{
    public PostgresDb CreateDbContext(string[] args) => new(
        new DbContextOptionsBuilder<PostgresDb>().UseNpgsql("Host=unused").UseHouseStyle().Options,
        Keys.None);
}

internal static class Keys
{
    /// <summary>A model is made without sealing anything, so no key is read.</summary>
    public static PersonalData None { get; } = new(new MasterKey(Options.Create(new SecurityOptions()), Options.Create(new ServiceOptions())));
}
