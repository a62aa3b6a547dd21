using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.Tests.ZoomSandbox;

public sealed class TokenTests : SandboxTest
{
    [Fact]
    public async Task Account_credentials_buy_a_bearer_token_with_its_scopes()
    {
        var answer = await (await AskForTokenAsync()).Content.ReadFromJsonAsync<JsonObject>();

        Assert.Equal("bearer", (string?)answer!["token_type"]);
        Assert.Equal(3600, (int)answer["expires_in"]!);
        Assert.Contains("meeting:read:meeting:admin", ((string)answer["scope"]!).Split(' '));
    }

    [Fact]
    public async Task Credentials_may_stand_in_the_query_string()
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = Basic(Zoom.Options.ClientSecret);

        var query = $"?grant_type=account_credentials&account_id={Zoom.Options.AccountId}";
        var answer = await http.PostAsync(new Uri(Zoom.Address, "oauth/token" + query), content: null);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("wrong secret", "account_credentials", null, HttpStatusCode.Unauthorized, "invalid_client")]
    [InlineData(null, "client_credentials", null, HttpStatusCode.BadRequest, "unsupported_grant_type")]
    [InlineData(null, "account_credentials", "another account", HttpStatusCode.BadRequest, "invalid_request")]
    public async Task Wrong_credentials_are_refused_with_reason_and_error(
        string? secret, string grantType, string? account, HttpStatusCode status, string error)
    {
        var answer = await AskForTokenAsync(secret, grantType, account);

        Assert.Equal(status, answer.StatusCode);
        var body = await answer.Content.ReadFromJsonAsync<JsonObject>();
        Assert.Equal(error, (string?)body!["error"]);
        Assert.NotNull(body["reason"]);
    }

    [Theory]
    [InlineData(3599, HttpStatusCode.OK)]
    [InlineData(3600, HttpStatusCode.Unauthorized)]
    public async Task Token_holds_for_its_lifetime_and_no_longer(int ageInSeconds, HttpStatusCode status)
    {
        var token = await TokenAsync();
        Clock.Advance(TimeSpan.FromSeconds(ageInSeconds));

        Assert.Equal(status, (await SendAsync(HttpMethod.Get, "users", token: token)).StatusCode);
    }

    [Fact]
    public Task Unknown_token_is_code_124() => AssertRefusedAsync("users", HttpStatusCode.Unauthorized, 124, token: "made-up");

    [Fact]
    public async Task Several_tokens_hold_side_by_side()
    {
        var first = await TokenAsync();
        await TokenAsync();

        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Get, "users", token: first)).StatusCode);
    }

    [Fact]
    public async Task Revoked_scope_is_missed_at_once_and_named()
    {
        Zoom.SetScope("user:read:list_users:admin", granted: false);

        var answer = await SendAsync(HttpMethod.Get, "users");

        await AssertRefusedAsync(answer, HttpStatusCode.Unauthorized, 4700);
        Assert.Contains("user:read:list_users:admin", await answer.Content.ReadAsStringAsync());
    }
}

public sealed class SingleTokenTests : SandboxTest
{
    protected override SandboxOptions Configure(SandboxOptions options) => options with { NewTokenKillsOld = true };

    [Fact]
    public async Task New_token_ends_the_one_before()
    {
        var first = await TokenAsync();
        await TokenAsync();

        await AssertRefusedAsync(await SendAsync(HttpMethod.Get, "users", token: first), HttpStatusCode.Unauthorized, 124);
    }
}
