using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SessionGuard.Platform.Storage;
using SessionGuard.Rules;
using SessionGuard.Safeguarding.Flags;
using SessionGuard.School.Staff;
using SessionGuard.Tests.Surfaces.Shell;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Surfaces.Api;

public sealed class FlagApiTests : IAsyncLifetime
{
    private App _app = null!;
    private SeededSchool _school = null!;
    private Guid _own;
    private Guid _colleagues;

    public async ValueTask InitializeAsync()
    {
        _app = await App.StartAsync(StorageEngine.Sqlite, SeededSchool.Settings);
        _school = await SeededSchool.PlantAsync(_app.Services, _app.Clock.GetUtcNow());
        _own = await PlantAsync(_school.Ready, "parent-confirmed", Severity.Medium, Certainty.Likely);
        _colleagues = await PlantAsync(_school.OfOtherTeacher, "unsupervised-room", Severity.Critical, Certainty.Likely);
        await PlantAsync(_school.Ready, "unknown-participant", Severity.High, Certainty.Unsure, FlagStatus.WithTeacher);
        await PlantAsync(_school.NotReady, "passcode-required", Severity.High, Certainty.Certain);
        await PlantAsync(_school.NotReady, "evidence-gap", Severity.Low, Certainty.Certain, FlagStatus.Dismissed);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task A_flag_has_the_shape_that_others_rely_on()
    {
        using var lead = _app.WithToken(_school.Lead);
        var flag = await lead.GetFromJsonAsync<JsonElement>($"/api/v1/flags/{_own}");
        Assert.Equal(["id", "rule", "severity", "certainty", "status", "session", "raisedAt", "evidence"], flag.EnumerateObject().Select(p => p.Name));
        Assert.Equal(["id", "topic", "start"], flag.GetProperty("session").EnumerateObject().Select(p => p.Name));
        Assert.Equal(
            """[{"at":"2026-11-24T11:59:00Z","source":"rule","result":"not-met","text":"Something was missed."}]""", flag.GetProperty("evidence").GetRawText());
        Assert.Equal(("medium", "likely", "open"), (Text(flag, "severity"), Text(flag, "certainty"), Text(flag, "status")));
    }

    [Fact]
    public async Task Whatever_is_open_is_listed_the_most_urgent_and_surest_first()
    {
        Assert.Equal(["unsupervised-room", "passcode-required", "unknown-participant", "parent-confirmed"], await RulesAsync(_school.Lead, ""));
        Assert.Equal(["evidence-gap"], await RulesAsync(_school.Deputy, "status=dismissed"));
        Assert.Equal(["passcode-required", "unknown-participant"], await RulesAsync(_school.Lead, "severity=high"));
        Assert.Equal(["unknown-participant"], await RulesAsync(_school.Lead, "severity=high&certainty=unsure"));
        Assert.Equal(["unsupervised-room"], await RulesAsync(_school.Lead, $"teacher={_school.OtherTeacher.Id}"));
        Assert.Equal(["parent-confirmed"], await RulesAsync(_school.Lead, "rule=parent-confirmed"));
    }

    [Fact]
    public async Task Pages_follow_each_other_without_a_gap_or_a_repeat()
    {
        using var lead = _app.WithToken(_school.Lead);
        var (rules, cursor) = (new List<string>(), "");
        while (cursor is not null && rules.Count < 10)
        {
            var page = await lead.GetFromJsonAsync<JsonElement>($"/api/v1/flags?limit=1&cursor={cursor}");
            rules.Add(Text(Assert.Single(page.GetProperty("items").EnumerateArray()), "rule"));
            cursor = page.GetProperty("next").GetString();
        }

        Assert.Equal(["unsupervised-room", "passcode-required", "unknown-participant", "parent-confirmed"], rules);
    }

    [Fact]
    public async Task A_teacher_sees_their_own_an_admin_and_another_school_none()
    {
        Assert.Equal(["passcode-required", "unknown-participant", "parent-confirmed"], await RulesAsync(_school.Teacher, ""));
        Assert.Equal(["unsupervised-room"], await RulesAsync(_school.OtherTeacher, ""));
        Assert.Empty(await RulesAsync(_school.LeadElsewhere, ""));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(_school.Admin, _own));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(_school.OtherTeacher, _own));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(_school.LeadElsewhere, _own));
    }

    [Theory]
    [InlineData("status=gone", "status")]
    [InlineData("severity=worst", "severity")]
    [InlineData("rule=nonsense", "rule")]
    [InlineData("certainty=maybe", "certainty")]
    [InlineData("teacher=alex", "teacher")]
    [InlineData("cursor=abc", "cursor")]
    [InlineData("limit=0", "limit")]
    public async Task A_value_that_cannot_be_used_is_named(string query, string name)
    {
        using var lead = _app.WithToken(_school.Lead);
        using var response = await lead.GetAsync($"/api/v1/flags?{query}");
        Assert.Equal([name], await FaultsAsync(response));
    }

    [Theory]
    [InlineData("""{"note":"x"}""", "reason")]
    [InlineData("""{"reason":"evidence-changed","note":"x"}""", "reason")]
    [InlineData("""{"reason":"wrong-alarm"}""", "note")]
    [InlineData("""{"reason":"wrong-alarm","note":"   "}""", "note")]
    [InlineData("""{"reason":"accepted-for-class","note":"x"}""", "until")]
    [InlineData("""{"reason":"accepted-for-class","note":"x","until":"2026-11-23"}""", "until")]
    [InlineData("""{"reason":"accepted-for-class","note":"x","until":"2027-11-25"}""", "until")]
    public async Task A_decision_needs_a_reason_words_and_where_it_lasts_a_date(string body, string fault)
    {
        using var response = await PostAsync(_school.Lead, $"{_own}/close", body);
        Assert.Equal([fault], await FaultsAsync(response));
    }

    [Fact]
    public async Task A_decision_is_made_once_and_fields_that_nobody_asked_for_change_nothing()
    {
        const string Body = """{"reason":"accepted-for-class","note":"Agreed.","until":"2027-11-24","severity":"low","organisationId":"x","decidedBy":"y"}""";
        Assert.Equal(HttpStatusCode.NoContent, (await PostAsync(_school.Deputy, $"{_own}/close", Body)).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(_school.Lead, $"{_own}/close", Body)).StatusCode);
        var flag = await _app.ReadAsync(async db => await db.FindAsync<Flag>(_own));
        Assert.Equal(
            (FlagStatus.Accepted, Severity.Medium, _school.Deputy.Id, new DateOnly(2027, 11, 24)),
            (flag!.Status, flag.Severity, flag.DecidedBy!.Value, flag.AcceptedUntil!.Value));
    }

    [Fact]
    public async Task Only_lead_and_deputy_decide_and_nobody_about_a_class_of_their_own()
    {
        const string Body = """{"reason":"wrong-alarm","note":"It was a late event."}""";
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(_school.Teacher, $"{_own}/close", Body)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(_school.LeadElsewhere, $"{_own}/close", Body)).StatusCode);
        var series = await _app.ReadAsync(async db => (await db.FindAsync<SessionGuard.Classes.Sessions.Session>(_school.Ready))!.SeriesId);
        await _app.WriteAsync(db => db.Add(new SessionGuard.Classes.Sessions.SeriesTeacher
        {
            Id = Guid.CreateVersion7(App.Noon),
            OrganisationId = _school.Lead.OrganisationId,
            SeriesId = series,
            AccountId = _school.Lead.Id,
            IsMain = false,
        }));
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(_school.Lead, $"{_own}/close", Body)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await PostAsync(_school.Deputy, $"{_own}/close", Body)).StatusCode);
    }

    [Fact]
    public async Task The_teacher_of_the_class_explains_in_one_line_while_it_is_open()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(_school.Teacher, $"{_colleagues}/explain", """{"text":"x"}""")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(_school.Lead, $"{_own}/explain", """{"text":"x"}""")).StatusCode);
        Assert.Equal(["text"], await FaultsAsync(await PostAsync(_school.Teacher, $"{_own}/explain", """{"text":"two\nlines"}""")));
        Assert.Equal(["text"], await FaultsAsync(await PostAsync(_school.Teacher, $"{_own}/explain", $$"""{"text":"{{new string('x', 301)}}"}""")));
        Assert.Equal(
            HttpStatusCode.NoContent, (await PostAsync(_school.Teacher, $"{_own}/explain", $$"""{"text":"{{new string('x', 300)}}"}""")).StatusCode);
        using var lead = _app.WithToken(_school.Lead);
        var flag = await lead.GetFromJsonAsync<JsonElement>($"/api/v1/flags/{_own}");
        Assert.Equal(("explained", "teacher"), (Text(flag, "status"), Text(flag.GetProperty("evidence")[1], "source")));
        await PostAsync(_school.Lead, $"{_own}/close", """{"reason":"good-reason","note":"Fine."}""");
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(_school.Teacher, $"{_own}/explain", """{"text":"x"}""")).StatusCode);
    }

    private async Task<Guid> PlantAsync(Guid session, string rule, Severity severity, Certainty certainty, FlagStatus status = FlagStatus.Open)
    {
        var now = _app.Clock.GetUtcNow();
        var flag = new Flag
        {
            Id = Guid.CreateVersion7(now),
            OrganisationId = _school.Lead.OrganisationId,
            SessionId = session,
            Rule = rule,
            Severity = severity,
            Certainty = certainty,
            Status = status,
            Summary = "Something was missed.",
            RaisedAt = now,
        };
        await _app.WriteAsync(db => db.AddRange(flag, new FlagEvidence
        {
            Id = Guid.CreateVersion7(now),
            OrganisationId = flag.OrganisationId,
            FlagId = flag.Id,
            At = now.AddMinutes(-1), // before what people do about it
            Source = FlagEvidence.OfRule,
            Result = RuleResult.NotMet,
            Text = flag.Summary,
        }));
        return flag.Id;
    }

    private async Task<string[]> RulesAsync(Account who, string query)
    {
        using var client = _app.WithToken(who);
        var page = await client.GetFromJsonAsync<JsonElement>($"/api/v1/flags?{query}");
        return [.. page.GetProperty("items").EnumerateArray().Select(f => Text(f, "rule"))];
    }

    private async Task<HttpStatusCode> StatusAsync(Account who, Guid flag)
    {
        using var client = _app.WithToken(who);
        return (await client.GetAsync($"/api/v1/flags/{flag}")).StatusCode;
    }

    private async Task<HttpResponseMessage> PostAsync(Account who, string path, string body)
    {
        using var client = _app.WithToken(who);
        return await client.PostAsync($"/api/v1/flags/{path}", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
    }

    private static async Task<IEnumerable<string>> FaultsAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateObject().Select(p => p.Name).ToList();
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
