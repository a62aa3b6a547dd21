using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using SessionGuard.Platform.Storage;
using SessionGuard.School.Staff;
using SessionGuard.Surfaces.Api;
using SessionGuard.Tests.Surfaces.Shell;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Surfaces.Api;

public sealed class TokenTests(SchoolApp fixture) : IClassFixture<SchoolApp>
{
    private const string Authority = "https://login.example.org/";

    [Theory]
    [InlineData("as it should be", HttpStatusCode.OK)]
    [InlineData("another key", HttpStatusCode.Unauthorized)]
    [InlineData("another audience", HttpStatusCode.Unauthorized)]
    [InlineData("another issuer", HttpStatusCode.Unauthorized)]
    [InlineData("another algorithm", HttpStatusCode.Unauthorized)]
    [InlineData("no signature", HttpStatusCode.Unauthorized)]
    [InlineData("expired", HttpStatusCode.Unauthorized)]
    [InlineData("not yet good", HttpStatusCode.Unauthorized)]
    [InlineData("without an end", HttpStatusCode.Unauthorized)]
    [InlineData("no organisation", HttpStatusCode.Unauthorized)]
    [InlineData("no role", HttpStatusCode.Unauthorized)]
    [InlineData("a role by its number", HttpStatusCode.Unauthorized)]
    public async Task Only_a_whole_token_of_ours_is_taken(string how, HttpStatusCode expected)
    {
        var now = fixture.App.Clock.GetUtcNow().UtcDateTime;
        var token = new SecurityTokenDescriptor
        {
            Issuer = how is "another issuer" ? "somebody" : Tokens.Issuer,
            Audience = how is "another audience" ? "somebody" : "sessionguard",
            NotBefore = how is "not yet good" ? now.AddMinutes(2) : now.AddHours(-2),
            Expires = how switch { "expired" => now.AddMinutes(-2), "without an end" => null, _ => now.AddHours(1) },
            SigningCredentials = how switch
            {
                "another key" => new SigningCredentials(new SymmetricSecurityKey(RandomNumberGenerator.GetBytes(32)), SecurityAlgorithms.HmacSha256),
                "another algorithm" => new SigningCredentials(new SymmetricSecurityKey([.. OurKey(), .. OurKey()]), SecurityAlgorithms.HmacSha512),
                "no signature" => null,
                _ => new SigningCredentials(new SymmetricSecurityKey(OurKey()), SecurityAlgorithms.HmacSha256),
            },
            Claims = new Dictionary<string, object> { ["sub"] = "machine" },
        };
        if (how is not "no organisation")
        {
            token.Claims["sg:organisation"] = fixture.School.Lead.OrganisationId.ToString();
        }

        if (how is not "no role")
        {
            token.Claims["role"] = how is "a role by its number" ? "9" : "lead";
        }

        Assert.Equal(expected, await TryAsync(fixture.App, new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(token)));
    }

