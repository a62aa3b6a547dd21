using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Options;
using Npgsql;
using SessionGuard.Storage;

namespace SessionGuard;

internal static class StorageFeature
{
    public static void AddStorage(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.AddSettings<StorageOptions>("Storage");
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageOptionsCheck>();
        // The passkey table exists only for this version, and the model reads it from here alone.
        services.Configure<IdentityOptions>(o => o.Stores.SchemaVersion = IdentitySchemaVersions.Version3);
        services.AddScoped<OrganisationScope>();
        services.AddSingleton<SqliteWriteGate>();
        services.AddSingleton<SqliteConnections>();
        services.AddSingleton<SqlitePragmas>();
        services.AddSingleton<SqliteOwner>();
        services.AddSingleton<PostgresConnections>();
        services.AddSingleton(provider => new NpgsqlDataSourceBuilder(provider.GetRequiredService<PostgresConnections>().ConnectionString).Build());
        services.AddSingleton<SchemaLock>();
        services.AddSingleton<DatabaseMigrator>();
        services.AddDbContext<SqliteDb>((provider, options) => options
            .UseSqlite(provider.GetRequiredService<SqliteConnections>().ConnectionString)
            .UseSnakeCaseNamingConvention()
            .ReplaceService<IModelCacheKeyFactory, ModelOfKeys>()
            .AddInterceptors([SealedComparisons.Instance, provider.GetRequiredService<SqlitePragmas>(), .. provider.GetServices<IInterceptor>()]),
            optionsLifetime: ServiceLifetime.Singleton);
        services.AddDbContext<PostgresDb>((provider, options) => options
            .UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>())
            .UseSnakeCaseNamingConvention()
            .ReplaceService<IModelCacheKeyFactory, ModelOfKeys>()
            .AddInterceptors([SealedComparisons.Instance, PreparedStatements.Instance, .. provider.GetServices<IInterceptor>()]),
            optionsLifetime: ServiceLifetime.Singleton);
        services.AddScoped<SessionGuardDb>(provider => provider.GetRequiredService<IOptions<StorageOptions>>().Value.Engine switch
        {
            StorageEngine.Sqlite => provider.GetRequiredService<SqliteDb>(),
            StorageEngine.PostgreSql => provider.GetRequiredService<PostgresDb>(),
        });
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

    /// <summary>A scope that sees every organisation's rows: for jobs and verbs.</summary>
    public static AsyncServiceScope CreateServiceScope(this IServiceScopeFactory scopes)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<OrganisationScope>().Widen();
        return scope;
    }
}
