using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;
using SessionGuard.Platform.Text;
using SessionGuard.Safeguarding.Families;
using SessionGuard.School.Staff;

namespace SessionGuard.Demo;

/// <summary>Starts stories and shows how they go. Outside the demo there is no such page.</summary>
internal sealed class DemoPage(
    IServiceProvider services, OrganisationDirectory directory, SessionGuardDb db, OrganisationScope scope, JoinAddresses addresses,
    FamilyLinks familyLinks, SignInManager<Account> signIn, TimeProvider clock) : PageModel
{
    public Director Director { get; private set; } = null!;

    public KnownOrganisation Stage => directory.BySlug(DemoSchool.Slug)!;

    public LocalTime Time => new(Stage.TimeZone, clock.Now());

    /// <summary>Of the class that was scheduled last; null before there is one.</summary>
    public Uri? FamiliesAddress { get; private set; }

    /// <summary>Of the same class, where families have their own; none before they are asked.</summary>
    public IReadOnlyList<FamilyWay> FamilyLinks { get; private set; } = [];

    public static IReadOnlyList<(Watched Who, string Name)> Windows { get; } =
        [(Watched.Teacher, "Alex, who teaches"), (Watched.Family, "A family’s telephone"), (Watched.Lead, "Robin, safeguarding lead")];

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (services.GetService<Director>() is { } director)
        {
            Director = director;
            scope.Narrow(Stage.Id);
        }
        else
        {
            context.Result = NotFound();
        }
    }

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        if (await db.Set<ClassSeries>().AsNoTracking().OrderByDescending(s => s.CreatedAt).FirstOrDefaultAsync(cancellation) is { } series)
        {
            FamiliesAddress = addresses.CreateAddress(series);
            FamilyLinks = await FamilyWay.FindWaysAsync(db, familyLinks, series.Id, cancellation);
        }
    }

    public IActionResult OnPostPlay(string story)
    {
        Director.Begin(DemoStories.GetStory(story));
        return Redirect("/demo");
    }

    public async Task<IActionResult> OnPostSignInAsync(string email, CancellationToken cancellation)
    {
        if (await db.AccountsAt(email).SingleOrDefaultAsync(cancellation) is not { } account)
        {
            return NotFound();
        }

        await signIn.SignInAsync(account, isPersistent: false);
        return Redirect("/");
    }

    /// <summary>The story in figures.</summary>
    public static string Words(StorySummary ending) =>
        $"Asked by mail: {ending.Asks}. Answers: {ending.Answers}. Settings put right: {ending.Repairs}. Flags: {ending.Flags.Count}.";

    public static string Words(Role role) => role switch
    {
        Role.Teacher => "teacher",
        Role.Lead => "safeguarding lead",
        Role.Deputy => "deputy lead",
        Role.Admin => "admin",
    };
}
