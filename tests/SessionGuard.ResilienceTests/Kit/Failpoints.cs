using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace SessionGuard.ResilienceTests.Kit;

/// <summary>Named points at which a process can be ended.</summary>
internal static partial class Failpoints
{
    private const string Server = "Microsoft.AspNetCore", Client = "HttpHandlerDiagnosticListener", Ef = "Microsoft.EntityFrameworkCore";
    private const string Taken = "Microsoft.AspNetCore.Hosting.HttpRequestIn.Start";
    private const string Asks = "System.Net.Http.HttpRequestOut.Start", Asked = "System.Net.Http.HttpRequestOut.Stop";

    /// <summary>On the way of one meeting from its delivery to the mail about its repair, in that order.</summary>
    public static IReadOnlyList<FailpointPlace> OfAMeeting { get; } =
    [
        new ListenedPlace("delivery-taken", Server, Taken, payload => payload is HttpContext { Request.Path.Value: ['/', 'w', 'e', 'b', 'h', ..] }),
        new MeasuredPlace("delivery-stored", "sessionguard.webhooks.answers", "Stored"),
        After("inbox-claimed", "UPDATE inbox_messages SET leased_until"),
        Before("facts-written", "UPDATE inbox_messages (?:(?!WHERE).)* state ="),
        After("inbox-marked", "UPDATE inbox_messages (?:(?!WHERE).)* state ="),
        After("meeting-claimed", "UPDATE meetings .*SET leased_until"),
        new ListenedPlace("zoom-read", Client, Asked, payload => Is(payload, "GET", "/v2/meetings/")),
        Before("ledger-appending", "INSERT INTO ledger_entries"),
        new ListenedPlace("zoom-change-asked", Client, Asks, payload => Is(payload, "PATCH", "/v2/meetings/")),
        new ListenedPlace("zoom-changed", Client, Asked, payload => Is(payload, "PATCH", "/v2/meetings/")),
        After("mail-queued", "INSERT INTO outbox_messages"),
        After("mail-claimed", "UPDATE outbox_messages SET leased_until"),
        Before("mail-taken", "UPDATE outbox_messages (?:(?!WHERE).)* state ="),
        After("mail-marked", "UPDATE outbox_messages (?:(?!WHERE).)* state ="),
    ];

    /// <summary>In the middle of a job that works through many rows in batches; each is passed once or more for each batch.</summary>
    public static IReadOnlyList<FailpointPlace> OfJobs { get; } =
    [
        After("purge-told", "INSERT INTO ledger_entries"),
        Before("batch-purging", "DELETE FROM (?!node)"),
        After("batch-purged", "DELETE FROM (?!node)"),
        After("lessons-claimed", "UPDATE sessions SET judge_leased_until"),
        Before("lessons-judged", "INSERT INTO rule_records"),
        After("lessons-marked", "UPDATE sessions .*judge_due_at = CASE"),
    ];

    public static FailpointPlace Of(string name) => OfAMeeting.Concat(OfJobs).Single(p => p.Name == name);

    private static ListenedPlace Before(string name, string command) => At(name, RelationalEventId.CommandExecuting.Name!, command);

    private static ListenedPlace After(string name, string command) => At(name, RelationalEventId.CommandExecuted.Name!, command);

    private static ListenedPlace At(string name, string moment, string command) => new(name, Ef, moment,
        payload => payload is CommandEventData { Command: DbCommand sent } && Regex.IsMatch(Flat().Replace(sent.CommandText, " ").Replace("\"", ""), command));

    private static bool Is(object? payload, string method, string path) =>
        payload?.GetType().GetProperty("Request")?.GetValue(payload) is HttpRequestMessage request
        && request.Method.Method == method && request.RequestUri!.AbsolutePath.StartsWith(path, StringComparison.Ordinal);

    /// <summary>Engines break and quote their commands differently.</summary>
    [GeneratedRegex(@"\s+")]
    private static partial Regex Flat();
}
