using System.CommandLine;
using Microsoft.Extensions.Options;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;
using SessionGuard.School.Staff;

namespace SessionGuard.Surfaces.Commands;

/// <summary>
/// <c>account add</c>: lets a member of staff sign in; for the first admin, and where nobody can sign in any more. <c>account close</c>: lets
/// them sign in no more.
/// </summary>
internal static class AccountCommand
{
    public static Command Create(Func<WebApplicationBuilder, WebApplication> build)
    {
        var organisation = new Option<string>("--organisation") { Required = true, Description = "The school's slug." };
        var email = new Option<string>("--email") { Required = true, Description = "The address that sign-in links go to." };
        var name = new Option<string>("--name") { Required = true, Description = "What colleagues call them." };
        var role = new Option<Role>("--role") { Required = true, Description = "What they may do." };
        email.Validators.Add(result =>
        {
            if (Mailbox.Parse(result.GetValueOrDefault<string>() ?? "") is null)
            {
                result.AddError("--email takes a bare mail address, such as robin@school.example.");
            }
        });
        var add = new Command("add", "Opens an account, or gives the one at this address the name and role.") { organisation, email, name, role };
        add.SetAction((parse, cancellation) => OneOff.RunAsync(
            build,
            parse,
            (services, token) => AddAsync(
                services,
                parse.GetRequiredValue(organisation),
                parse.GetRequiredValue(email),
                parse.GetRequiredValue(name),
                parse.GetRequiredValue(role),
                token),
            cancellation));
        var close = new Command("close", "Closes an account: its owner is refused from their next request on.") { organisation, email };
        close.SetAction((parse, cancellation) => OneOff.RunAsync(
            build,
            parse,
            (services, token) => CloseAsync(services, parse.GetRequiredValue(organisation), parse.GetRequiredValue(email), token),
            cancellation));
        return new Command("account", "Staff accounts.") { add, close };
    }

    private static async Task<int> AddAsync(
        IServiceProvider services, string slug, string email, string name, Role role, CancellationToken cancellation)
    {
        await services.OpenDatabaseAsync(cancellation);
        var organisation = services.Organisation(slug);
        var db = services.GetRequiredService<SessionGuardDb>();
        var account = await services.GetRequiredService<StaffAccounts>().EnsureAsync(organisation.Id, email, name, role, cancellation);
        account.ClosedAt = null;
        var now = services.GetRequiredService<TimeProvider>().Now();
        db.Record(new LedgerNote(organisation.Id, now, LedgerName.Operator, AccountActions.Added, LedgerName.Account(account.Id), new { role = role.ToString() }));
        await db.SaveChangesAsync(cancellation);
        var address = services.GetRequiredService<IOptions<ServiceOptions>>().Value.PublicUrl.TrimEnd('/');
        Console.WriteLine($"{email} is {role} of {slug} and signs in at {address}/sign-in.");
        return 0;
    }

    private static async Task<int> CloseAsync(IServiceProvider services, string slug, string email, CancellationToken cancellation)
    {
        await services.OpenDatabaseAsync(cancellation);
        var organisation = services.Organisation(slug);
        var db = services.GetRequiredService<SessionGuardDb>();
        if (await services.GetRequiredService<StaffAccounts>().CloseAsync(organisation.Id, email, cancellation) is not { } account)
        {
            throw new StartException($"{slug} has no open account at {email}.");
        }

        db.Record(new LedgerNote(
            organisation.Id, services.GetRequiredService<TimeProvider>().Now(), LedgerName.Operator, AccountActions.Closed, LedgerName.Account(account.Id), new { }));
        await db.SaveChangesAsync(cancellation);
        Console.WriteLine($"{email} is closed: from their next request on they are refused.");
        if (organisation.Lead is { } lead && StaffAccounts.Normalize(lead.Email) == account.NormalizedEmail)
        {
            Console.WriteLine($"They are still the safeguarding lead of {slug}, whom families ring and flags are mailed to: name another in Organisations.");
        }

        return 0;
    }
}
