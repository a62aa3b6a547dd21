using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Platform.Mail;

/// <summary>Letters to write, and what became of them.</summary>
internal static class Letters
{
    public static readonly MailPurpose Purpose = MailPurpose.Declare("test", "A test was not told.");

    public static Letter To(App app, string address) => new()
    {
        OrganisationId = app.School.Id,
        SchoolName = app.School.Name,
        To = address,
        Purpose = Purpose,
        Subject = "Tuesday ballet: will an adult be there?",
        FirstLine = "Will an adult be with Maya on Tuesday at 5.00pm?",
        Paragraphs = ["It takes one tap.", "If nobody can come, tell us too: then we look for another way."],
        Button = new LetterButton("Open to answer", new Uri("https://lessons.alder.example/c/abc?x=1&y=2")),
        WhyYouGetThis = "You get this because Maya is in Tuesday ballet.",
        Contact = "Questions? Ring Robin Lead on 01632 960 001.",
    };

    public static async Task QueueAsync(this App app, params IEnumerable<Letter> letters)
    {
        await using var scope = app.Services.GetRequiredService<IServiceScopeFactory>().CreateServiceScope();
        foreach (var letter in letters)
        {
            Assert.True(await scope.ServiceProvider.GetRequiredService<Outbox>().QueueAsync(letter, CancellationToken.None));
        }

        await scope.ServiceProvider.GetRequiredService<SessionGuardDb>().SaveChangesAsync();
    }

    public static Task<List<OutboxMessage>> OutboxAsync(this App app) =>
        app.ReadAsync(db => db.Set<OutboxMessage>().AsNoTracking().OrderBy(m => m.Id).ToListAsync());
}
