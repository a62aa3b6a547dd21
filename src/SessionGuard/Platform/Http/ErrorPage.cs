using System.Net;

namespace SessionGuard.Platform.Http;

/// <summary>
/// The page for people whose request failed: what happened, what was kept, what to do. It is plain text in one file because it must
/// work when the database, the session or the layout is what failed.
/// </summary>
internal static class ErrorPage
{
    public static string Html(int status, string reference)
    {
        var (title, happened, kept, todo) = Words(status);
        return $"""
            <!DOCTYPE html>
            <html lang="en-GB">
            <head>
              <meta charset="utf-8">
              <title>{title} – SessionGuard</title>
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <meta name="color-scheme" content="light dark">
              <link rel="icon" href="/icon.svg" type="image/svg+xml">
              <link rel="stylesheet" href="/site.css">
            </head>
            <body>
              <header class="bar"><div class="bar-in"><a class="school" href="/">SessionGuard</a></div></header>
              <main id="main" class="page">
                <h1>{title}</h1>
                <p>{happened}</p>
                <p>{kept}</p>
                <p>{todo}</p>
                <p><a class="button" href="/">Go to the first page</a></p>
                <p class="soft small">If you ask for help, give this number: <span class="num">{WebUtility.HtmlEncode(reference)}</span></p>
              </main>
              <footer class="foot"><div class="foot-in"><p>Is a child in danger now? Ring 999, then your safeguarding lead.</p></div></footer>
            </body>
            </html>
            """;
    }

    private static (string Title, string Happened, string Kept, string ToDo) Words(int status) => status switch
    {
        StatusCodes.Status400BadRequest => (
            "That did not reach us whole",
            "The page you sent was open for too long, or part of it was missing.",
            "Nothing was changed.",
            "Go back, load the page again and send it once more."),
        StatusCodes.Status403Forbidden => (
            "This page is not part of your role",
            "You are signed in, and this page belongs to another role in your school.",
            "Nothing was changed.",
            "If you think you should see it, ask the person who looks after accounts at your school."),
        StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed => (
            "We cannot find that page",
            "The address may be mistyped or out of date, or what it led to may belong to somebody else.",
            "Nothing was changed.",
            "Start from the first page. If a link in a mail brought you here, tell your school."),
        StatusCodes.Status409Conflict => (
            "Somebody else was faster",
            "The same thing was changed by somebody else at the same moment.",
            "Their change was kept, yours was not.",
            "Go back, look at it again, then repeat what you still need."),
        StatusCodes.Status421MisdirectedRequest => (
            "This is not our address",
            "SessionGuard was asked for under a name that is not its own.",
            "Nothing was changed.",
            "Use the address that your school gave you. Whoever runs the service finds its names under PublicUrl and Web:OtherHosts."),
        StatusCodes.Status429TooManyRequests => (
            "Too many tries",
            "We stopped taking requests from here for a short while.",
            "Nothing was changed.",
            "Wait a few minutes, then try again."),
        StatusCodes.Status503ServiceUnavailable => (
            "We cannot answer just now",
            "SessionGuard is starting, or it cannot reach its records.",
            "What was saved before is safe. What you sent just now was not kept.",
            "Wait a minute, then try again. Your classes on Zoom go on without us."),
        _ => (
            "Something went wrong on our side",
            "The fault is ours, not yours, and it has been written down.",
            "What was saved before is safe. What you sent just now may not have been kept.",
            "Go back and check, then try again. Your classes on Zoom go on without us."),
    };
}
