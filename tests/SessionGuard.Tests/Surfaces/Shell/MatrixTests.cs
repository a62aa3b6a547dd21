using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Composition;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Surfaces.Shell;

/// <summary>Every route that names something, for everybody, with what is theirs, a colleague's, another school's and what never was.</summary>
public sealed partial class MatrixTests(SchoolApp fixture) : IClassFixture<SchoolApp>
{
    public static TheoryData<Who> Everybody { get; } = [.. Enum.GetValues<Who>()];

    [Fact]
    public void Every_id_in_a_route_is_of_a_kind_that_is_tried_here() =>
        Assert.Empty(Naming().Where(route => PathOf(route, new Belongings()) is null).Select(route => route.RoutePattern.RawText));

    [Fact]
    public void Every_route_that_changes_something_named_is_tried_with_a_body_that_it_takes() =>
        Assert.Empty(Naming().Where(IsChange).Select(KeyOf).Except(Bodies.Keys));

    [Theory]
    [MemberData(nameof(Everybody))]
    public async Task What_is_named_is_shown_to_those_whose_it_is_and_is_not_there_for_anybody_else(Who who)
    {
        var all = await PlantAsync();
        using var page = await fixture.App.BrowserOfAsync(fixture.School.AccountOf(who));
        using var machine = fixture.App.MachineOf(fixture.School.AccountOf(who));
        foreach (var route in Naming().Where(route => !IsChange(route)))
        {
            await TryAsync(who, route, all, path => new HttpRequestMessage(HttpMethod.Get, path), IsApi(route) ? machine : page);
        }
    }

    [Theory]
    [MemberData(nameof(Everybody))]
    public async Task What_is_named_is_changed_by_those_who_may_and_stays_as_it_is_for_anybody_else(Who who)
    {
        using var machine = fixture.App.MachineOf(fixture.School.AccountOf(who));
        foreach (var route in Naming().Where(IsChange))
        {
            var all = await PlantAsync();
            var person = Guid.NewGuid(); // for whom there is no place yet
            await fixture.App.WriteAsync(db => db.Add(new SessionGuard.School.People.Person
            {
                Id = person,
                OrganisationId = fixture.School.AccountOf(who)?.OrganisationId ?? Guid.Empty,
                Kind = SessionGuard.School.People.PersonKind.Child,
                Name = "Bo Hart",
                CreatedAt = App.Noon,
            }));
            await TryAsync(who, route, all, path => new HttpRequestMessage(MethodOf(route), path) { Content = JsonContent.Create(Bodies[KeyOf(route)](person)) }, machine);
        }
    }

    /// <summary>By route, what a caller who may would send. It takes the id of a child of the caller's school.</summary>
    internal static IReadOnlyDictionary<string, Func<Guid, object>> Bodies { get; } = new Dictionary<string, Func<Guid, object>>
    {
        ["POST api/v1/flags/{id:guid}/close"] = _ => new { reason = "wrong-alarm", note = "It was the caretaker." },
        ["POST api/v1/flags/{id:guid}/explain"] = _ => new { text = "It was the caretaker." },
        ["POST api/v1/inbox/set-aside/{id:guid}/replay"] = _ => new { },
        ["PUT api/v1/people/{id:guid}"] = _ => new { name = "Ada Hart", bornOn = "2017-05-04" },
        ["PUT api/v1/people/{id:guid}/carers/{carer:guid}"] = _ => new { primary = true, doNotContact = true },
        ["DELETE api/v1/people/{id:guid}/carers/{carer:guid}"] = _ => new { },
        ["PATCH api/v1/series/{id:guid}"] = _ => new { name = "Modern" },
        ["POST api/v1/series/{id:guid}/seats"] = child => new { kind = "child", personId = child },
        ["DELETE api/v1/seats/{id:guid}"] = _ => new { },
        ["POST api/v1/seats/{id:guid}/rotate"] = _ => new { },
    };

