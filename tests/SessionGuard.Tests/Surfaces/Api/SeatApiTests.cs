using System.Net;
using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Seats;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Storage;
using SessionGuard.School.People;
using SessionGuard.School.Staff;
using SessionGuard.Tests.Surfaces.Shell;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Surfaces.Api;

public sealed class SeatApiTests
{
    [Theory, OnEachEngine]
    internal async Task A_place_is_given_linked_replaced_and_taken_back_and_its_link_is_never_told(StorageEngine engine)
    {
        await using var school = await TeachingSchool.StartAsync(engine);
        var (series, child) = (await school.ClassAsync(), await school.ChildAsync("Maya Jones"));
        var seats = $"/api/v1/series/{series.Id}/seats";
        using var teacher = school.App.WithToken(school.Teacher);
        var given = await teacher.PostAnswerAsync(seats, new { kind = "child", personId = child.Id });
        Assert.Equal((HttpStatusCode.Created, "wanted", "Maya", "child"), (given.Status, given.Text("state"), given.Text("screenName"), given.Text("kind")));
        await school.App.RunAsync<ProvideSeatsJob>();

        var listed = await teacher.GetAnswerAsync(seats);
        Assert.Equal("linked", listed.Json.GetProperty("items")[0].GetProperty("state").GetString());
        Assert.DoesNotContain("zoom.us", listed.Json.GetRawText(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(
            ["id", "series", "kind", "person", "forChild", "screenName", "state", "generation"], listed.Json.GetProperty("items")[0].EnumerateObject().Select(p => p.Name));
        var rotated = await teacher.PostAnswerAsync($"/api/v1/seats/{given.Id}/rotate");
        Assert.Equal((HttpStatusCode.OK, "wanted", 2), (rotated.Status, rotated.Text("state"), rotated.Json.GetProperty("generation").GetInt32()));
        Assert.Equal(HttpStatusCode.NoContent, (await teacher.SendAnswerAsync(HttpMethod.Delete, $"/api/v1/seats/{given.Id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await teacher.SendAnswerAsync(HttpMethod.Delete, $"/api/v1/seats/{given.Id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await teacher.PostAnswerAsync($"/api/v1/seats/{given.Id}/rotate")).Status);
        Assert.Equal(HttpStatusCode.Created, (await teacher.PostAnswerAsync(seats, new { kind = "child", personId = child.Id })).Status);
    }

    [Theory, OnEachEngine]
    internal async Task A_new_place_has_the_coming_week_looked_at_anew_and_nothing_beyond(StorageEngine engine)
    {
        await using var school = await TeachingSchool.StartAsync(engine);
        var (series, child) = (await school.ClassAsync(weeks: 3), await school.ChildAsync("Maya Jones"));
        await school.App.ReadAsync(db => db.Set<Session>().ExecuteUpdateAsync(
            set => set.SetProperty(s => s.AsksDueAt, (DateTimeOffset?)null).SetProperty(s => s.JudgeDueAt, (DateTimeOffset?)null)));
        var seat = await school.SeatAsync(series, child);
        Assert.Equal([App.Noon, App.Noon, null], (await school.SessionsAsync()).Select(s => s.AsksDueAt));
        Assert.Equal([App.Noon, App.Noon, null], (await school.SessionsAsync()).Select(s => s.JudgeDueAt));

        school.App.Clock.Advance(TimeSpan.FromMinutes(1));
        using var admin = school.App.WithToken(school.Admin);
        await admin.SendAnswerAsync(HttpMethod.Delete, $"/api/v1/seats/{seat.Id}");
        Assert.Equal([App.Noon.AddMinutes(1), App.Noon.AddMinutes(1), null], (await school.SessionsAsync()).Select(s => s.AsksDueAt));
    }

    [Theory, OnEachEngine]
    internal async Task What_cannot_be_used_is_named(StorageEngine engine)
    {
        await using var school = await TeachingSchool.StartAsync(engine);
        var (series, child) = (await school.ClassAsync(), await school.ChildAsync("Maya Jones"));
        var carer = await school.PersonAsync(new PersonDetails(PersonKind.Carer, "Dana"));
        var elsewhere = await ChildElsewhereAsync(school);
        await school.SeatAsync(series, child);
        using var admin = school.App.WithToken(school.Admin);
        foreach (var (body, path) in ((object, string)[])[
            (new { personId = child.Id }, "kind"),
            (new { kind = "pupil", personId = child.Id }, "kind"),
            (new { kind = "child" }, "personId"),
            (new { kind = "child", personId = child.Id }, "personId"),
            (new { kind = "child", personId = carer.Id }, "personId"),
            (new { kind = "child", personId = elsewhere }, "personId"),
            (new { kind = "adult-student", personId = child.Id }, "personId"),
            (new { kind = "staff" }, "screenName"),
            (new { kind = "staff", screenName = "Guest\u202E" }, "screenName"),
            (new { kind = "staff", screenName = new string('g', 41) }, "screenName"),
            (new { kind = "supporting-adult", personId = carer.Id }, "forChild"),
            (new { kind = "supporting-adult", personId = carer.Id, forChild = elsewhere }, "forChild")])
        {
            var answer = await admin.PostAnswerAsync($"/api/v1/series/{series.Id}/seats", body);
            Assert.True((HttpStatusCode.BadRequest, path) == (answer.Status, string.Join(' ', answer.Faults)), $"{body}: {answer.Status} {string.Join(' ', answer.Faults)}");
        }

        foreach (var body in (object[])[new { kind = "supporting-adult", personId = carer.Id, forChild = child.Id }, new { kind = "staff", screenName = "Guest" }])
        {
            Assert.Equal(HttpStatusCode.Created, (await admin.PostAnswerAsync($"/api/v1/series/{series.Id}/seats", body)).Status);
        }
    }

    [Theory, OnEachEngine]
    internal async Task Places_of_a_class_that_is_not_theirs_are_not_there(StorageEngine engine)
    {
        await using var school = await TeachingSchool.StartAsync(engine);
        var (series, child) = (await school.ClassAsync(), await school.ChildAsync("Maya Jones"));
        var seat = await school.SeatAsync(series, child);
        foreach (var account in (SessionGuard.School.Staff.Account[])[school.Colleague, school.AdminElsewhere])
        {
            using var client = school.App.WithToken(account);
            Assert.Equal(HttpStatusCode.NotFound, (await client.GetAnswerAsync($"/api/v1/series/{series.Id}/seats")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await client.PostAnswerAsync($"/api/v1/series/{series.Id}/seats", new { kind = "staff", screenName = "G" })).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await client.SendAnswerAsync(HttpMethod.Delete, $"/api/v1/seats/{seat.Id}")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await client.PostAnswerAsync($"/api/v1/seats/{seat.Id}/rotate")).Status);
        }

        Assert.Equal((SeatState.Wanted, 1), await school.SeatNowAsync(seat) is var now ? (now.State, now.Generation) : default);
    }

    [Theory, OnEachEngine]
    internal async Task Of_two_who_want_the_same_place_at_once_one_gets_it(StorageEngine engine)
    {
        await using var school = await TeachingSchool.StartAsync(engine);
        var (series, child) = (await school.ClassAsync(), await school.ChildAsync("Maya Jones"));
        using var admin = school.App.WithToken(school.Admin);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => admin.PostAnswerAsync(
            $"/api/v1/series/{series.Id}/seats", new { kind = "child", personId = child.Id })));

        Assert.Single(answers, a => a.Status is HttpStatusCode.Created);
        Assert.Equal(1, await school.App.ReadAsync(db => db.Set<Seat>().CountAsync()));
    }

    private static async Task<Guid> ChildElsewhereAsync(TeachingSchool school)
    {
        using var elsewhere = school.App.WithToken(school.AdminElsewhere);
        return (await elsewhere.PostAnswerAsync("/api/v1/people", new { kind = "child", name = "Lee", bornOn = "2016-05-01" })).Id;
    }
}
