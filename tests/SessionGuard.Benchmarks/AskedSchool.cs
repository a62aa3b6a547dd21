using System.Diagnostics;
using SessionGuard.Safeguarding.Reminders;

namespace SessionGuard.Benchmarks;

/// <summary>A school of a thousand families with a past: asks long sent, asks for another day, and a thousand that can be made due.</summary>
internal sealed class AskedSchool : IAsyncDisposable
{
    public const int Due = 1000;
    private const int ClassCount = 100;
    private const int Children = 10;
    private const int AsksOfALesson = 3 * Children;

    private readonly Storage _storage;
    private readonly ServiceInside _service;

    private AskedSchool(Storage storage, ServiceInside service) => (_storage, _service) = (storage, service);

    public PlanWatch Plans => _service.Plans;

    /// <param name="rounds">How often a thousand others can be made due.</param>
    public static async Task<AskedSchool> MakeAsync(Storage storage, int asks, int rounds)
    {
        var school = new AskedSchool(storage, ServiceInside.Start(storage));
        await using var rows = await Rows.OpenAsync(storage, school._service);
        await school.SeedAsync(rows, Math.Max(0, asks - (Due * rounds)), Due * rounds);
        return school;
    }

    /// <summary>Asks the families of one round.</summary>
    /// <returns>Milliseconds.</returns>
    public async Task<double> AskAsync(int round)
    {
        await using (var rows = await Rows.OpenAsync(_storage))
        {
            await rows.ExecuteAsync($"UPDATE asks SET due_at = {rows.At(DateTimeOffset.UtcNow.AddMinutes(-1))} WHERE stage = 'ByHand' AND number = {round}");
        }

        var watch = Stopwatch.StartNew();
        await _service.DoAsync(async services =>
        {
            await services.GetRequiredService<SendRemindersJob>().RunAsync(default);
            return 0;
        });
        var taken = watch.Elapsed.TotalMilliseconds;
        var sent = await _storage.ReadAsync($"SELECT COUNT(*) FROM asks WHERE stage = 'ByHand' AND number = {round} AND state = 'Sent'");
        return sent == Due ? taken : throw new InvalidOperationException($"{sent} of {Due} families were asked.");
    }

    /// <summary>Makes one family due, for the running service.</summary>
    public static async Task AskOneAsync(Storage storage)
    {
        await using var rows = await Rows.OpenAsync(storage);
        await rows.ExecuteAsync(
            $"UPDATE asks SET due_at = {rows.At(DateTimeOffset.UtcNow)} WHERE id = (SELECT id FROM asks WHERE stage = 'ByHand' ORDER BY id LIMIT 1)");
    }

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    private async Task SeedAsync(Rows rows, int past, int coming)
    {
        var now = DateTimeOffset.UtcNow;
        var classes = new Classes(rows, _service.School, 0, ClassCount, Children);
        await classes.MakeAsync();
        await classes.SessionsAsync(0, 1, "Scheduled", now.AddDays(2));
        await classes.SessionsAsync(1, (past / ClassCount / AsksOfALesson) + 1, "Ended", now.AddDays(-7));
        var (own, child) = ($"(n % {ClassCount})", $"(n / {ClassCount} % {Children})");
        var stage = $"CASE n / {ClassCount * Children} % 3 WHEN 0 THEN 'ThreeDays' WHEN 1 THEN 'OneDay' ELSE 'TwoHours' END";
        // One in ten waits for another day: the index that finds what is due has those too.
        await AsksAsync(rows, classes, past, own, child, $"(1 + n / {ClassCount * AsksOfALesson})", stage, "0",
            "CASE n % 10 WHEN 0 THEN 'Waiting' ELSE 'Sent' END",
            $"CASE n % 10 WHEN 0 THEN {rows.At(now.AddDays(30), "n")} ELSE {rows.At(now.AddDays(-30), "-n")} END", "0");
        await AsksAsync(rows, classes, coming, own, child, "0", "'ByHand'", $"(n / {Due})", "'Waiting'", rows.At(now.AddDays(30)), $"{past}");
    }

    private Task AsksAsync(
        Rows rows, Classes classes, int count, string own, string child, string session, string stage, string number, string state, string due, string firstId) =>
        rows.MakeAsync("asks", count,
            ("id", rows.Id("0000000E", $"{firstId} + n")), ("organisation_id", rows.Id(_service.School)), ("session_id", classes.Session(own, session)),
            ("time_version", "1"), ("carer_id", classes.Carer(own, child)), ("stage", stage), ("number", number), ("due_at", due), ("state", state));
}