    private async Task TryAsync(
        Who who, RouteEndpoint route, Dictionary<Whose, Belongings> all, Func<string, HttpRequestMessage> request, HttpClient client)
    {
        var notThere = new HashSet<string>();
        foreach (var (whose, belongings) in all)
        {
            var before = await ChangesAsync();
            using var answer = await client.SendAsync(request(PathOf(route, belongings)!), HttpCompletionOption.ResponseHeadersRead); // one of them never ends
            var at = $"{who} at {KeyOf(route)} with {whose}: {answer.StatusCode}";
            if (!SchoolAccess.Table.Find(route)!.Value.HasFlag(who.RoleOf()))
            {
                Assert.True(IsRefusal(answer), at);
            }
            else if (IsTheirs(who, whose, KeyOf(route)))
            {
                Assert.True(answer.IsSuccessStatusCode, at);
                continue;
            }
            else
            {
                Assert.True(answer.StatusCode is HttpStatusCode.NotFound, at);
                notThere.Add(Number().Replace(await answer.Content.ReadAsStringAsync(), ""));
            }

            Assert.True(before == await ChangesAsync(), $"{at}, and something changed.");
        }

        Assert.True(notThere.Count <= 1, $"{who} at {KeyOf(route)} can tell what never was from what is not theirs.");
    }

    /// <summary>Only the teacher explains. Otherwise a teacher has what is of their own classes, and everybody else what is of their school.</summary>
    private static bool IsTheirs(Who who, Whose whose, string route) => (who, whose) switch
    {
        (_, Whose.NeverWas) => false,
        (Who.Teacher, _) => whose is Whose.Own,
        (Who.OtherTeacher, _) => whose is Whose.Colleagues,
        _ when route.EndsWith("/explain", StringComparison.Ordinal) => false,
        (Who.Lead or Who.Deputy or Who.Admin, _) => whose is Whose.Own or Whose.Colleagues,
        (Who.LeadElsewhere, _) => whose is Whose.OtherSchools,
        _ => false,
    };

    private async Task<Dictionary<Whose, Belongings>> PlantAsync()
    {
        var all = new Dictionary<Whose, Belongings>();
        foreach (var whose in Enum.GetValues<Whose>())
        {
            all[whose] = await Belongings.PlantAsync(fixture.App, whose);
        }

        return all;
    }

    /// <summary>Whatever changes is in the ledger.</summary>
    private Task<int> ChangesAsync() => fixture.App.ReadAsync(db => db.Set<LedgerEntry>().CountAsync());

    private IEnumerable<RouteEndpoint> Naming() => fixture.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(route => route.Metadata.GetMetadata<StaticAssetDescriptor>() is null && route.RoutePattern.RawText!.Contains(":guid", StringComparison.Ordinal));

    /// <summary>Null: it names something of a kind that is not known here.</summary>
    internal static string? PathOf(RouteEndpoint route, Belongings belongings)
    {
        var (path, word) = ("", "");
        foreach (var part in route.RoutePattern.PathSegments.Select(segment => Assert.Single(segment.Parts)))
        {
            var text = part is RoutePatternLiteralPart literal ? literal.Content : belongings.Behind(word)?.ToString();
            if (text is null)
            {
                return null;
            }

            (path, word) = ($"{path}/{text}", text);
        }

        return path;
    }

    private static bool IsApi(RouteEndpoint route) => route.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal);

    private static bool IsChange(RouteEndpoint route) => MethodOf(route) != HttpMethod.Get;

    internal static string KeyOf(RouteEndpoint route) => $"{MethodOf(route)} {route.RoutePattern.RawText!.Trim('/')}";

    private static HttpMethod MethodOf(RouteEndpoint route) =>
        route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is [var method, ..] ? new HttpMethod(method) : HttpMethod.Get;

    private static bool IsRefusal(HttpResponseMessage answer) =>
        answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
        || answer.Headers.Location?.ToString().Contains("/sign-in?", StringComparison.Ordinal) == true;

    /// <summary>What differs from answer to answer: the number for those who ask for help.</summary>
    [GeneratedRegex("\"traceId\":\"[^\"]*\"|<span class=\"num\">[^<]*</span>")]
    private static partial Regex Number();
}
