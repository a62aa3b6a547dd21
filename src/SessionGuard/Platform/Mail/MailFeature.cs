using Microsoft.Extensions.Options;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Retention;
using SessionGuard.Platform.Telemetry;

namespace SessionGuard.Platform.Mail;

internal static class MailFeature
{
    public static void AddMail(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.AddSettings<MailOptions>("Mail");
        services.AddSingleton<IValidateOptions<MailOptions>, MailOptionsCheck>();
        services.AddScoped<Outbox>();
        services.AddSingleton<MailPurposes>();
        services.AddScoped<UndeliveredMail>();
        services.AddSingleton<MailCounts>();
        services.AddFigures<MailFigures>();
        services.AddSingleton<OutboxQueue>();
        services.AddSingleton<MailComposer>();
        services.AddSingleton<SmtpConnections>();
        services.AddSingleton<IMailTransport>(provider => provider.GetRequiredService<IOptions<MailOptions>>().Value.Mode switch
        {
            MailMode.Pickup => ActivatorUtilities.CreateInstance<PickupTransport>(provider),
            MailMode.Smtp => ActivatorUtilities.CreateInstance<SmtpTransport>(provider),
        });
        services.AddTransient<SendMailJob>();
        builder.AddSettings<MailRetentionOptions>(KeepFor.Section);
        services.AddExpiries<MailExpiries>();
        services.AddLedgerActions(MailActions.All);
    }
}
