using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Storage;
using SessionGuard.Rules;
using SessionGuard.Safeguarding.Answers;
using SessionGuard.Safeguarding.Flags;
using SessionGuard.Safeguarding.Presence;
using SessionGuard.Tests.Platform.Mail;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Safeguarding.Flags;

public sealed class EvaluateSessionsTests
{
    private const string Alone = "unsupervised-room";
    private const string Adult = "responsible-adult-present";
    private const string Confirmed = "parent-confirmed";

    [Theory, OnEachEngine]
    internal async Task A_child_without_staff_is_told_to_lead_and_deputy_at_once_and_only_once(StorageEngine engine)
    {
        await using var taught = await TaughtClass.StartAsync(engine);
        taught.WaitUntil(TaughtClass.Five);
        taught.Zoom.Start(taught.Meeting.Id);
        taught.MayaJoins();
        taught.Wait(59);
        await taught.JudgeAsync();
        Assert.DoesNotContain(await taught.FlagsAsync(), f => f.Rule == Alone);

        taught.Wait(31);
        await Task.WhenAll(taught.App.RunAsync<EvaluateSessionsJob>(), taught.App.RunAsync<EvaluateSessionsJob>());
        var flag = await taught.FlagAsync(Alone);
        Assert.Equal((Severity.Critical, Certainty.Likely, FlagStatus.Open), (flag.Severity, flag.Certainty, flag.Status));
        Assert.Equal([TaughtClass.DeputyEmail, "lead@alder.example"], await taught.ToldAsync());

        taught.Wait(30);
        await taught.App.RunAsync<EvaluateSessionsJob>();
        Assert.Equal("A child was in the class without staff for 2 minutes.", (await taught.FlagAsync(Alone)).Summary);
        Assert.Equal(2, (await taught.EvidenceAsync(flag.Id)).Count);
        Assert.Equal(2, (await taught.ToldAsync()).Count);
    }

