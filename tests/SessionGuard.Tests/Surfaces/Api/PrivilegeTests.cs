using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Classes.Seats;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Storage;
using SessionGuard.Safeguarding.Flags;
using SessionGuard.School.People;
using SessionGuard.School.Staff;
using SessionGuard.Tests.Surfaces.Shell;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Surfaces.Api;

/// <summary>Nobody gets more by asking for more, or keeps what was taken from them.</summary>
public sealed class PrivilegeTests : IAsyncLifetime
{
    private static readonly Type[] Named = [typeof(Session), typeof(ClassSeries), typeof(Seat), typeof(Flag), typeof(Person), typeof(Carership)];

    private App _app = null!;
    private SeededSchool _school = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await App.StartAsync(StorageEngine.Sqlite, SeededSchool.Settings);
        _school = await SeededSchool.PlantAsync(_app.Services, _app.Clock.GetUtcNow(), withPeople: true);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task A_body_with_every_column_in_it_changes_what_the_plain_body_changes()
    {
        var tried = 0;
        foreach (var route in Routes().Where(r => r.Metadata.GetMetadata<IAcceptsMetadata>() is not null && MatrixTests.Bodies.ContainsKey(MatrixTests.KeyOf(r))))
        {
            var key = MatrixTests.KeyOf(route);
            using var machine = _app.WithToken(
                key.EndsWith("/explain", StringComparison.Ordinal) ? _school.Teacher : key.EndsWith("/close", StringComparison.Ordinal) ? _school.Lead : _school.Admin);
            var (plain, full) = (await SendAsync(machine, route, withExtras: false), await SendAsync(machine, route, withExtras: true));
            Assert.True(plain == full, $"{key}\n{plain}\n{full}");
            tried++;
        }

        Assert.Equal(6, tried);
    }

