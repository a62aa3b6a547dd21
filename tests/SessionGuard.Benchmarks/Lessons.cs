namespace SessionGuard.Benchmarks;

/// <summary>Lessons that took place: one run of the meeting each, the comings and goings, and what the carers said.</summary>
/// <param name="events">How many comings and goings each has: a teacher's and the children's, in turn, several times over.</param>
internal sealed class Lessons(Rows rows, Guid school, Classes classes, int first, int count, int children, int each, int events)
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(50);
    private readonly string _school = rows.Id(school);

    /// <param name="start">When the newest starts; the others lie an hour earlier each.</param>
    public async Task MakeAsync(DateTimeOffset start)
    {
        await classes.SessionsAsync(0, each, "Ended", start);
        await RunsAsync(start);
        await EventsAsync(start);
        await WordsAsync(start);
    }

    private Task RunsAsync(DateTimeOffset start)
    {
        var (own, number, before) = ($"({first} + n / {each})", $"(n % {each})", $"-(n % {each}) * 3600000");
        return rows.MakeAsync("meeting_instances", count * each,
            ("id", rows.Id("00000009", $"{first * 10_000L} + n")), ("organisation_id", _school), ("meeting_id", rows.Id("00000002", own)),
            ("uuid", Run(own, number)), ("started_at", rows.At(start, before)), ("ended_at", rows.At(start + Length, before)),
            ("first_heard_at", rows.At(start, before)), ("session_id", classes.Session(own, number)), ("report", "'Agrees'"),
            ("report_failures", "0"), ("version", "1"));
    }

    /// <summary>Event 2k is the coming and event 2k + 1 the going of the same connection; person 0 is the teacher.</summary>
    private Task EventsAsync(DateTimeOffset start)
    {
        var people = children + 1;
        var times = (events + (2 * people) - 1) / (2 * people);
        var stay = (int)Length.TotalMilliseconds / times;
        var (own, number) = ($"({first} + n / {events} / {each})", $"(n / {events} % {each})");
        var (time, person) = ($"(n % {events} / 2 / {people})", $"(n % {events} / 2 % {people})");
        var at = $"-{number} * 3600000 + {time} * {stay} + (n % 2) * {stay - 5000}";
        return rows.MakeAsync("participant_events", count * each * events,
            ("id", rows.Id("0000000A", $"{first * 10_000_000L} + n")), ("organisation_id", _school), ("instance_uuid", Run(own, number)),
            ("kind", "CASE n % 2 WHEN 0 THEN 'Joined' ELSE 'Left' END"), ("source", "'Told'"), ("at", rows.At(start, at)),
            ("connection_id", $"('c-' || {person} || '-' || {time})"), ("participant_uuid", $"('p-' || {person} || '-' || {time})"),
            ("registrant_id", $"CASE {person} WHEN 0 THEN NULL ELSE {Classes.Registrant(own, $"({person} - 1)")} END"),
            ("zoom_user_id", $"CASE {person} WHEN 0 THEN 'host-' || {own} END"), ("name", rows.Sealed("Poppy")));
    }

    private async Task WordsAsync(DateTimeOffset start)
    {
        var (own, number, child) = ($"({first} + n / {children} / {each})", $"(n / {children} % {each})", $"(n % {children})");
        var before = $"-{number} * 3600000";
        var (all, id) = (count * each * children, $"{first * 1_000_000L} + n");
        await rows.MakeAsync("answers", all,
            ("id", rows.Id("0000000B", id)), ("organisation_id", _school), ("session_id", classes.Session(own, number)), ("time_version", "1"),
            ("child_id", classes.Child(own, child)), ("carer_id", classes.Carer(own, child)), ("kind", "'Present'"), ("source", "'Page'"),
            ("at", rows.At(start.AddDays(-1), before)));
        await rows.MakeAsync("check_ins", all,
            ("id", rows.Id("0000000C", id)), ("organisation_id", _school), ("session_id", classes.Session(own, number)),
            ("child_id", classes.Child(own, child)), ("carer_id", classes.Carer(own, child)), ("on_seat_of_child_id", classes.Child(own, child)),
            ("at", rows.At(start, before)));
    }

    private static string Run(string own, string number) => $"('run-' || {own} || '-' || {number})";
}
