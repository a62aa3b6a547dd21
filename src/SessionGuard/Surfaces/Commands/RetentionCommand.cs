using System.CommandLine;
using System.Globalization;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Retention;
using SessionGuard.Platform.Tenancy;

namespace SessionGuard.Surfaces.Commands;

/// <summary><c>retention</c>: deletes what has been kept long enough, as the job does each night; <c>hold</c> and <c>lift</c> stop that.</summary>
internal static class RetentionCommand
{
    public static Command Create(Func<WebApplicationBuilder, WebApplication> build)
    {
        var dryRun = new Option<bool>("--dry-run") { Description = "Print what would go, and delete nothing." };
        var retention = new Command("retention", "Deletes what has been kept long enough.") { dryRun, Hold(build), Lift(build) };
        retention.SetAction((parse, cancellation) => OneOff.RunAsync(
            build, parse, (services, token) => RunAsync(services, parse.GetValue(dryRun), token), cancellation));
        return retention;
    }

    private static Command Hold(Func<WebApplicationBuilder, WebApplication> build)
    {
        var (session, organisation) = What();
        var reason = new Option<string>("--reason") { Required = true, Description = $"Why; at most {RetentionHold.LongestReason} characters." };
        reason.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>()?.Trim().Length is null or 0 or > RetentionHold.LongestReason)
            {
                result.AddError($"--reason takes 1 to {RetentionHold.LongestReason} characters.");
            }
        });
        var hold = OneOf(new Command("hold", "Stops all deletion for one session, or with --organisation for a whole school.") { session, organisation, reason }, session, organisation);
        hold.SetAction((parse, cancellation) => OneOff.RunAsync(
            build,
            parse,
            async (services, token) =>
            {
                await services.OpenDatabaseAsync(token);
                var why = parse.GetRequiredValue(reason).Trim();
                if (parse.GetValue(organisation) is { } slug)
                {
                    await services.GetRequiredService<Holds>().HoldSchoolAsync(services.Organisation(slug).Id, why, token);
                }
                else if (!await services.GetRequiredService<HoldSession>().HoldAsync(parse.GetValue(session)!.Value, why, token))
                {
                    throw new StartException("There is no such session.");
                }

                Console.WriteLine("Held. Nothing of it is deleted until retention lift.");
                return 0;
            },
            cancellation));
        return hold;
    }

    private static Command Lift(Func<WebApplicationBuilder, WebApplication> build)
    {
        var (session, organisation) = What();
        var lift = OneOf(new Command("lift", "Ends the holds of one session, or with --organisation that of a whole school.") { session, organisation }, session, organisation);
        lift.SetAction((parse, cancellation) => OneOff.RunAsync(
            build,
            parse,
            async (services, token) =>
            {
                await services.OpenDatabaseAsync(token);
                var lifted = parse.GetValue(organisation) is { } slug
                    ? await services.GetRequiredService<Holds>().LiftSchoolAsync(services.Organisation(slug).Id, token)
                    : await services.GetRequiredService<HoldSession>().LiftAsync(parse.GetValue(session)!.Value, token);
                Console.WriteLine(lifted ? "Lifted. What is old enough goes in the coming night." : "It was not held.");
                return 0;
            },
            cancellation));
        return lift;
    }

    private static (Argument<Guid?> Session, Option<string?> Organisation) What() => (
        new Argument<Guid?>("SESSION") { Arity = ArgumentArity.ZeroOrOne, Description = "The session's id, as its address shows it." },
        new Option<string?>("--organisation") { Description = "The school's slug: all of it instead of one session." });

    private static Command OneOf(Command command, Argument<Guid?> session, Option<string?> organisation)
    {
        command.Validators.Add(result =>
        {
            if (result.GetResult(session) is { Tokens.Count: > 0 } == result.GetResult(organisation) is not null)
            {
                result.AddError($"retention {command.Name} takes a session's id, or --organisation.");
            }
        });
        return command;
    }

    private static async Task<int> RunAsync(IServiceProvider services, bool dryRun, CancellationToken cancellation)
    {
        await services.OpenDatabaseAsync(cancellation);
        var pass = services.GetRequiredService<RetentionPass>();
        var now = services.GetRequiredService<TimeProvider>().Now();
        Console.WriteLine(dryRun ? "school                    would go                  kept, days       rows" : "school                    deleted                   kept, days       rows");
        foreach (var school in services.GetRequiredService<OrganisationDirectory>().All.OrderBy(o => o.Slug, StringComparer.Ordinal))
        {
            var due = dryRun ? await pass.LookAsync(school.Id, now, cancellation) : await pass.RunAsync(school.Id, cancellation);
            foreach (var kind in due)
            {
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{school.Slug,-25} {kind.Kind,-25} {kind.Keep.TotalDays,10:0} {kind.Rows,10}"));
            }
        }

        return 0;
    }
}
