using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Security;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;
using SessionGuard.School.Organisations;
using SessionGuard.Zoom.Client;

namespace SessionGuard.Surfaces.Commands;

/// <summary>
/// <c>webhook-secret rotate</c>: takes Zoom's new secret token beside the present one, for a school that is kept in the database alone. The
/// token is read from a file or from standard input: an argument can be read by every user of the machine.
/// </summary>
internal static class WebhookSecretCommand
{
    private const int MostLetters = 200;

    public static Command Create(Func<WebApplicationBuilder, WebApplication> build)
    {
        var organisation = new Option<string>("--organisation") { Required = true, Description = "The school's slug." };
        var file = new Option<string?>("--file") { Description = "Holds the new secret token; without it, it is read from standard input." };
        var finish = new Option<bool>("--finish") { Description = "Takes nothing new: from now on only the newest one is good." };
        var rotate = new Command("rotate", "Takes a new secret token of Zoom's; the present one stays good until --finish.") { organisation, file, finish };
        rotate.SetAction((parse, cancellation) => OneOff.RunAsync(
            build,
            parse,
            async (services, token) =>
            {
                var secret = parse.GetValue(finish) ? null : await ReadAsync(parse.GetValue(file), token);
                return await RotateAsync(services, parse.GetRequiredValue(organisation), secret, token);
            },
            cancellation));
        return new Command("webhook-secret", "What a school's Zoom signs its webhooks with.") { rotate };
    }

    /// <param name="secret">Null: forget the previous one.</param>
    private static async Task<int> RotateAsync(IServiceProvider services, string slug, string? secret, CancellationToken cancellation)
    {
        RefuseConfigured(services.GetRequiredService<IConfiguration>(), slug);
        await services.OpenDatabaseAsync(cancellation);
        var school = services.Organisation(slug);
        var (db, box) = (services.GetRequiredService<SessionGuardDb>(), services.GetRequiredService<SecretBox>());
        var connection = await db.Set<ZoomConnection>().SingleOrDefaultAsync(c => c.OrganisationId == school.Id, cancellation)
            ?? throw new StartException($"{slug} is not connected to Zoom.");
        if (secret is not null)
        {
            if (box.Open(connection.SealedWebhookSecret) == secret)
            {
                throw new StartException("This is the present secret token already. Nothing was changed.");
            }

            connection.SealedPreviousWebhookSecret = connection.SealedWebhookSecret;
            connection.SealedWebhookSecret = box.Seal(secret);
        }
        else
        {
            connection.SealedPreviousWebhookSecret = null;
        }

        var now = services.GetRequiredService<TimeProvider>().Now();
        var action = secret is null ? OrganisationActions.WebhookSecretFinished : OrganisationActions.WebhookSecretRotated;
        db.Record(new LedgerNote(school.Id, now, LedgerName.Operator, action, LedgerName.Organisation(school.Id), new { }));
        await db.SaveChangesAsync(cancellation);
        Console.WriteLine(secret is null
            ? $"{slug}: only the newest secret token is good, within a minute."
            : $"{slug}: both secret tokens are good, within a minute. After a day, end the old one with --finish.");
        return 0;
    }

    /// <summary>Each start puts the configured secrets back: a change here would hold until then, and fall away unnoticed.</summary>
    private static void RefuseConfigured(IConfiguration configuration, string slug)
    {
        var at = ConfiguredOrganisations.Read(configuration).ToList().FindIndex(o => o.Slug == slug && o.Zoom is not null);
        if (at >= 0)
        {
            throw new StartException(
                $"{slug} is kept in the configuration, and so must its secret be changed there: move Organisations:{at}:Zoom:WebhookSecret to "
                + "PreviousWebhookSecret, put the new one into WebhookSecret, and restart. Nothing was changed.");
        }
    }

    private static async Task<string> ReadAsync(string? file, CancellationToken cancellation)
    {
        try
        {
            var text = file is null ? await Console.In.ReadToEndAsync(cancellation) : await File.ReadAllTextAsync(file, cancellation);
            return text.Trim() is { Length: > 0 and <= MostLetters } secret && !secret.Any(char.IsWhiteSpace)
                ? secret
                : throw new StartException("A secret token is one word. Nothing was changed.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"--file names {file}, which cannot be read: {fault.Message}");
        }
    }
}
