using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using SessionGuard.Platform.Text;
using SessionGuard.Rules;
using SessionGuard.Safeguarding.Overview;
using SessionGuard.School.Staff;

namespace SessionGuard.Surfaces.Class;

/// <summary>Who was in a class when, as a file for a spreadsheet: one row for each stretch, and one for each child who was not seen.</summary>
internal sealed partial class AttendanceFile(
    SessionQueries sessions, WhoWasThere whoWasThere, LocalTime time, Viewer viewer, ILogger<AttendanceFile> logger)
{
    private static readonly string[] Head = ["Who", "Kind", "Where", "From", "To", "Minutes"];

    /// <returns>Null: there is no such session, or not for this viewer.</returns>
    public async Task<FileContentHttpResult?> CreateFileAsync(Guid sessionId, CancellationToken cancellation)
    {
        if (await sessions.FindAsync(sessionId, cancellation) is not { } view)
        {
            return null;
        }

        var seen = await whoWasThere.GetSeenAsync(view, cancellation);
        var missed = view.Children.Where(c => seen.All(s => s.SeatId != c.Place.Seat.Id));
        IReadOnlyList<string>[] rows = [Head, .. seen.Select(GetRow), .. missed.Select(c => (string[])[c.Name, GetKind(SeatKind.Child), "not seen", "", "", ""])];
        LogTaken(sessionId, viewer.AccountId, rows.Length - 1);
        // No name of a class or a child in the name: files lie about.
        var day = time.GetDay(view.Session.Start).ToString("O", CultureInfo.InvariantCulture);
        return TypedResults.File(CsvText.Write(rows), "text/csv; charset=utf-8", $"attendance-{day}.csv");
    }

    private string[] GetRow(Seen seen) =>
    [
        seen.Title,
        GetKind(seen.Kind),
        Seen.Words(seen.Where),
        time.Stamp(seen.Join),
        seen.Leave is { } leave ? time.Stamp(leave) : "",
        seen.Leave is { } left ? Math.Round((left - seen.Join).TotalMinutes, 1).ToString(CultureInfo.InvariantCulture) : "",
    ];

    private static string GetKind(SeatKind? kind) => kind switch
    {
        SeatKind.Child => "child",
        SeatKind.AdultStudent => "adult student",
        SeatKind.SupportingAdult => "supporting adult",
        SeatKind.Staff => "staff",
        null => "not known",
    };

    [LoggerMessage(EventId = 1801, Level = LogLevel.Information, Message = "Account {AccountId} took out the attendance of session {SessionId}, {Rows} rows.")]
    private partial void LogTaken(Guid sessionId, Guid accountId, int rows);
}
