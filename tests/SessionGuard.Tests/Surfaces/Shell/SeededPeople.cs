using SessionGuard.Classes.Seats;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Storage;
using SessionGuard.Rules;
using SessionGuard.Safeguarding.Answers;
using SessionGuard.Safeguarding.Flags;
using SessionGuard.Safeguarding.Presence;
using SessionGuard.Safeguarding.Reminders;
using SessionGuard.School.People;

namespace SessionGuard.Tests.Surfaces.Shell;

/// <summary>Children, their adults and what they said, for the classes of a <see cref="SeededSchool"/>.</summary>
internal sealed class SeededPeople(SessionGuardDb db, Guid school, DateTimeOffset now)
{
    public Guid Maya { get; private set; }

    public Guid MayasCarer { get; private set; }

    /// <summary>A child whom nobody has answered for yet.</summary>
    public Guid Leo { get; private set; }

    public Guid MayasSeat { get; private set; }

    public void Attend(Session coming, Session running)
    {
        var (maya, carer) = Family("Maya Okonkwo", "Sarah Okonkwo", "sarah@families.example");
        (Maya, MayasCarer) = (maya.Id, carer.Id);
        var (leo, _) = Family("Leo Brandt", "Jonas Brandt", "jonas@families.example", "01632 960 044");
        Leo = leo.Id;
        var (aisha, aishas) = Family("Aisha Rahman", "Nadia Rahman", null, "01632 960 045");
        foreach (var session in new[] { coming, running })
        {
            var seat = Seat(session, maya);
            MayasSeat = session == running ? seat.Id : MayasSeat;
            Seat(session, leo);
            Seat(session, aisha);
            Answer(session, maya, carer, AnswerKind.Present);
        }

        Answer(running, aisha, aishas, AnswerKind.CannotCome, AnswerSource.Phone);
        db.Add(new Ask { Id = Id(), OrganisationId = school, SessionId = coming.Id, TimeVersion = 1, CarerId = carer.Id, Stage = AskStage.ThreeDays, DueAt = now.AddDays(-2), State = AskState.Sent, SentAt = now.AddDays(-2) });
        db.Add(new CheckIn { Id = Id(), OrganisationId = school, SessionId = running.Id, ChildId = maya.Id, CarerId = carer.Id, OnSeatOfChildId = maya.Id, At = now.AddMinutes(-9) });
    }

    /// <summary>The teacher and Maya are in, Leo waits, and somebody whom nobody knows is in too.</summary>
    public void ComeAndGo(string run, string host)
    {
        void Hear(ParticipantEventKind kind, int minutesAgo, string connection, string name, string? registrant = null, string? user = null) => db.Add(new ParticipantEvent
        {
            Id = Id(),
            OrganisationId = school,
            InstanceUuid = run,
            Kind = kind,
            At = now.AddMinutes(-minutesAgo),
            ConnectionId = connection,
            Name = name,
            RegistrantId = registrant,
            ZoomUserId = user,
        });

        Hear(ParticipantEventKind.Joined, 11, "1", "Sam Okafor", user: host);
        Hear(ParticipantEventKind.Joined, 9, "2", "Maya", "registrant-Maya");
        Hear(ParticipantEventKind.JoinedWaitingRoom, 2, "3", "Leo", "registrant-Leo");
        Hear(ParticipantEventKind.Joined, 4, "4", "Sarah’s iPad");
    }

    public Flag Raise(Session session, string rule, Severity severity, Certainty certainty, FlagStatus status, string summary)
    {
        var flag = new Flag
        {
            Id = Id(),
            OrganisationId = session.OrganisationId,
            SessionId = session.Id,
            Rule = rule,
            Severity = severity,
            Certainty = certainty,
            Status = status,
            Summary = summary,
            RaisedAt = now.AddHours(-2),
            TeacherUntil = status is FlagStatus.WithTeacher ? now.AddHours(22) : null,
        };
        db.AddRange(flag, new FlagEvidence
        {
            Id = Id(),
            OrganisationId = session.OrganisationId,
            FlagId = flag.Id,
            At = now.AddHours(-2),
            Source = "rule",
            Result = RuleResult.NotMet,
            Text = summary,
        });
        return flag;
    }

    private (Person Child, Person Carer) Family(string child, string carer, string? email, string? phone = null)
    {
        var young = new Person { Id = Id(), OrganisationId = school, Kind = PersonKind.Child, Name = child, BornOn = new DateOnly(2017, 5, 4), CreatedAt = now };
        var adult = new Person { Id = Id(), OrganisationId = school, Kind = PersonKind.Carer, Name = carer, Email = email, Phone = phone, CreatedAt = now };
        db.AddRange(young, adult, new Carership { Id = Id(), OrganisationId = school, ChildId = young.Id, CarerId = adult.Id, IsPrimary = true });
        return (young, adult);
    }

    private Seat Seat(Session session, Person child)
    {
        var seat = new Seat
        {
            Id = Id(),
            OrganisationId = school,
            SeriesId = session.SeriesId,
            Kind = SeatKind.Child,
            PersonId = child.Id,
            ScreenName = child.OnScreen,
            State = SeatState.Linked,
            RegistrantId = $"registrant-{child.FirstName}",
            CreatedAt = now,
        };
        db.Add(seat);
        return seat;
    }

    private void Answer(Session session, Person child, Person carer, AnswerKind kind, AnswerSource source = AnswerSource.Page) => db.Add(new Answer
    {
        Id = Id(),
        OrganisationId = school,
        SessionId = session.Id,
        TimeVersion = session.TimeVersion,
        ChildId = child.Id,
        CarerId = carer.Id,
        Kind = kind,
        Source = source,
        At = now.AddHours(-20),
    });

    private Guid Id() => Guid.CreateVersion7(now);
}