    [Theory, OnEachEngine]
    internal async Task A_mail_about_a_flag_says_nothing_of_what_it_is_about(StorageEngine engine)
    {
        await using var taught = await TaughtClass.StartAsync(engine);
        taught.WaitUntil(TaughtClass.Five);
        taught.Zoom.Start(taught.Meeting.Id);
        taught.MayaJoins();
        taught.Wait(90);
        await taught.JudgeAsync();
        await taught.App.RunAsync<SendMailJob>();

        var mails = Directory.GetFiles(Path.Combine(taught.App.Folder, "mail"));
        Assert.Equal(2, mails.Length);
        foreach (var mail in mails)
        {
            var text = await File.ReadAllTextAsync(mail);
            Assert.Contains("Something in SessionGuard needs you", text, StringComparison.Ordinal);
            Assert.All((string[])["Maya", "Tap", "staff", "Jones"], word => Assert.DoesNotContain(word, text, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Theory, OnEachEngine]
    internal async Task What_nobody_is_sure_of_is_the_teachers_for_a_day_and_then_the_leads(StorageEngine engine)
    {
        await using var taught = await TaughtClass.StartAsync(engine);
        await AnswerAsync(taught, AnswerKind.Present, timeVersion: 1);
        taught.WaitUntil(TaughtClass.Five);
        taught.TeacherJoins();
        taught.MayaJoins();
        taught.Wait(600);
        await taught.JudgeAsync();
        var flag = await taught.FlagAsync(Adult);
        Assert.Equal((FlagStatus.WithTeacher, Certainty.Unsure, taught.App.Clock.GetUtcNow().AddHours(24)), (flag.Status, flag.Certainty, flag.TeacherUntil));
        Assert.Equal([SchoolOnZoom.Teacher], await taught.ToldAsync());
        await taught.App.RunAsync<SendMailJob>();
        // The desk is the lead's: the teacher explains it on the class's page.
        Assert.Contains($"/sessions/{taught.SessionId}#flag-{flag.Id}", Assert.Single(ReceivedMail.In(taught.App.Folder)).TextWords, StringComparison.Ordinal);

        taught.WaitUntil(flag.TeacherUntil!.Value.AddSeconds(-1));
        await taught.App.RunAsync<EscalateFlagsJob>();
        Assert.Equal(FlagStatus.WithTeacher, (await taught.FlagAsync(Adult)).Status);
        taught.Wait(1);
        await taught.App.RunAsync<EscalateFlagsJob>();
        await taught.App.RunAsync<EscalateFlagsJob>();
        Assert.Equal(FlagStatus.Open, (await taught.FlagAsync(Adult)).Status);
        Assert.Single(await taught.EvidenceAsync(flag.Id), e => e.Source == FlagEvidence.OfService);
    }

    [Theory, OnEachEngine]
    internal async Task What_the_teacher_saw_goes_to_the_lead_and_what_they_see_later_takes_it_back(StorageEngine engine)
    {
        await using var taught = await TaughtClass.StartAsync(engine);
        taught.WaitUntil(TaughtClass.Five);
        taught.TeacherJoins();
        taught.MayaJoins();
        await taught.JudgeAsync();
        Assert.True(await AttestAsync(taught, AttestedFact.AdultIsNotThere));
        await taught.App.RunAsync<EvaluateSessionsJob>();
        var flag = await taught.FlagAsync(Adult);
        Assert.Equal((FlagStatus.Open, Severity.High, Certainty.Likely), (flag.Status, flag.Severity, flag.Certainty));
        Assert.Equal(["lead@alder.example"], await taught.ToldAsync());

        taught.Wait(5);
        Assert.True(await AttestAsync(taught, AttestedFact.AdultIsThere));
        await taught.App.RunAsync<EvaluateSessionsJob>();
        flag = await taught.FlagAsync(Adult);
        Assert.Equal((FlagStatus.Closed, CloseReason.EvidenceChanged, null), (flag.Status, flag.Reason, flag.DecidedBy));
        Assert.Equal(RuleResult.Met, await taught.ResultAsync(Adult));

        taught.Wait(5);
        Assert.True(await AttestAsync(taught, AttestedFact.AdultIsNotThere));
        await taught.App.RunAsync<EvaluateSessionsJob>();
        Assert.Equal(FlagStatus.Open, (await taught.FlagAsync(Adult)).Status);
        Assert.Single(await taught.ToldAsync());
    }

    [Theory, OnEachEngine]
    internal async Task A_missing_answer_is_raised_at_the_deadline_and_an_answer_clears_it(StorageEngine engine)
    {
        await using var taught = await TaughtClass.StartAsync(engine);
        await taught.JudgeAsync();
        Assert.Equal(TaughtClass.Five.AddHours(-2), (await taught.SessionAsync()).JudgeDueAt);

        taught.WaitUntil(TaughtClass.Five.AddHours(-2));
        await taught.App.RunAsync<EvaluateSessionsJob>();
        Assert.Equal(RuleResult.NotMet, await taught.ResultAsync(Confirmed));
        Assert.DoesNotContain(await taught.FlagsAsync(), f => f.Rule == Confirmed);
        taught.Wait(120);
        await taught.App.RunAsync<EvaluateSessionsJob>();
        Assert.Equal((FlagStatus.Open, Severity.Medium), ((await taught.FlagAsync(Confirmed)).Status, (await taught.FlagAsync(Confirmed)).Severity));

        await AnswerAsync(taught, AnswerKind.Present, timeVersion: 2);
        await taught.App.RunAsync<EvaluateSessionsJob>();
        Assert.True((await taught.FlagAsync(Confirmed)).IsOpen, "An answer to another time is history.");
        await AnswerAsync(taught, AnswerKind.Present, timeVersion: 1);
        await taught.App.RunAsync<EvaluateSessionsJob>();
        Assert.Equal(FlagStatus.Closed, (await taught.FlagAsync(Confirmed)).Status);
    }

    [Theory, OnEachEngine]
    internal async Task A_child_who_comes_past_no_gate_and_unconfirmed_is_told_to_the_lead_after_the_grace(StorageEngine engine)
    {
        await using var taught = await TaughtClass.StartAsync(engine);
        taught.WaitUntil(TaughtClass.Five);
        taught.TeacherJoins();
        taught.MayaJoins();
        taught.Wait(599);
        await taught.JudgeAsync();
        Assert.Equal(Severity.Medium, (await taught.FlagAsync(Confirmed)).Severity);
        Assert.DoesNotContain("lead@alder.example", await taught.ToldAsync());

        taught.Wait(30);
        await taught.App.RunAsync<EvaluateSessionsJob>();
        var flag = await taught.FlagAsync(Confirmed);
        Assert.Equal((Severity.High, Certainty.Likely, FlagStatus.Open), (flag.Severity, flag.Certainty, flag.Status));
        Assert.Contains("lead@alder.example", await taught.ToldAsync());
    }

    [Theory, OnEachEngine]
    internal async Task What_a_person_decided_stays_and_what_they_accepted_is_not_raised_again_for_the_class(StorageEngine engine)
    {
        await using var taught = await TaughtClass.StartAsync(engine);
        taught.WaitUntil(TaughtClass.Five.AddHours(-1));
        await taught.App.RunAsync<EvaluateSessionsJob>();
        taught.Wait(120);
        await taught.App.RunAsync<EvaluateSessionsJob>();
        var flag = await taught.FlagAsync(Confirmed);
        var today = DateOnly.FromDateTime(App.Noon.Date);
        Assert.Equal(CloseOutcome.NoDate, await CloseAsync(taught, flag.Id, CloseReason.AcceptedForClass, today.AddDays(-1)));
        Assert.Equal(CloseOutcome.Closed, await CloseAsync(taught, flag.Id, CloseReason.AcceptedForClass, today.AddDays(7)));
        Assert.Equal(CloseOutcome.NotOpen, await CloseAsync(taught, flag.Id, CloseReason.WrongAlarm, null));

        var (inside, outside) = (await AnotherDateAsync(taught, 7), await AnotherDateAsync(taught, 8));
        taught.WaitUntil(TaughtClass.Five.AddDays(8).AddHours(-1));
        await taught.App.RunAsync<EvaluateSessionsJob>();
        taught.Wait(120);
        await taught.App.RunAsync<EvaluateSessionsJob>();
        var raised = (await taught.FlagsAsync()).Where(f => f.Rule == Confirmed).ToDictionary(f => f.SessionId, f => f.Status);
        Assert.Equal(FlagStatus.Accepted, raised[taught.SessionId]);
        Assert.DoesNotContain(inside, raised.Keys);
        Assert.Equal(FlagStatus.Open, raised[outside]);
    }

    [Theory, OnEachEngine]
    internal async Task Evidence_that_comes_while_a_session_is_judged_has_it_judged_again(StorageEngine engine)
    {
        await using var taught = await TaughtClass.StartAsync(engine);
        await taught.App.ReadAsync(async db =>
        {
            var claims = new SessionClaims(db);
            var now = taught.App.Clock.GetUtcNow();
            var claimed = Assert.Single(await claims.TakeAsync(10, now, CancellationToken.None));
            Assert.Empty(await claims.TakeAsync(10, now, CancellationToken.None));
            await db.JudgeSoonAsync([claimed.Id], now, CancellationToken.None);
            Assert.Empty(await claims.TakeAsync(10, now, CancellationToken.None));
            await claims.GiveBackAsync([(claimed, null)], CancellationToken.None);
            var again = Assert.Single(await claims.TakeAsync(10, now, CancellationToken.None));
            await claims.GiveBackAsync([(again, null)], CancellationToken.None);
            Assert.Empty(await claims.TakeAsync(10, now.AddDays(1), CancellationToken.None));
            return 0;
        });
    }

    private static Task<bool> AttestAsync(TaughtClass taught, AttestedFact fact) =>
        taught.AsAsync<AttestAdult, bool>(taught.Teacher, attest => attest.HandleAsync(taught.SessionId, taught.Maya, fact, CancellationToken.None));

    private static Task<CloseOutcome> CloseAsync(TaughtClass taught, Guid flagId, CloseReason reason, DateOnly? until) =>
        taught.AsAsync<CloseFlag, CloseOutcome>(taught.Lead, close => close.HandleAsync(flagId, reason, "Agreed with the family.", until, CancellationToken.None));

    private static async Task AnswerAsync(TaughtClass taught, AnswerKind kind, int timeVersion)
    {
        await taught.App.WriteAsync(db => db.Add(new Answer
        {
            Id = TaughtClass.Id(),
            OrganisationId = taught.App.School.Id,
            SessionId = taught.SessionId,
            TimeVersion = timeVersion,
            ChildId = taught.Maya,
            CarerId = taught.Mother,
            Kind = kind,
            Source = AnswerSource.Page,
            At = taught.App.Clock.GetUtcNow(),
        }));
        await taught.App.ReadAsync(db => db.JudgeSoonAsync([taught.SessionId], taught.App.Clock.GetUtcNow(), CancellationToken.None));
    }

    private static async Task<Guid> AnotherDateAsync(TaughtClass taught, int days)
    {
        var id = TaughtClass.Id();
        var known = await taught.SessionAsync();
        await taught.App.WriteAsync(db => db.Add(new Session
        {
            Id = id,
            OrganisationId = known.OrganisationId,
            MeetingId = known.MeetingId,
            SeriesId = known.SeriesId,
            OccurrenceKey = $"day {days}",
            Planned = true,
            Topic = known.Topic,
            Start = known.Start.AddDays(days),
            End = known.End.AddDays(days),
            Status = SessionStatus.Scheduled,
            JudgeDueAt = known.Start.AddDays(days).AddHours(-2),
        }));
        return id;
    }
}
