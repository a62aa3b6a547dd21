using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SessionGuard.Platform.Storage;
using SessionGuard.Safeguarding.Presence;
using SessionGuard.School.Staff;
using SessionGuard.Tests.Surfaces.Shell;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Surfaces.Api;

public sealed class SessionApiTests(SchoolApp fixture) : IClassFixture<SchoolApp>
{
    [Fact]
    public async Task A_session_has_the_shape_that_others_rely_on()
    {
        var session = await ReadAsync($"/api/v1/sessions/{fixture.School.Ready}");

        Assert.Equal(
            ["id", "organisation", "series", "topic", "start", "end", "status", "zoom", "settings", "repairs", "answers", "stays", "rules"],
            session.EnumerateObject().Select(p => p.Name));
        Assert.Equal("alder", session.GetProperty("organisation").GetString());
        Assert.Equal("2026-11-24T17:00:00Z", session.GetProperty("start").GetString());
        Assert.Equal("scheduled", session.GetProperty("status").GetString());
        Assert.Equal(JsonValueKind.Number, session.GetProperty("zoom").GetProperty("meetingId").ValueKind);
        Assert.Equal("strong", session.GetProperty("settings").GetProperty("passcode").GetString());
        var repair = session.GetProperty("repairs")[0];
        Assert.Equal(["field", "before", "after", "at", "why"], repair.EnumerateObject().Select(p => p.Name));
        Assert.Contains(repair.GetProperty("field").GetString(), (string[])["passcode", "waiting-room"]);
        var rule = session.GetProperty("rules")[0];
        Assert.Equal("""{"rule":"passcode-required","result":"met","certainty":"certain"}""", rule.GetRawText());
        var people = fixture.School.People;
        Assert.Equal(
            $$"""[{"child":"{{people.Maya}}","carer":"{{people.MayasCarer}}","answer":"present","at":"2026-11-23T16:00:00Z"}]""",
            session.GetProperty("answers").GetRawText());
    }

    [Theory]
    [InlineData("")]
    [InlineData("&status=scheduled")]
    [InlineData("&from=2026-11-24T00:00:00Z")]
    public async Task Pages_follow_each_other_without_a_gap_or_a_repeat(string filter)
    {
        var whole = await ReadAsync($"/api/v1/sessions?limit=200{filter}");
        var inParts = new List<string>();
        string? cursor = null;
        do
        {
            var page = await ReadAsync($"/api/v1/sessions?limit=2{filter}{(cursor is null ? "" : $"&cursor={cursor}")}");
            Assert.InRange(page.GetProperty("items").GetArrayLength(), 1, 2);
            inParts.AddRange(Ids(page));
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null && inParts.Count < 100);

        Assert.Equal(JsonValueKind.Null, whole.GetProperty("next").ValueKind);
        Assert.Equal(Ids(whole), inParts);
        Assert.True(inParts.Count > 4, "The filter leaves too little to page through.");
    }

    [Fact]
    public async Task From_is_included_and_to_is_not()
    {
        var from = await ReadAsync("/api/v1/sessions?from=2026-11-24T17:00:00Z&to=2026-11-24T18:30:00Z");
        Assert.Equal([fixture.School.Ready.ToString()], Ids(from));

        var to = await ReadAsync("/api/v1/sessions?from=2026-11-24T17:00:00.001Z&to=2026-11-24T18:30:00.001Z");
        Assert.Equal([fixture.School.NotReady.ToString()], Ids(to));
    }

    [Fact]
    public async Task A_status_filters()
    {
        var cancelled = await ReadAsync("/api/v1/sessions?status=cancelled");
        Assert.Equal("Friday choir, extra hour", Assert.Single(cancelled.GetProperty("items").EnumerateArray()).GetProperty("topic").GetString());
    }

    [Theory]
    [InlineData("from=yesterday", "from")]
    [InlineData("to=2026-13-01T00:00:00Z", "to")]
    [InlineData("status=Scheduled", "status")]
    [InlineData("status=7", "status")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=201", "limit")]
    [InlineData("limit=many", "limit")]
    [InlineData("limit=99999999999999999999", "limit")]
    [InlineData("cursor=abc", "cursor")]
    [InlineData("cursor=%00", "cursor")]
    [InlineData("cursor=__________________________________________________________________________________________________", "cursor")]
    public async Task A_value_that_cannot_be_used_is_named(string query, string name)
    {
        using var client = fixture.App.WithToken(fixture.School.Lead);
        using var response = await client.GetAsync($"/api/v1/sessions?{query}");
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal([name], problem.GetProperty("errors").EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public async Task Stays_name_people_by_the_first_word_on_their_screen()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite, SeededSchool.Settings);
        var school = await SeededSchool.PlantAsync(app.Services, app.Clock.GetUtcNow());
        var joined = app.Clock.GetUtcNow();
        await app.WriteAsync(db => db.Add(new ParticipantEvent
        {
            Id = Guid.CreateVersion7(),
            OrganisationId = school.Lead.OrganisationId,
            InstanceUuid = SeededSchool.LiveUuid,
            Kind = ParticipantEventKind.Joined,
            At = joined,
            ConnectionId = "16778240",
            RegistrantId = "seat-1",
            Name = "Maya Jones",
        }));

        using var client = app.WithToken(school.Lead);
        var live = await client.GetFromJsonAsync<JsonElement>("/api/v1/sessions?status=live");

        Assert.Equal(
            """[{"participant":"Maya","seat":"seat-1","join":"2026-11-24T12:00:00Z","leave":null}]""",
            live.GetProperty("items")[0].GetProperty("stays").GetRawText());
        Assert.Equal([SeededSchool.LiveUuid], live.GetProperty("items")[0].GetProperty("zoom").GetProperty("instances").EnumerateArray().Select(i => i.GetString()));
    }

    [Fact]
    public async Task A_machine_with_the_role_of_a_teacher_and_no_account_sees_no_session()
    {
        using var client = fixture.App.WithToken(new Viewer(Guid.Empty, fixture.School.Teacher.OrganisationId, Role.Teacher));
        Assert.Equal("""{"items":[],"next":null}""", await client.GetStringAsync("/api/v1/sessions"));
    }

    [Fact]
    public async Task The_document_describes_every_api_route_and_how_to_be_let_in()
    {
        using var stranger = fixture.App.Stranger();
        var document = await stranger.GetFromJsonAsync<JsonElement>("/openapi/v1.json");

        Assert.Equal(
            [
                "/api/v1/flags", "/api/v1/flags/{id}", "/api/v1/flags/{id}/close", "/api/v1/flags/{id}/explain",
                "/api/v1/inbox/set-aside", "/api/v1/inbox/set-aside/{id}/replay", "/api/v1/people", "/api/v1/people/{id}",
                "/api/v1/people/{id}/carers/{carer}", "/api/v1/seats/{id}", "/api/v1/seats/{id}/rotate", "/api/v1/series", "/api/v1/series/{id}",
                "/api/v1/series/{id}/seats", "/api/v1/sessions", "/api/v1/sessions/{id}", "/api/v1/staff",
            ],
            document.GetProperty("paths").EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        Assert.Equal("bearer", document.GetProperty("components").GetProperty("securitySchemes").GetProperty("bearer").GetProperty("scheme").GetString());
    }

    private static string[] Ids(JsonElement page) => [.. page.GetProperty("items").EnumerateArray().Select(s => s.GetProperty("id").GetString()!)];

    private async Task<JsonElement> ReadAsync(string path)
    {
        using var client = fixture.App.WithToken(fixture.School.Lead);
        return await client.GetFromJsonAsync<JsonElement>(path);
    }
}
