using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;
using SessionGuard.School.Staff;

namespace SessionGuard.Surfaces.Commands;

/// <summary><c>token</c>: prints a bearer token for the API, alone on the last line of standard output.</summary>
internal static class TokenCommand
{
    private const int MostHours = 24 * 366;

    public static Command Create(Func<WebApplicationBuilder, WebApplication> build)
    {
        var organisation = new Option<string>("--organisation") { Required = true, Description = "The school's slug." };
        var role = new Option<Role>("--role") { Required = true, Description = "What the token may do." };
        var account = new Option<string?>("--account") { Description = "E-mail address of the account it stands for. A teacher's token needs it to see that teacher's sessions." };
        var hours = new Option<int>("--hours") { DefaultValueFactory = _ => 1, Description = "How long it is good for; 1 by default." };
        hours.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > MostHours)
            {
                result.AddError($"--hours takes a number from 1 to {MostHours}.");
            }
        });

        var command = new Command("token", "Prints a signed JWT for the API.") { organisation, role, account, hours };
        command.SetAction((parse, cancellation) => OneOff.RunAsync(
            build,
            parse,
            (services, token) => IssueAsync(
                services, parse.GetRequiredValue(organisation), parse.GetRequiredValue(role), parse.GetValue(account), parse.GetValue(hours), token),
            cancellation));
        return command;
    }

    private static async Task<int> IssueAsync(
        IServiceProvider services, string slug, Role role, string? email, int hours, CancellationToken cancellation)
    {
        await services.OpenDatabaseAsync(cancellation);
        var organisation = services.Organisation(slug);
        var viewer = new Viewer(await AccountAsync(services, organisation.Id, email, role, cancellation), organisation.Id, role);
        if (viewer.AccountId == Guid.Empty && role is Role.Teacher)
        {
            await Console.Error.WriteLineAsync("This token stands for no account, so it sees no sessions: a teacher sees only their own. Add --account ADDRESS.");
        }

        Console.WriteLine(services.GetRequiredService<Tokens>().Issue(viewer, TimeSpan.FromHours(hours)));
        return 0;
    }

    private static async Task<Guid> AccountAsync(IServiceProvider services, Guid organisationId, string? email, Role role, CancellationToken cancellation)
    {
        if (email is null)
        {
            return Guid.Empty;
        }

        var account = await services.GetRequiredService<SessionGuardDb>().AccountsAt(email)
            .FirstOrDefaultAsync(a => a.OrganisationId == organisationId && a.ClosedAt == null, cancellation);
        return account?.Role == role
            ? account.Id
            : throw new StartException("This organisation has no open account with that address and role.");
    }
}