    [Theory]
    [InlineData("a.b.c")]
    [InlineData("...")]
    [InlineData("eyJhbGciOiJub25lIn0.e30.")]
    [InlineData("x")]
    public async Task What_is_no_token_is_refused_and_breaks_nothing(string garbage) =>
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(fixture.App, garbage));

    [Fact]
    public async Task A_token_ends_with_the_account_it_stands_for()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite, SeededSchool.Settings);
        var school = await SeededSchool.PlantAsync(app.Services, app.Clock.GetUtcNow());
        using var deputy = app.WithToken(school.Deputy);
        Assert.Equal(HttpStatusCode.OK, (await deputy.GetAsync("/api/v1/sessions")).StatusCode);

        await app.ReadAsync(db => db.Set<Account>().Where(a => a.Id == school.Deputy.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.Role, Role.Teacher)));
        Assert.Equal(HttpStatusCode.Unauthorized, (await deputy.GetAsync("/api/v1/sessions")).StatusCode);

        var closedAt = app.Clock.GetUtcNow();
        await app.ReadAsync(db => db.Set<Account>().Where(a => a.Id == school.Deputy.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.Role, Role.Deputy).SetProperty(a => a.ClosedAt, closedAt)));
        Assert.Equal(HttpStatusCode.Unauthorized, (await deputy.GetAsync("/api/v1/sessions")).StatusCode);
    }

    [Theory]
    [InlineData("the provider's", HttpStatusCode.OK)]
    [InlineData("somebody's", HttpStatusCode.Unauthorized)]
    [InlineData("the provider's with our algorithm", HttpStatusCode.Unauthorized)]
    public async Task A_schools_identity_provider_is_taken_when_it_is_named(string whose, HttpStatusCode expected)
    {
        using var provider = RSA.Create(2048);
        using var somebody = RSA.Create(2048);
        var published = new OpenIdConnectConfiguration { Issuer = Authority };
        published.SigningKeys.Add(new RsaSecurityKey(provider));
        await using var app = await App.StartAsync(
            StorageEngine.Sqlite,
            new(SeededSchool.Settings) { ["Authentication:Jwt:Authority"] = Authority },
            services => services.PostConfigure<JwtBearerOptions>(BearerSchemes.External, options =>
                options.ConfigurationManager = new StaticConfigurationManager<OpenIdConnectConfiguration>(published)));

        var token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Authority,
            Audience = "sessionguard",
            IssuedAt = app.Clock.GetUtcNow().UtcDateTime,
            NotBefore = app.Clock.GetUtcNow().UtcDateTime,
            Expires = app.Clock.GetUtcNow().UtcDateTime.AddHours(1),
            SigningCredentials = whose switch
            {
                "somebody's" => new SigningCredentials(new RsaSecurityKey(somebody), SecurityAlgorithms.RsaSha256),
                // The trick of signing with the public key as if it were a shared secret.
                "the provider's with our algorithm" => new SigningCredentials(new SymmetricSecurityKey(provider.ExportRSAPublicKey()), SecurityAlgorithms.HmacSha256),
                _ => new SigningCredentials(new RsaSecurityKey(provider), SecurityAlgorithms.RsaSha256),
            },
            Claims = new Dictionary<string, object> { ["sub"] = "machine", ["sg:organisation"] = app.School.Id.ToString(), ["role"] = "lead" },
        });

        Assert.Equal(expected, await TryAsync(app, token));
        Assert.Equal(HttpStatusCode.OK, await TryAsync(app, app.Services.GetRequiredService<Tokens>().Issue(new Viewer(Guid.Empty, app.School.Id, Role.Lead), TimeSpan.FromHours(1))));
    }

    [Fact]
    public async Task The_verb_prints_a_token_alone_that_the_service_takes()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder, "appsettings.json"), """
            { "Organisations": [ { "Slug": "alder", "Name": "Alder Dance" } ], "Authentication": { "Jwt": { "SigningKey": "0123456789abcdef0123456789abcdef" } } }
            """);

        var (exitCode, output, error) = await ProgramRun.ToEndAsync(folder, ["token", "--organisation", "alder", "--role", "lead", "--hours", "2"]);

        Assert.True(exitCode == 0, error);
        var token = new JsonWebToken(Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal("lead", token.GetClaim("role").Value);
        Assert.Equal(TimeSpan.FromHours(2), token.ValidTo - token.ValidFrom);
        var validated = await new JsonWebTokenHandler().ValidateTokenAsync(token.EncodedToken, new TokenValidationParameters
        {
            ValidIssuer = Tokens.Issuer,
            ValidAudience = "sessionguard",
            IssuerSigningKey = new SymmetricSecurityKey("0123456789abcdef0123456789abcdef"u8.ToArray()),
        });
        Assert.True(validated.IsValid);
    }

    [Theory]
    [InlineData("elder", "lead", "There is no organisation elder.")]
    [InlineData("alder", "king", "king")]
    public async Task The_verb_says_what_is_wrong_and_prints_nothing(string organisation, string role, string says)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder, "appsettings.json"), """{ "Organisations": [ { "Slug": "alder", "Name": "Alder Dance" } ] }""");

        var (exitCode, output, error) = await ProgramRun.ToEndAsync(folder, ["token", "--organisation", organisation, "--role", role]);

        Assert.Equal(1, exitCode);
        Assert.DoesNotContain("eyJ", output, StringComparison.Ordinal);
        Assert.Contains(says, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0123456789abcdef0123456789abcde", false)] // 31 bytes
    [InlineData("0123456789abcdef0123456789abcdef", true)]
    public void A_short_signing_key_stops_the_start(string key, bool good)
    {
        var faults = new JwtOptions { SigningKey = key }.Validate(new(new object()));
        Assert.Equal(good, !faults.Any());
    }

    private byte[] OurKey() => fixture.App.Services.GetRequiredService<Tokens>().Keys.First().Key;

    private static async Task<HttpStatusCode> TryAsync(App app, string token)
    {
        using var client = app.Stranger();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return (await client.GetAsync("/api/v1/sessions")).StatusCode;
    }
}
