using SessionGuard.Classes.Sessions;
using SessionGuard.Rules;
using SessionGuard.Safeguarding.Overview;

namespace SessionGuard.Tests.Safeguarding.Overview;

public sealed class ReadinessTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 3, 17, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("all met", "Met Met Met Met", nameof(SessionStatus.Scheduled), -60, "Ready", null)]
    [InlineData("not needed is fine", "Met NotNeeded Met Met", nameof(SessionStatus.Scheduled), -60, "Ready", null)]
    [InlineData("one missing", "Met NotMet Met Met", nameof(SessionStatus.Scheduled), -60, "Not ready", "waiting-room-on says NotMet.")]
    [InlineData("the gravest first", "Met NotMet NotMet Met", nameof(SessionStatus.Scheduled), -60, "Not ready", "join-before-host-off says NotMet. And 1 more.")]
    [InlineData("missing beats unknown", "CouldNotCheck NotMet Met Met", nameof(SessionStatus.Scheduled), -60, "Not ready", "waiting-room-on says NotMet.")]
    [InlineData("unknown is never ready", "Met CouldNotCheck Met Met", nameof(SessionStatus.Scheduled), -60, "Could not check", "waiting-room-on says CouldNotCheck.")]
    [InlineData("nothing looked at", "", nameof(SessionStatus.Scheduled), -60, "Not checked yet", "We look at each class in the week before it starts.")]
    [InlineData("one minute before its end", "Met Met Met Met", nameof(SessionStatus.Live), 59, "Ready", null)]
    [InlineData("at its end", "Met Met Met Met", nameof(SessionStatus.Live), 60, "All was in place", null)]
    [InlineData("over with a gap in the settings", "NotMet Met Met Met", nameof(SessionStatus.Ended), 61, "Was missing", "passcode-required says NotMet.")]
    [InlineData("over and never looked at", "", nameof(SessionStatus.Ended), 61, "Was not checked", null)]
    [InlineData("a hole in the evidence", "Met Met Met Met", nameof(SessionStatus.Unverified), 61, "Could not check", "We missed part of this class, so we cannot say that all was in place.")]
    [InlineData("cancelled", "NotMet Met Met Met", nameof(SessionStatus.Cancelled), -60, "Cancelled", null)]
    public void Word_and_sentence(string because, string results, string status, int minutesSinceStart, string word, string? sentence)
    {
        var readiness = Readiness.Assess(View(results, Enum.Parse<SessionStatus>(status)), Start.AddMinutes(minutesSinceStart));

        Assert.True((word, sentence) == (readiness.Mark.Word, readiness.Sentence), $"{because}: {readiness}");
    }

    [Theory]
    [InlineData("NotMet Met Met Met", true)] // high
    [InlineData("Met NotMet Met Met", false)] // medium
    public void Only_what_is_grave_looks_urgent(string results, bool urgent) =>
        Assert.Equal(urgent, Readiness.Assess(View(results, SessionStatus.Scheduled), Start.AddHours(-1)).Mark.IsUrgent);

    [Fact]
    public void What_was_judged_graver_in_this_class_comes_first_and_looks_urgent()
    {
        var view = View("NotMet NotMet Met Met", SessionStatus.Scheduled);
        (view.Rules[0].Severity, view.Rules[1].Severity) = (Severity.Medium, Severity.High);

        var readiness = Readiness.Assess(view, Start.AddHours(-1));

        Assert.Equal(("waiting-room-on says NotMet. And 1 more.", true), (readiness.Sentence, readiness.Mark.IsUrgent));
    }

    [Theory]
    [InlineData("NotMet Met Met Met", nameof(SessionStatus.Scheduled), -60, null, "Please set a passcode for this class in Zoom.")]
    [InlineData("NotMet Met Met Met", nameof(SessionStatus.Scheduled), -60, nameof(RepairOutcome.NotTaken), "Please set a passcode for this class in Zoom.")]
    [InlineData("NotMet Met Met Met", nameof(SessionStatus.Scheduled), -60, nameof(RepairOutcome.Asked), null)] // we are at it
    [InlineData("NotMet Met Met Met", nameof(SessionStatus.Scheduled), -60, nameof(RepairOutcome.Postponed), null)]
    [InlineData("NotMet Met Met Met", nameof(SessionStatus.Live), 59, null, "Please set a passcode for this class in Zoom.")]
    [InlineData("NotMet Met Met Met", nameof(SessionStatus.Live), 60, null, null)]
    [InlineData("CouldNotCheck Met Met Met", nameof(SessionStatus.Scheduled), -60, null, null)]
    public void What_the_teacher_can_do(string results, string status, int minutesSinceStart, string? repaired, string? toDo)
    {
        var view = View(results, Enum.Parse<SessionStatus>(status)) with { Repairs = repaired is null ? [] : [Repaired(Enum.Parse<RepairOutcome>(repaired))] };

        Assert.Equal(toDo, Readiness.Assess(view, Start.AddMinutes(minutesSinceStart)).ToDo);
    }

    private static Repair Repaired(RepairOutcome outcome) => new()
    {
        Id = Guid.CreateVersion7(),
        OrganisationId = Guid.CreateVersion7(),
        MeetingId = Guid.CreateVersion7(),
        Field = RepairableField.Passcode,
        Before = "none",
        After = "set",
        Rule = "passcode-required",
        At = Start.AddHours(-2),
        Outcome = outcome,
    };

    private static SessionView View(string results, SessionStatus status)
    {
        var id = Guid.CreateVersion7();
        var session = new Session
        {
            Id = id,
            OrganisationId = id,
            MeetingId = id,
            SeriesId = id,
            OccurrenceKey = "only",
            Planned = true,
            Topic = "Ballet",
            Start = Start,
            End = Start.AddHours(1),
            Status = status,
        };
        var meeting = new Meeting
        {
            Id = id,
            OrganisationId = id,
            ZoomMeetingId = 1,
            SeriesId = id,
            HostZoomId = "h",
            Topic = "Ballet",
            Type = 2,
            ScheduleSource = ScheduleSource.Fetched,
            ScheduleAsOf = Start,
        };
        var series = new ClassSeries { Id = id, OrganisationId = id, Origin = SeriesOrigin.Adopted, JoinCodeHash = [], CreatedAt = Start };
        return new SessionView(session, meeting, series, null)
        {
            Children = [],
            Rules = [.. results.Split(' ', StringSplitOptions.RemoveEmptyEntries).Zip(RuleList.All).Select(pair => new RuleRecord
            {
                Id = id,
                OrganisationId = id,
                SessionId = id,
                Rule = pair.Second.Id,
                Result = Enum.Parse<RuleResult>(pair.First),
                Certainty = Certainty.Certain,
                Why = $"{pair.Second.Id} says {pair.First}.",
                JudgedAt = Start,
            })],
            Runs = [],
            Repairs = [],
            Settings = [],
        };
    }
}
