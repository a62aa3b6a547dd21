using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Storage;
using SessionGuard.School.People;
using SessionGuard.Tests.Surfaces.Shell;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Surfaces.Api;

public sealed class PeopleApiTests
{
    private const string People = "/api/v1/people";

    private static readonly object Maya = new { kind = "child", name = "Maya Jones", screenName = "Maya J", bornOn = "2016-05-01", reference = "C-1" };
    private static readonly object Dana = new { kind = "carer", name = "Dana Jones", email = "dana@families.example", phone = "01632 960 100" };

    [Theory, OnEachEngine]
    internal async Task A_child_and_a_carer_are_entered_tied_changed_and_read(StorageEngine engine)
    {
        await using var school = await TeachingSchool.StartAsync(engine);
        using var admin = school.App.WithToken(school.Admin);
        var child = await admin.PostAnswerAsync(People, Maya);
        var carer = await admin.PostAnswerAsync(People, Dana);
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (child.Status, carer.Status));
        var tie = await admin.SendAnswerAsync(HttpMethod.Put, $"{People}/{child.Id}/carers/{carer.Id}", new { primary = true, notAuthorised = true });
        Assert.Equal((HttpStatusCode.OK, JsonValueKind.Null), (tie.Status, tie.Json.GetProperty("notAuthorised").ValueKind));
        var changed = await admin.SendAnswerAsync(HttpMethod.Put, $"{People}/{child.Id}", new { name = "Maya Jones-Lee", bornOn = "2016-05-02" });
        Assert.Equal(HttpStatusCode.OK, changed.Status);

