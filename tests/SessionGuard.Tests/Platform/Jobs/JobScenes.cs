using System.Net;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Classes.Seats;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;
using SessionGuard.Rules;
using SessionGuard.Safeguarding.Flags;
using SessionGuard.Tests.Safeguarding.Families;
using SessionGuard.Tests.Safeguarding.Flags;
using SessionGuard.Tests.Testing;
using SessionGuard.Zoom.Webhooks.Processing;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.Tests.Platform.Jobs;

/// <summary>Schools in which one job has something to do.</summary>
internal static class JobScenes
{
    /// <summary>Two families are to be asked about a class tomorrow.</summary>
    public static async Task<SchoolOnZoom> ToBeAskedAsync(StorageEngine engine, Action<IServiceCollection> services)
    {
        var zoom = await SchoolOnZoom.StartAsync(engine, services: services);
        var school = new FamilySchool(zoom.App.Services);
        var tap = await school.ClassAsync("Tap", App.Noon.AddHours(20));
        foreach (var name in (string[])["Ada", "Bo"])
        {
            await school.ChildAsync(name, [await school.CarerAsync($"Carer of {name}", $"{name}@families.example")], tap);
        }

        return zoom;
    }

    /// <summary>Children have places in a class that Zoom does not know of.</summary>
    public static async Task<(TeachingSchool School, IReadOnlyList<Seat> Seats)> ToBeSeatedAsync(
        StorageEngine engine, Action<IServiceCollection> services, params string[] children)
    {
        var school = await TeachingSchool.StartAsync(engine, services);
        var series = await school.ClassAsync();
        var seats = new List<Seat>();
        foreach (var name in children)
        {
            seats.Add(await school.SeatAsync(series, await school.ChildAsync(name)));
        }

        return (school, seats);
    }

    /// <summary>A meeting that is to be checked, and has every setting wrong.</summary>
    public static async Task<SchoolOnZoom> ToBeRepairedAsync(StorageEngine engine, Action<IServiceCollection> services)
    {
        var school = await SchoolOnZoom.StartAsync(engine, services: services);
        school.Zoom.Schedule(
            SchoolOnZoom.Teacher, new ScheduleMeeting("Grade 3 Tap", App.Noon.AddHours(5)) { Passcode = "", WaitingRoom = false, JoinBeforeHost = true });
        await school.CarryAsync();
        return school;
    }

    /// <summary>Maya is in the class for ten minutes, the first two of them alone; nothing has been judged yet.</summary>
    public static async Task<TaughtClass> TaughtAsync(StorageEngine engine, Action<IServiceCollection> services, string? lost = null)
    {
        var taught = await TaughtClass.StartAsync(engine, services);
        var before = taught.Zoom.Deliveries.Raised.Count;
        taught.WaitUntil(TaughtClass.Five);
        taught.Zoom.Start(taught.Meeting.Id);
        var maya = taught.MayaJoins();
        taught.Wait(120);
        taught.TeacherJoins();
        taught.Wait(480);
        taught.Zoom.Leave(maya);
        taught.Wait(60);
        taught.Zoom.End(taught.Meeting.Id);
        foreach (var raised in taught.Zoom.Deliveries.Raised.Skip(before).Where(r => r.Name != lost || !r.Body.Contains(taught.MayasLink.Id, StringComparison.Ordinal)))
        {
            Assert.Equal(HttpStatusCode.OK, await taught.App.DeliverAsync(raised.Body));
        }

        await taught.App.RunAsync<ProcessInboxJob>();
        return taught;
    }

    /// <summary>A class is over, and Zoom's report of it has what its events left out.</summary>
    public static async Task<SchoolOnZoom> ToBeFilledInAsync(StorageEngine engine, Action<IServiceCollection> services)
    {
        var taught = await TaughtAsync(engine, services, lost: "meeting.participant_left");
        taught.Wait(900);
        return taught.School;
    }

    /// <summary>A flag waits for the lead, and the morning has come.</summary>
    public static async Task<SchoolOnZoom> ForTheMorningAsync(StorageEngine engine, Action<IServiceCollection> services)
    {
        var zoom = await UnexplainedAsync(engine, services);
        await zoom.App.WriteAsync(db =>
        {
            db.Set<Flag>().Single().Status = FlagStatus.Open;
            db.Set<Organisation>().Single().DigestDueAt = App.Noon;
        });
        return zoom;
    }

    /// <summary>A teacher has had a flag's day to explain it.</summary>
    public static async Task<SchoolOnZoom> UnexplainedAsync(StorageEngine engine, Action<IServiceCollection> services)
    {
        var zoom = await SchoolOnZoom.StartAsync(engine, services: services);
        var session = await new FamilySchool(zoom.App.Services).ClassAsync("Tap", App.Noon.AddHours(-30));
        await zoom.App.WriteAsync(db => db.Add(new Flag
        {
            Id = Guid.CreateVersion7(App.Noon),
            OrganisationId = session.OrganisationId,
            SessionId = session.Id,
            Rule = "unsupervised-room",
            Severity = Severity.High,
            Certainty = Certainty.Unsure,
            Status = FlagStatus.WithTeacher,
            Summary = "Nobody was there.",
            RaisedAt = App.Noon.AddHours(-24),
            TeacherUntil = App.Noon,
        }));
        return zoom;
    }
}
