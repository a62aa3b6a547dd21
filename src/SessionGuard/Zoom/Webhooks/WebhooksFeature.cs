using Microsoft.Extensions.Options;
using Npgsql;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Jobs;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Retention;
using SessionGuard.Platform.Security;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Telemetry;
using SessionGuard.Zoom.Webhooks.Endpoint;
using SessionGuard.Zoom.Webhooks.Inbox;
using SessionGuard.Zoom.Webhooks.Processing;

namespace SessionGuard.Zoom.Webhooks;

internal static class WebhooksFeature
{
    // More would share the same disk; one would leave it idle while the next batch is sent.
    private const int PostgresWriters = 2;

    public static void AddWebhooks(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.AddSettings<WebhookOptions>("Webhooks");
        services.AddOptions<NodeDuties>().Configure<IOptions<WebhookOptions>>((duties, webhooks) => duties.TakesDeliveries = webhooks.Value.Enabled);
        services.AddSingleton<WebhookEndpoint>();
        services.AddSingleton<BodyMemory>();
        services.AddSingleton<WebhookMetrics>();
        services.AddFigures<InboxFigures>();
        services.AddSingleton<ArrivalIds>();
        services.AddSingleton<BodyReader>();
        services.AddSingleton<Quarantine>();
        services.AddSingleton(OpenStores);
        services.AddSingleton<InboxWriter>();
        services.AddSingleton<InboxClaims>();
        services.AddSingleton<DeliveryBatch>();
        services.AddScoped<SetAsideInbox>();
        services.AddHostedService(provider => provider.GetRequiredService<InboxWriter>());
        services.AddHealthChecks().AddCheck<InboxHealth>("inbox");
        builder.AddSettings<DeliveryRetentionOptions>(KeepFor.Section);
        services.AddExpiries<InboxExpiries>();
        services.AddLedgerActions(DeliveryActions.All);
    }

    /// <summary>
    /// Zoom's end of the service, first in the pipeline: no redirect, sign-in or header of the pages may come between, and none of their
    /// cost. Routing finds the endpoint and short-circuits to it.
    /// </summary>
    public static void MapWebhooks(this WebApplication app)
    {
        var isOpen = app.Services.GetRequiredService<IOptions<WebhookOptions>>().Value.Enabled;
        app.UseRouting();
        app.Map($"/webhooks/zoom/{{{WebhookEndpoint.RouteParameter}}}", isOpen ? app.Services.GetRequiredService<WebhookEndpoint>().HandleAsync : NotHere).ShortCircuit();
    }

    /// <summary>Without it the address would be a page's, which says that it cannot be posted to.</summary>
    private static Task NotHere(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    /// <summary>One for each writer.</summary>
    internal static IReadOnlyList<IInboxStore> OpenStores(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<StorageOptions>>().Value switch
        {
            { Engine: StorageEngine.Sqlite } => [ActivatorUtilities.CreateInstance<SqliteInboxStore>(provider)],
            { ConnectionString: var connectionString } => OpenPostgresStores(connectionString, provider.GetRequiredService<PersonalData>()),
        };

    private static IReadOnlyList<IInboxStore> OpenPostgresStores(string connectionString, PersonalData personal)
    {
        var source = PostgresInboxStore.OpenSource(connectionString);
        return [.. Enumerable.Range(0, PostgresWriters).Select(_ => new PostgresInboxStore(source, personal))];
    }
}
