using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Text;
using SessionGuard.Rules;
using SessionGuard.Safeguarding.Flags;

namespace SessionGuard.Surfaces.Api;

/// <summary>What a list of flags can be asked for.</summary>
public sealed record FlagListRequest(
    [property: Description("with-teacher, open, explained, accepted, dismissed, concern or closed; without it, whatever is open.")] string? Status,
    [property: Description("critical, high, medium or low.")] string? Severity,
    [property: Description($"A rule's id, such as {UnsupervisedRoom.Id}.")] string? Rule,
    [property: Description("certain, likely or unsure.")] string? Certainty,
    [property: Description("The account of somebody who teaches the class.")] string? Teacher,
    string? Cursor,
    string? Limit) : ListRequest(Cursor, Limit);

internal static class FlagEndpoints
{
    public static async Task<Results<Ok<Page<FlagRecord>>, ValidationProblem>> ListAsync(
        [AsParameters] FlagListRequest request, FlagQueries flags, CancellationToken cancellation)
    {
        var reading = new QueryReading();
        var filter = new FlagFilter(
            Word<FlagStatus>(reading, request.Status, "status") is { } status ? [status] : null,
            Word<Severity>(reading, request.Severity, "severity"),
            reading.Read(request.Rule, "rule", t => RuleList.Find(t)?.Id, $"Use the id of a rule, such as {UnsupervisedRoom.Id}."),
            Word<Certainty>(reading, request.Certainty, "certainty"),
            reading.Read(request.Teacher, "teacher", t => Guid.TryParse(t, out var id) ? id : (Guid?)null, "Use the id of an account."));
        var after = reading.Read(request.Cursor, "cursor", FlagCursor.Parse, QueryReading.CursorHint);
        var limit = reading.Limit(request.Limit);
        if (reading.Faults.Count > 0)
        {
            return reading.Problem();
        }

        var page = await flags.ListAsync(filter, after, limit, cancellation);
        return TypedResults.Ok(page.With<FlagRecord>([.. page.Items.Select(FlagRecord.FromView)]));
    }

    public static async Task<Results<Ok<FlagRecord>, NotFound>> FindAsync(Guid id, FlagQueries flags, CancellationToken cancellation) =>
        await flags.FindAsync(id, cancellation) is { } view ? TypedResults.Ok(FlagRecord.FromView(view)) : TypedResults.NotFound();

    public static async Task<Results<NoContent, NotFound, ValidationProblem, ProblemHttpResult>> CloseAsync(
        Guid id, CloseFlagRequest request, CloseFlag close, CancellationToken cancellation)
    {
        // A word that is none is refused like one that only the service may use.
        var reason = Words.Parse<CloseReason>(request.Reason ?? "") ?? CloseReason.EvidenceChanged;
        var until = DateOnly.TryParseExact(request.Until, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : (DateOnly?)null;
        return await close.HandleAsync(id, reason, request.Note, until, cancellation) switch
        {
            CloseOutcome.Closed => TypedResults.NoContent(),
            CloseOutcome.NotThere => TypedResults.NotFound(),
            CloseOutcome.NotOpen => NotOpen(),
            CloseOutcome.OwnClass => TypedResults.Problem(title: "It is about a class of your own: another must decide.", statusCode: StatusCodes.Status403Forbidden),
            CloseOutcome.NoReason => Fault("reason", $"Use one of {string.Join(", ", Words.All<CloseReason>().Except([Words.ToWord(CloseReason.EvidenceChanged)]))}."),
            CloseOutcome.NoNote => Fault("note", $"Say why in 1 to {CloseFlag.LongestNote} characters."),
            CloseOutcome.NoDate => Fault("until", "Use a day from today to a year ahead, such as 2027-03-31."),
        };
    }

    public static async Task<Results<NoContent, NotFound, ValidationProblem, ProblemHttpResult>> ExplainAsync(
        Guid id, ExplainFlagRequest request, ExplainFlag explain, CancellationToken cancellation) =>
        await explain.HandleAsync(id, request.Text, cancellation) switch
        {
            ExplainOutcome.Explained => TypedResults.NoContent(),
            ExplainOutcome.NotThere => TypedResults.NotFound(),
            ExplainOutcome.NotOpen => NotOpen(),
            ExplainOutcome.NotALine => Fault("text", $"Use one line of 1 to {ExplainFlag.Longest} characters."),
        };

    private static T? Word<T>(QueryReading reading, string? text, string name)
        where T : struct, Enum => reading.Read(text, name, Words.Parse<T>, $"Use one of {string.Join(", ", Words.All<T>())}.");

    private static ProblemHttpResult NotOpen() =>
        TypedResults.Problem(title: "The flag is not open any more.", statusCode: StatusCodes.Status409Conflict);

    private static ValidationProblem Fault(string field, string hint) =>
        TypedResults.ValidationProblem(new Dictionary<string, string[]> { [field] = [hint] }, title: "A value cannot be used.");
}