    [Fact]
    public async Task What_is_entered_belongs_to_the_school_of_whoever_enters_it()
    {
        var other = _school.LeadElsewhere.OrganisationId;
        using var office = _app.WithToken(_school.Admin);
        var chosen = Guid.NewGuid();
        var staff = await office.PostAnswerAsync("/api/v1/staff", new
        {
            name = "Eve",
            email = "eve@alder.example",
            role = "teacher",
            id = chosen,
            accountId = chosen,
            organisation = other,
            organisationId = other,
            emailConfirmed = true,
            passwordHash = "x",
            securityStamp = "x",
        });
        var person = await office.PostAnswerAsync("/api/v1/people", new
        {
            kind = "carer",
            name = "Eve",
            id = chosen,
            organisation = other,
            organisationId = other,
            leftAt = "2020-01-01T00:00:00Z",
            disownedEmail = "x",
        });
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (staff.Status, person.Status));
        var account = await _app.ReadAsync(db => db.Set<Account>().SingleAsync(a => a.Id == staff.Id));
        Assert.Equal((_school.Admin.OrganisationId, null, null), (account.OrganisationId, account.PasswordHash, account.ClosedAt));
        var kept = await _app.ReadAsync(db => db.Set<Person>().SingleAsync(p => p.Id == person.Id));
        Assert.Equal((_school.Admin.OrganisationId, null, null), (kept.OrganisationId, kept.LeftAt, kept.DisownedEmail));
        Assert.DoesNotContain(chosen, (Guid[])[staff.Id, person.Id]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_lead_who_is_one_no_longer_has_lost_the_flags_with_the_next_request(bool closed)
    {
        using var machine = _app.WithToken(_school.Lead);
        using var browser = await _app.SignedInAsync(_school.Lead);
        using var pen = await Pen.OfAsync(_app, _school.Lead);
        Assert.Equal(HttpStatusCode.OK, (await machine.GetAsync("/api/v1/flags")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/flags")).StatusCode);

        var now = _app.Clock.GetUtcNow();
        await _app.ReadAsync(db => db.Set<Account>().Where(a => a.Id == _school.Lead.Id).ExecuteUpdateAsync(set => set
            .SetProperty(a => a.ClosedAt, a => closed ? now : null).SetProperty(a => a.Role, a => closed ? a.Role : Role.Teacher)));

        var gone = closed ? HttpStatusCode.Redirect : HttpStatusCode.Forbidden;
        Assert.Equal(HttpStatusCode.Unauthorized, (await machine.GetAsync("/api/v1/flags")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await machine.PostAsJsonAsync($"/api/v1/flags/{_school.Flag}/close", new { reason = "wrong-alarm", note = "x" })).StatusCode);
        Assert.Equal(gone, (await browser.GetAsync("/flags")).StatusCode);
        Assert.Equal(gone, (await browser.GetAsync($"/flags/{_school.Flag}")).StatusCode);
        using var press = await pen.SendAsync($"/flags/{_school.Flag}?handler=Close", ("reason", "WrongAlarm"), ("note", "x"));
        Assert.True(press.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Redirect or HttpStatusCode.BadRequest, press.StatusCode.ToString());
        Assert.Equal(FlagStatus.Open, await _app.ReadAsync(db => db.Set<Flag>().Where(f => f.Id == _school.Flag).Select(f => f.Status).SingleAsync()));
    }

    [Theory]
    [InlineData(Who.Teacher)]
    [InlineData(Who.Admin)]
    [InlineData(Who.Lead)]
    public async Task No_route_by_any_method_takes_a_flag_its_evidence_or_an_account_away(Who who)
    {
        var own = await Belongings.PlantAsync(_app, Whose.Own);
        using var machine = _app.MachineOf(_school.AccountOf(who));
        using var browser = await _app.BrowserOfAsync(_school.AccountOf(who));
        var before = await FlagsAsync();
        foreach (var path in Routes().Select(r => r.RoutePattern.RawText!.Contains(":guid", StringComparison.Ordinal) ? MatrixTests.PathOf(r, own)! : $"/{r.RoutePattern.RawText!.Trim('/')}")
            .Append($"/api/v1/sessions/{own.Session}/flags/{own.Flag}").Append($"/api/v1/series/{own.Series}").Distinct())
        {
            foreach (var method in (string[])["DELETE", "PUT", "PATCH", "POST"])
            {
                var client = path.StartsWith("/api/", StringComparison.Ordinal) ? machine : browser;
                using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = JsonContent.Create(new { ids = new[] { own.Flag }, status = "deleted" }) };
                using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            }
        }

        Assert.Equal(before, await FlagsAsync());
    }

    /// <returns>What is there afterwards, with ids by what they are of.</returns>
    private async Task<string> SendAsync(HttpClient machine, RouteEndpoint route, bool withExtras)
    {
        var own = await Belongings.PlantAsync(_app, Whose.Own);
        var child = Guid.NewGuid();
        await _app.WriteAsync(db => db.Add(new Person
        {
            Id = child,
            OrganisationId = _school.Admin.OrganisationId,
            Kind = PersonKind.Child,
            Name = "Bo Hart",
            CreatedAt = App.Noon,
        }));
        var accepted = route.Metadata.GetMetadata<IAcceptsMetadata>()!.RequestType!.GetProperties().Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var body = (JsonObject)System.Text.Json.JsonSerializer.SerializeToNode(MatrixTests.Bodies[MatrixTests.KeyOf(route)](child))!;
        foreach (var (name, type) in withExtras ? await ColumnsAsync() : [])
        {
            if (!accepted.Contains(name))
            {
                body[$"{char.ToLowerInvariant(name[0])}{name[1..]}"] = Other(type);
            }
        }

        using var request = new HttpRequestMessage(new HttpMethod(MatrixTests.KeyOf(route).Split(' ')[0]), MatrixTests.PathOf(route, own)) { Content = JsonContent.Create(body) };
        using var answer = await machine.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, $"{MatrixTests.KeyOf(route)}: {answer.StatusCode}");
        return await RowsAsync(own, child);
    }

    private JsonValue Other(Type type) =>
        type == typeof(Guid) ? JsonValue.Create(_school.LeadElsewhere.OrganisationId)
        : type == typeof(bool) ? JsonValue.Create(true)
        : type == typeof(int) || type == typeof(long) ? JsonValue.Create(99)
        : type.IsEnum ? JsonValue.Create(Enum.GetNames(type)[^1])
        : type == typeof(DateTimeOffset) ? JsonValue.Create("2020-01-01T00:00:00Z")
        : JsonValue.Create("extra");

    private Task<List<(string Name, Type Type)>> ColumnsAsync() => _app.ReadAsync(db => Task.FromResult(Named
        .SelectMany(t => db.Model.FindEntityType(t)!.GetProperties().Select(p => (p.Name, Nullable.GetUnderlyingType(p.ClrType) ?? p.ClrType)))
        .Append(("Role", typeof(Role))).Append(("Organisation", typeof(Guid))).DistinctBy(p => p.Item1).ToList()));

    private Task<string> RowsAsync(Belongings own, Guid child) => _app.ReadAsync(async db =>
    {
        object[] rows =
        [
            .. await db.Set<Session>().Where(s => s.Id == own.Session).ToListAsync(), .. await db.Set<ClassSeries>().Where(s => s.Id == own.Series).ToListAsync(),
            .. (await db.Set<Seat>().Where(s => s.SeriesId == own.Series).ToListAsync()).OrderBy(s => s.ScreenName), .. await db.Set<Flag>().Where(f => f.Id == own.Flag).ToListAsync(),
            .. await db.Set<Person>().Where(p => p.Id == own.Child || p.Id == own.Carer).OrderBy(p => p.Kind).ToListAsync(),
            .. await db.Set<Carership>().Where(c => c.ChildId == own.Child).ToListAsync(),
        ];
        Guid[] known = [own.Session, own.Series, own.Seat, own.Flag, own.Child, own.Carer, child];
        var varied = new HashSet<string> { "Id", "MeetingId", "JoinCodeHash", "Email", "EmailIndex" }; // of each planting its own
        return string.Join('\n', rows.Select(row => $"{row.GetType().Name} {string.Join(", ", db.Entry(row).Properties.Where(p => !varied.Contains(p.Metadata.Name))
            .Select(p => $"{p.Metadata.Name}={(p.CurrentValue is Guid id && Array.IndexOf(known, id) is >= 0 and var at ? $"#{at}" : p.CurrentValue)}"))}"));
    });

    private Task<string> FlagsAsync() => _app.ReadAsync(async db => string.Join('\n',
        (await db.Set<Flag>().OrderBy(f => f.Id).ToListAsync()).Select(f => $"{f.Id} {f.Status} {f.Severity} {f.Explanation}"))
        + $" {await db.Set<FlagEvidence>().CountAsync()} {await db.Set<Account>().CountAsync(a => a.ClosedAt == null)}");

    private IEnumerable<RouteEndpoint> Routes() => _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();
}
