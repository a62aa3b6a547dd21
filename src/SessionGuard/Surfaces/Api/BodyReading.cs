using Microsoft.AspNetCore.Http.HttpResults;
using SessionGuard.Platform.Text;
using SessionGuard.Zoom.Client;

namespace SessionGuard.Surfaces.Api;

/// <summary>What is wrong with a body, or with Zoom, as an answer.</summary>
internal static class BodyReading
{
    public static ValidationProblem Problem(this ValidationErrors faults) =>
        TypedResults.ValidationProblem(faults.ToDictionary(), title: "Something in the request cannot be used.");

    /// <summary>503 for what passes by itself, 409 for what a person has to see to. Nothing was changed.</summary>
    public static ProblemHttpResult Problem(this ZoomFault fault) => TypedResults.Problem(
        title: fault.Failure switch
        {
            ZoomFailure.NotConnected => "The school’s Zoom account is not connected yet. Connect it first.",
            ZoomFailure.Held => "This service was restored from a backup, and calls Zoom only once an operator has confirmed it.",
            ZoomFailure.BudgetSpent => "Zoom takes only so many changes a day for each teacher, and today’s are used up. Try again tomorrow.",
            ZoomFailure.RateLimited => "Zoom asked us to wait. Nothing was changed; try again in a few minutes.",
            ZoomFailure.Unavailable => "Zoom does not answer. Nothing was changed; try again in a few minutes.",
            ZoomFailure.Refused => "Zoom does not let us do that. Ask whoever looks after the school’s Zoom account.",
            ZoomFailure.Invalid or ZoomFailure.NotFound => "Zoom did not accept it. Nothing was changed.",
        },
        detail: fault.Detail,
        statusCode: fault.Failure is ZoomFailure.RateLimited or ZoomFailure.Unavailable or ZoomFailure.Held ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status409Conflict);
}
