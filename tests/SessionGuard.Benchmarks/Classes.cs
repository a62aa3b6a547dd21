namespace SessionGuard.Benchmarks;

/// <summary>Classes that are taught over Zoom, each with its children and one carer for each child.</summary>
/// <param name="first">The number of the first class: several sets share a database.</param>
internal sealed class Classes(Rows rows, Guid school, int first, int count, int children)
{
    private const int MostChildren = 100;
    private const int MostSessions = 10_000;
    private const string Settings =
        """{"AutoRecording":"none","JoinBeforeHost":false,"Passcode":"Strong","Registration":true,"RequiresSignIn":false,"UsesPersonalMeetingId":false,"WaitingRoom":true}""";

    private readonly string _made = rows.At(DateTimeOffset.UtcNow.AddDays(-400));
    private readonly string _school = rows.Id(school);

    public async Task MakeAsync()
    {
        var number = $"({first} + n)";
        await rows.MakeAsync("class_series", count,
            ("id", Series(number)), ("organisation_id", _school), ("name", rows.Sealed("Tap")), ("origin", "'Planned'"),
            ("join_code_hash", rows.Bytes($"('class ' || {number})")), ("join_code_version", "1"), ("presence_mode", "'InRoom'"), ("gate", rows.No),
            ("created_at", _made));
        await rows.MakeAsync("meetings", count,
            ("id", Meeting(number)), ("organisation_id", _school), ("zoom_meeting_id", $"80000000000 + {number}"), ("series_id", Series(number)),
            ("host_zoom_id", $"('host-' || {number})"), ("topic", rows.Sealed("Tap")), ("type", "8"), ("minutes", "60"),
            ("schedule_source", "'Fetched'"), ("schedule_as_of", _made), ("failed_checks", "0"), ("version", "1"));
        await rows.MakeAsync("settings_snapshots", count,
            ("id", rows.Id("00000003", number)), ("organisation_id", _school), ("meeting_id", Meeting(number)), ("taken_at", _made),
            ("settings", rows.Json(Settings)));
        await FamiliesAsync();
    }

    /// <param name="from">Number of the first session of each class.</param>
    /// <param name="start">When that one starts; those after it lie an hour earlier each.</param>
    public Task SessionsAsync(int from, int each, string status, DateTimeOffset start)
    {
        var (own, number, before) = ($"({first} + n / {each})", $"({from} + n % {each})", $"-(n % {each}) * 3600000");
        return rows.MakeAsync("sessions", count * each,
            ("id", Session(own, number)), ("organisation_id", _school), ("meeting_id", Meeting(own)), ("series_id", Series(own)),
            ("occurrence_key", $"('date-' || {number})"), ("topic", rows.Sealed("Tap")), ("start", rows.At(start, before)),
            ("end", rows.At(start.AddMinutes(50), before)), ("planned", rows.Yes), ("called_off", rows.No), ("time_version", "1"),
            ("status", $"'{status}'"), ("version", "1"));
    }

    public string Series(string number) => rows.Id("00000001", number);

    public string Session(string own, string number) => rows.Id("00000004", $"{own} * {MostSessions} + {number}");

    public string Child(string own, string number) => rows.Id("00000005", PersonOf(own, number));

    public string Carer(string own, string number) => rows.Id("00000006", PersonOf(own, number));

    /// <summary>What a child's place is known by in Zoom.</summary>
    public static string Registrant(string own, string number) => $"('r-' || ({PersonOf(own, number)}))";

    private static string PersonOf(string own, string number) => $"{own} * {MostChildren} + {number}";

    private string Meeting(string number) => rows.Id("00000002", number);

    private async Task FamiliesAsync()
    {
        var (own, number, all) = ($"({first} + n / {children})", $"(n % {children})", count * children);
        await rows.MakeAsync("people", all,
            ("id", Child(own, number)), ("organisation_id", _school), ("kind", "'Child'"), ("name", rows.Sealed("Poppy Reed")),
            ("created_at", _made), ("version", "1"));
        await rows.MakeAsync("people", all,
            ("id", Carer(own, number)), ("organisation_id", _school), ("kind", "'Carer'"), ("name", rows.Sealed("Sam Reed")),
            ("email", rows.Sealed("sam@families.example")), ("created_at", _made), ("version", "1"));
        await rows.MakeAsync("carerships", all,
            ("id", rows.Id("00000007", PersonOf(own, number))), ("organisation_id", _school), ("carer_id", Carer(own, number)),
            ("child_id", Child(own, number)), ("is_primary", rows.Yes), ("do_not_contact", rows.No), ("not_authorised", rows.No));
        await rows.MakeAsync("seats", all,
            ("id", rows.Id("00000008", PersonOf(own, number))), ("organisation_id", _school), ("series_id", Series(own)), ("kind", "'Child'"),
            ("person_id", Child(own, number)), ("screen_name", rows.Sealed("Poppy")), ("registrant_id", Registrant(own, number)),
            ("meeting_id", Meeting(own)), ("generation", "1"), ("state", "'Linked'"), ("failures", "0"), ("created_at", _made), ("version", "1"));
    }
}
