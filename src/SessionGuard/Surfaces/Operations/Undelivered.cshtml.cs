using Microsoft.AspNetCore.Mvc.RazorPages;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Surfaces.Operations;

/// <summary>The mails that were given up, so that the office can ring instead or put an address right.</summary>
internal sealed class UndeliveredModel(UndeliveredMail mails, MailPurposes purposes) : PageModel
{
    private const int PageSize = 50;

    public IReadOnlyList<Undelivered> Items { get; private set; } = [];

    public string? Next { get; private set; }

    public async Task OnGetAsync(Guid? after, CancellationToken cancellation)
    {
        var page = await mails.ListAsync(after, PageSize, cancellation);
        Items = page.Items;
        Next = page.Next;
    }

    public string Title(Undelivered mail) => purposes.DescribeUndelivered(mail.Purpose);
}
