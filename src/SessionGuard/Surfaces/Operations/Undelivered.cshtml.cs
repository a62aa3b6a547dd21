using Microsoft.AspNetCore.Mvc.RazorPages;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Surfaces.Operations;

/// <summary>The mails that were given up, so that the office can ring instead or put an address right.</summary>
internal sealed class UndeliveredModel(UndeliveredMail mails) : PageModel
{
    private const int PageSize = 50;

    public IReadOnlyList<Undelivered> Items { get; private set; } = [];

    public Guid? Next { get; private set; }

    public async Task OnGetAsync(Guid? after, CancellationToken cancellation)
    {
        var page = await mails.ListAsync(after, PageSize, cancellation);
        (Items, Next) = (page.Items, page.Next);
    }

    public static string Title(Undelivered mail) => mail.Purpose switch
    {
        "ask" => "A family was not asked about a class",
        "student-reminder" => "A student was not told of a class",
        "flag" => "Somebody was not told of a flag",
        "digest" => "Somebody was not told what waits for them",
        "repair-note" => "A teacher was not told of a meeting’s settings",
        "sign-in" => "Somebody could not sign in",
        _ => "A mail did not arrive",
    };
}
