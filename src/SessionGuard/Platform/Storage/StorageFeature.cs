using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Options;
using Npgsql;
using SessionGuard.Platform.Hosting;

namespace SessionGuard.Platform.Storage;

internal static class StorageFeature
{
    public static void AddStorage(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.AddSettings<StorageOptions>("Storage");
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageOptionsCheck>();
        services.AddScoped<OrganisationScope>();
        services.AddSingleton<SqliteWriteGate>();
        services.AddSingleton<SqliteConnections>();
        services.AddSingleton<SqlitePragmas>();
        services.AddSingleton<SqliteOwner>();
        services.AddSingleton<PostgresConnections>();
        services.AddSingleton(provider => new NpgsqlDataSourceBuilder(provider.GetRequiredService<PostgresConnections>().ConnectionString).Build());
        services.AddSingleton<SchemaLock>();
        services.AddSingleton<DatabaseMigrator>();
        services.AddPooledDbContextFactory<SqliteDb>((provider, options) => options
            .UseSqlite(provider.GetRequiredService<SqliteConnections>().ConnectionString)
            .UseHouseStyle()
            .ReplaceService<IModelCacheKeyFactory, ModelOfKeys>()
            .AddInterceptors([SealedComparisons.Instance, provider.GetRequiredService<SqlitePragmas>(), .. provider.GetServices<IInterceptor>()]));
        services.AddPooledDbContextFactory<PostgresDb>((provider, options) => options
            .UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>())
            .UseHouseStyle()
            .ReplaceService<IModelCacheKeyFactory, ModelOfKeys>()
            .AddInterceptors([SealedComparisons.Instance, PreparedStatements.Instance, .. provider.GetServices<IInterceptor>()]));
        services.AddScoped(Take);
    }

    /// <summary>What every context has, in the service and beside it.</summary>
    public static TOptions UseHouseStyle<TOptions>(this TOptions options)
        where TOptions : DbContextOptionsBuilder
    {
        options.UseSnakeCaseNamingConvention();
        return options;
    }

    /// <summary>
    /// Begins to make the model, which takes a start longer than anything else, on another processor. Whoever needs it first waits for it, and
    /// meets whatever is wrong.
    /// </summary>
    public static WebApplication BeginModel(this WebApplication app)
    {
        Task.Run(async () =>
        {
            await using var scope = app.Services.GetRequiredService<IServiceScopeFactory>().CreateServiceScope();
            _ = scope.ServiceProvider.GetRequiredService<SessionGuardDb>().Model;
        });
        return app;
    }

    /// <summary>The end of the request or pass gives it back to its pool.</summary>
    private static SessionGuardDb Take(IServiceProvider provider)
    {
        SessionGuardDb db = provider.GetRequiredService<IOptions<StorageOptions>>().Value.Engine switch
        {
            StorageEngine.Sqlite => provider.GetRequiredService<IDbContextFactory<SqliteDb>>().CreateDbContext(),
            StorageEngine.PostgreSql => provider.GetRequiredService<IDbContextFactory<PostgresDb>>().CreateDbContext(),
        };
        db.Serve(provider.GetRequiredService<OrganisationScope>());
        return db;
    }

    /// <summary>A scope that sees every organisation's rows: for jobs and verbs.</summary>
    public static AsyncServiceScope CreateServiceScope(this IServiceScopeFactory scopes)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<OrganisationScope>().Widen();
        return scope;
    }
}