        using var lead = school.App.WithToken(school.Lead);
        var read = await lead.GetAnswerAsync($"{People}/{child.Id}");
        Assert.Equal(
            ["id", "kind", "name", "screenName", "bornOn", "email", "phone", "reference", "carers", "children"], read.Json.EnumerateObject().Select(p => p.Name));
        Assert.Equal(("child", "Maya Jones-Lee", null, "2016-05-02", "C-1"), (read.Text("kind"), read.Text("name"), read.Text("screenName"), read.Text("bornOn"), read.Text("reference")));
        Assert.Equal(
            $$"""[{"carer":"{{carer.Id}}","primary":true,"doNotContact":false,"notAuthorised":true}]""", read.Json.GetProperty("carers").GetRawText());
        Assert.Equal(child.Id, (await lead.GetAnswerAsync($"{People}/{carer.Id}")).Json.GetProperty("children")[0].GetGuid());
        var notes = await school.App.ReadAsync(db => db.Set<LedgerEntry>().Where(e => e.Subject == $"person:{child.Id}").Select(e => e.Action + e.Actor + e.Data).ToListAsync());
        Assert.Equal(3, notes.Count);
        Assert.All(notes, n => Assert.Contains($"account:{school.Admin.Id}", n, StringComparison.Ordinal));
        Assert.All(notes, n => Assert.DoesNotContain("Maya", n, StringComparison.Ordinal));
    }

    [Theory, OnEachEngine]
    internal async Task A_mark_that_is_left_out_stays_and_of_two_carers_one_is_asked_first(StorageEngine engine)
    {
        await using var school = await TeachingSchool.StartAsync(engine);
        using var admin = school.App.WithToken(school.Admin);
        var child = (await admin.PostAnswerAsync(People, Maya)).Id;
        var (one, other) = ((await admin.PostAnswerAsync(People, Dana)).Id, (await admin.PostAnswerAsync(People, new { kind = "carer", name = "Rhys" })).Id);
        await admin.SendAnswerAsync(HttpMethod.Put, $"{People}/{child}/carers/{one}", new { primary = true, notAuthorised = true });
        await admin.SendAnswerAsync(HttpMethod.Put, $"{People}/{child}/carers/{one}", new { primary = true, doNotContact = true });
        await admin.SendAnswerAsync(HttpMethod.Put, $"{People}/{child}/carers/{other}", new { primary = true });

        var ties = await school.App.ReadAsync(db => db.Set<Carership>().ToListAsync());
        Assert.Equal((false, true, true), ties.Single(t => t.CarerId == one) is var first ? (first.IsPrimary, first.DoNotContact, first.NotAuthorised) : default);
        Assert.True(ties.Single(t => t.CarerId == other).IsPrimary);
        Assert.Equal(HttpStatusCode.NoContent, (await admin.SendAnswerAsync(HttpMethod.Delete, $"{People}/{child}/carers/{one}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.SendAnswerAsync(HttpMethod.Delete, $"{People}/{child}/carers/{one}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.SendAnswerAsync(HttpMethod.Put, $"{People}/{one}/carers/{child}", new { primary = true })).Status);
    }

    public static TheoryData<string, object, string> Bad { get; } = new()
    {
        { "no kind", new { name = "A" }, "kind" },
        { "no such kind", new { kind = "Child", name = "A", bornOn = "2016-05-01" }, "kind" },
        { "no name", new { kind = "carer", name = "  " }, "name" },
        { "5,000 characters", new { kind = "carer", name = new string('a', 5000) }, "name" },
        { "one too many", new { kind = "carer", name = new string('a', 101) }, "name" },
        { "a direction mark", new { kind = "carer", name = "Dana \u202Egnp.exe" }, "name" },
        { "a line end", new { kind = "carer", name = "Dana\nBcc: x@y.example" }, "name" },
        { "a NUL", new { kind = "carer", name = "Dana\0" }, "name" },
        { "nothing that can be read", new { kind = "carer", name = "\u200B\u200B" }, "name" },
        { "a line end in the address", new { kind = "carer", name = "D", email = "d@families.example\nBcc: x@y.example" }, "email" },
        { "two addresses", new { kind = "carer", name = "D", email = "d@families.example,e@families.example" }, "email" },
        { "an address with a name", new { kind = "carer", name = "D", email = "Dana <d@families.example>" }, "email" },
        { "a long address", new { kind = "carer", name = "D", email = new string('d', 250) + "@families.example" }, "email" },
        { "a line end in the number", new { kind = "carer", name = "D", phone = "01632\r\n960" }, "phone" },
        { "a child without a birthday", new { kind = "child", name = "M" }, "bornOn" },
        { "a child born today", new { kind = "child", name = "M", bornOn = "2026-11-24" }, "bornOn" },
        { "a child who is 18 today", new { kind = "child", name = "M", bornOn = "2008-11-24" }, "bornOn" },
        { "a birthday that never was", new { kind = "child", name = "M", bornOn = "2017-02-29" }, "bornOn" },
        { "a child with an address", new { kind = "child", name = "M", bornOn = "2016-05-01", email = "m@families.example" }, "email" },
        { "a grown-up with a birthday", new { kind = "adult-student", name = "P", bornOn = "1990-05-01" }, "bornOn" },
        { "a long screen name", new { kind = "adult-student", name = "P", screenName = new string('p', 41) }, "screenName" },
    };

    [Fact]
    public async Task What_cannot_be_used_is_named_and_nothing_is_entered()
    {
        await using var school = await TeachingSchool.StartAsync(StorageEngine.Sqlite);
        using var admin = school.App.WithToken(school.Admin);
        foreach (var (because, body, path) in Bad.Select(row => row.Data))
        {
            var answer = await admin.PostAnswerAsync(People, body);
            Assert.True((HttpStatusCode.BadRequest, path) == (answer.Status, string.Join(' ', answer.Faults)), $"{because}: {answer.Status} {string.Join(' ', answer.Faults)}");
        }

        Assert.Equal(0, await school.App.ReadAsync(db => db.Set<Person>().CountAsync()));
    }

    [Theory, OnEachEngine]
    internal async Task A_name_is_kept_as_it_is_written(StorageEngine engine)
    {
        await using var school = await TeachingSchool.StartAsync(engine);
        using var admin = school.App.WithToken(school.Admin);
        foreach (var name in (string[])["<script>alert(1)</script>", "Zoë O’Connor-Öz", "محمد علي", "'; DROP TABLE people; --", "李小龍", new string('ä', 100)])
        {
            var answer = await admin.PostAnswerAsync(People, new { kind = "child", name, bornOn = "2008-11-25" });
            Assert.Equal((HttpStatusCode.Created, name), (answer.Status, answer.Text("name")));
        }
    }

    [Theory, OnEachEngine]
    internal async Task Pages_follow_each_other_and_hold_the_kind_that_was_asked_for(StorageEngine engine)
    {
        await using var school = await TeachingSchool.StartAsync(engine);
        for (var i = 0; i < 5; i++)
        {
            await school.ChildAsync($"Child {i}");
        }

        await school.PersonAsync(new PersonDetails(PersonKind.Carer, "Dana"));
        using var lead = school.App.WithToken(school.Lead);
        var (names, cursor) = (new List<string?>(), "");
        do
        {
            var page = await lead.GetAnswerAsync($"{People}?kind=child&limit=2{cursor}");
            names.AddRange(page.Json.GetProperty("items").EnumerateArray().Select(p => p.GetProperty("name").GetString()));
            cursor = page.Text("next") is { } next ? $"&cursor={next}" : null;
        }
        while (cursor is not null && names.Count < 20);

        Assert.Equal(["Child 0", "Child 1", "Child 2", "Child 3", "Child 4"], names.Order());
        Assert.Equal(["cursor", "kind", "limit"], (await lead.GetAnswerAsync($"{People}?kind=dog&limit=0&cursor=x")).Faults.Order());
    }

    [Theory, OnEachEngine]
    internal async Task People_of_another_school_are_not_there(StorageEngine engine)
    {
        await using var school = await TeachingSchool.StartAsync(engine);
        var child = await school.ChildAsync("Maya Jones");
        var carer = await school.PersonAsync(new PersonDetails(PersonKind.Carer, "Dana"));
        using var stranger = school.App.WithToken(school.AdminElsewhere);

        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAnswerAsync($"{People}/{child.Id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.SendAnswerAsync(HttpMethod.Put, $"{People}/{child.Id}", Maya)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.SendAnswerAsync(HttpMethod.Put, $"{People}/{child.Id}/carers/{carer.Id}", new { primary = true })).Status);
        Assert.Equal("""{"items":[],"next":null}""", (await stranger.GetAnswerAsync(People)).Json.GetRawText());
    }

    [Theory, OnEachEngine]
    internal async Task A_reference_belongs_to_one_person_in_a_school(StorageEngine engine)
    {
        await using var school = await TeachingSchool.StartAsync(engine);
        using var admin = school.App.WithToken(school.Admin);
        await admin.PostAnswerAsync(People, Maya);

        Assert.Equal(["reference"], (await admin.PostAnswerAsync(People, Maya)).Faults);
        using var elsewhere = school.App.WithToken(school.AdminElsewhere);
        Assert.Equal(HttpStatusCode.Created, (await elsewhere.PostAnswerAsync(People, Maya)).Status);
    }

    [Theory, OnEachEngine]
    internal async Task Staff_are_added_once_and_listed(StorageEngine engine)
    {
        await using var school = await TeachingSchool.StartAsync(engine);
        using var admin = school.App.WithToken(school.Admin);
        var added = await admin.PostAnswerAsync("/api/v1/staff", new { name = "Nia New", email = "nia@alder.example", role = "teacher" });

        Assert.Equal((HttpStatusCode.Created, "teacher"), (added.Status, added.Text("role")));
        Assert.Equal(["email"], (await admin.PostAnswerAsync("/api/v1/staff", new { name = "Nia", email = "NIA@alder.example", role = "lead" })).Faults);
        Assert.Equal(["email", "name", "role"], (await admin.PostAnswerAsync("/api/v1/staff", new { email = "a@b.example\n", role = "Teacher" })).Faults);
        var all = (await admin.GetAnswerAsync("/api/v1/staff")).Json.GetProperty("items").EnumerateArray().Select(s => s.GetProperty("email").GetString()).ToList();
        Assert.Contains("nia@alder.example", all);
        Assert.DoesNotContain("office@birch.example", all);
    }
}
