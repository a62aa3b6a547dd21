using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.WebUtilities;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Text;

namespace SessionGuard.Platform.Http;

/// <summary>What a failed request gets: a page for people, problem details for machines, and no internals for either.</summary>
internal sealed partial class ErrorAnswer(IProblemDetailsService problems, ILogger<ErrorAnswer> logger)
{
    private static readonly PathString[] Machines = ["/api", "/webhooks", "/health", "/metrics", "/openapi"];

    /// <summary>The number people quote when they ask for help; the log has it too.</summary>
    public static string GetReference(HttpContext context) => Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;

    /// <summary>The status of a request that ended in <paramref name="failure"/>.</summary>
    public static int GetStatus(Exception failure) => failure switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        _ when DatabaseFault.IsConflict(failure) => StatusCodes.Status409Conflict,
        _ when DatabaseFault.IsUnavailable(failure) => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    public async Task WriteAsync(HttpContext context)
    {
        if (context.Features.Get<IExceptionHandlerFeature>()?.Error is { } failure)
        {
            LogFailure(GetReference(context), context.Response.StatusCode, FailureText.DescribeFailure(failure));
        }

        if (IsForMachines(context.Request))
        {
            await WriteProblemAsync(context);
        }
        else
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            await context.Response.WriteAsync(ErrorPage.Html(context.Response.StatusCode, GetReference(context)[..8]), context.RequestAborted);
        }
    }

    private static bool IsForMachines(HttpRequest request) =>
        Machines.Any(machine => request.Path.StartsWithSegments(machine, StringComparison.OrdinalIgnoreCase));

    private async Task WriteProblemAsync(HttpContext context)
    {
        var status = context.Response.StatusCode;
        await problems.TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = context,
            ProblemDetails = { Status = status, Title = GetTitle(status) },
        });
    }

    private static string GetTitle(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "The request could not be understood.",
        StatusCodes.Status401Unauthorized => "A valid bearer token is needed.",
        StatusCodes.Status403Forbidden => "This role may not do that.",
        StatusCodes.Status404NotFound => "There is nothing here.",
        StatusCodes.Status405MethodNotAllowed => "This address does not take that method.",
        StatusCodes.Status409Conflict => "Somebody else changed the same thing at the same moment. Look at it again, then repeat.",
        StatusCodes.Status421MisdirectedRequest => "The service does not answer to that name: see PublicUrl and Web:OtherHosts.",
        StatusCodes.Status429TooManyRequests => "Too many requests from one place. Try again in a minute.",
        StatusCodes.Status500InternalServerError => "Something went wrong on our side.",
        StatusCodes.Status503ServiceUnavailable => "The service is busy or its database does not answer. Try again soon.",
        _ => ReasonPhrases.GetReasonPhrase(status),
    };

    [LoggerMessage(EventId = 1101, Level = LogLevel.Error, Message = "Request {Reference} ended with {Status}: {Failure}")]
    private partial void LogFailure(string reference, int status, string failure);
}
