using System.CommandLine;
using Microsoft.Extensions.Options;
using SessionGuard.Accounts;
using SessionGuard.Ledger;
using SessionGuard.Mail;
using SessionGuard.Storage;

namespace SessionGuard.Commands;

/// <summary><c>account add</c>: lets a member of staff sign in; for the first admin, and where nobody can sign in any more.</summary>
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
        return new Command("account", "Staff accounts.") { add };
    }

    private static async Task<int> AddAsync(
        IServiceProvider services, string slug, string email, string name, Role role, CancellationToken cancellation)
    {
        await services.OpenDatabaseAsync(cancellation);
        var organisation = services.Organisation(slug);
        var db = services.GetRequiredService<SessionGuardDb>();
        var account = await services.GetRequiredService<StaffAccounts>().EnsureAsync(organisation.Id, email, name, role, cancellation);
        var now = services.GetRequiredService<TimeProvider>().Now();
        db.Record(new LedgerNote(organisation.Id, now, "operator", "account.added", $"account:{account.Id}", new { role = role.ToString() }));
        await db.SaveChangesAsync(cancellation);
        var address = services.GetRequiredService<IOptions<ServiceOptions>>().Value.PublicUrl.TrimEnd('/');
        Console.WriteLine($"{email} is {role} of {slug} and signs in at {address}/sign-in.");
        return 0;
    }
}
