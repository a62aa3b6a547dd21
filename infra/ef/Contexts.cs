using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.Extensions.DependencyInjection;
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
        new DbContextOptionsBuilder<SqliteDb>().UseSqlite("Data Source=unused.db").UseHouseStyle()
            .UseApplicationServiceProvider(Identity.Services).Options,
        Keys.None,
        new SqliteWriteGate());
}

internal sealed class PostgresAtDesignTime : IDesignTimeDbContextFactory<PostgresDb>
{
    public PostgresDb CreateDbContext(string[] args) => new(
        new DbContextOptionsBuilder<PostgresDb>().UseNpgsql("Host=unused").UseHouseStyle()
            .UseApplicationServiceProvider(Identity.Services).Options,
        Keys.None);
}

internal static class Keys
{
    /// <summary>A model is made without sealing anything, so no key is read.</summary>
    public static PersonalData None { get; } = new(new MasterKey(Options.Create(new SecurityOptions()), Options.Create(new ServiceOptions())));
}

internal static class Identity
{
    /// <summary>The passkey table is part of the model only when these options say version 3.</summary>
    public static IServiceProvider Services { get; } = new ServiceCollection()
        .Configure<IdentityOptions>(o => o.Stores.SchemaVersion = IdentitySchemaVersions.Version3)
        .BuildServiceProvider();
}
