using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Seats;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Security;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;
using SessionGuard.Rules;
using SessionGuard.Safeguarding.Answers;
using SessionGuard.School.People;

namespace SessionGuard.Safeguarding.Families;

internal enum JoinState
{
    /// <summary>No class has this address, or no longer.</summary>
    Unknown,

    /// <summary>An address for everybody, of a class in which each family has its own.</summary>
    OwnLink,
    TooEarly,
    Open,

    /// <summary>No date lies ahead.</summary>
    Over,

    /// <summary>The next date does not take place.</summary>
    Cancelled,
}

/// <param name="Next">The date it is about; for a cancelled one, that date. Null when the address is unknown or there never was a date.</param>
internal sealed record JoinView(JoinState State, KnownOrganisation? School, Session? Next)
{
    /// <summary>Whose own address it is; null for an address that everybody in a class shares.</summary>
    public FamilyVisit? Visit { get; init; }

    /// <summary>The class with this carer's children; null for a shared address and an adult student's.</summary>
    public FamilyClass? Class { get; init; }

    /// <summary>The class as the adult student sees it whose own address it is; null for everybody else.</summary>
    public StudentClass? Student { get; init; }

    /// <summary>When the carer's newest answer thought that it would begin; null when it has not moved since, or there is none.</summary>
    public DateTimeOffset? MovedFrom { get; init; }

    /// <summary>True: nobody is led on before an adult has said that they are there.</summary>
    public bool HasGate => Class?.Series is { Gate: true, PresenceMode: not PresenceMode.AgreedAlone };
}

/// <summary>What a family's address leads to at this moment. Looking changes nothing.</summary>
internal sealed class JoinLookup(
    SessionGuardDb db, OrganisationScope scope, OrganisationDirectory directory, FamilyLinkLookup lookup, FamilyClasses classes, AnswerRegister answers,
    ZoomLinks zoomLinks, TimeProvider clock)
{
    public async Task<JoinView> LookAsync(string code, CancellationToken cancellation)
    {
        if (await lookup.OpenAsync(code, LinkPurpose.Join, cancellation) is { } visit)
        {
            return await LookAsync(visit, cancellation);
        }

        var hash = LinkCodes.GetHash(code);
        var series = await db.Set<ClassSeries>().IgnoreQueryFilters().AsNoTracking().SingleOrDefaultAsync(s => s.JoinCodeHash == hash, cancellation);
        if (series is null || directory.ById(series.OrganisationId) is not { } school)
        {
            return new JoinView(JoinState.Unknown, null, null);
        }

        scope.Narrow(school.Id);
        if (await HasChildrenAsync(series.Id, cancellation))
        {
            return new JoinView(JoinState.OwnLink, school, null);
        }

        var next = await NextAsync(series.Id, cancellation);
        return new JoinView(GetState(next, clock.Now()), school, next);
    }

    /// <summary>Zoom's own link as it is now; null when Zoom did not give one.</summary>
    public Task<Uri?> ZoomLinkAsync(JoinView view, CancellationToken cancellation) =>
        zoomLinks.OfMeetingAsync(view.School!, view.Next!.MeetingId, cancellation);

    private async Task<JoinView> LookAsync(FamilyVisit visit, CancellationToken cancellation)
    {
        var next = await NextAsync(visit.Link.SeriesId!.Value, cancellation);
        if (visit.Carer.Kind is PersonKind.AdultStudent)
        {
            return await LookAsStudentAsync(visit, next, cancellation);
        }

        var own = next is null ? null : await classes.GetClassAsync(visit.Carer.Id, next, cancellation);
        if (next is not null && own is null)
        {
            // None of the children in the class is theirs any longer.
            return new JoinView(JoinState.Unknown, null, null);
        }

        var said = next is null ? [] : (await answers.OfCarerAsync(next.Id, visit.Carer.Id, cancellation)).SelectMany(a => a);
        var newest = said.Where(a => a.UndoneAt is null).MaxBy(a => (a.TimeVersion, a.At));
        return new JoinView(GetState(next, clock.Now()), visit.School, next)
        {
            Visit = visit,
            Class = own,
            MovedFrom = newest is { SessionStart: { } start } && newest.TimeVersion < next!.TimeVersion && start != next.Start ? start : null,
        };
    }

    private async Task<JoinView> LookAsStudentAsync(FamilyVisit visit, Session? next, CancellationToken cancellation)
    {
        var own = next is null ? null : await classes.OfStudentAsync(visit.Carer.Id, next, cancellation);
        return next is not null && own is null
            ? new JoinView(JoinState.Unknown, null, null)
            : new JoinView(GetState(next, clock.Now()), visit.School, next) { Visit = visit, Student = own };
    }

    /// <summary>The date at hand: the one that runs or comes next, or the last there was.</summary>
    private async Task<Session?> NextAsync(Guid seriesId, CancellationToken cancellation)
    {
        var since = clock.Now() - SessionPlan.Late;
        var ofSeries = db.Set<Session>().AsNoTracking().Where(s => s.SeriesId == seriesId);
        return await ofSeries.Where(s => s.End > since && s.Status != SessionStatus.Ended).OrderBy(s => s.Start).FirstOrDefaultAsync(cancellation)
            ?? await ofSeries.OrderByDescending(s => s.Start).FirstOrDefaultAsync(cancellation);
    }

    private Task<bool> HasChildrenAsync(Guid seriesId, CancellationToken cancellation) =>
        db.Set<Seat>().AnyAsync(s => s.SeriesId == seriesId && s.Kind == SeatKind.Child && Seat.Taken.Contains(s.State), cancellation);

    private static JoinState GetState(Session? session, DateTimeOffset now) => session switch
    {
        null => JoinState.Over,
        { Status: SessionStatus.Cancelled } => JoinState.Cancelled,
        { Status: SessionStatus.Live } => JoinState.Open,
        { Status: SessionStatus.Ended or SessionStatus.Unverified } => JoinState.Over,
        _ when now < session.Start - SessionPlan.Early => JoinState.TooEarly,
        _ when now < session.End => JoinState.Open,
        _ => JoinState.Over,
    };
}
