using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.Tests.ZoomSandbox;

/// <summary>A sandbox of its own for each test, on a clock that stands at a Tuesday noon, with one teacher.</summary>
public abstract class SandboxTest : IAsyncLifetime
{
    protected const string Teacher = "teacher@academy.example";

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
    private string? _token;

    internal static DateTimeOffset Noon { get; } = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    internal ManualClock Clock { get; } = new(Noon);

    internal SandboxServer Zoom { get; private set; } = null!;

    internal SandboxHost Host { get; private set; } = null!;

    /// <summary>A class at 17:00 the same day, as the teacher's settings have it.</summary>
    internal static ScheduleMeeting TapClass { get; } = new("Grade 3 Tap (Tue)", Noon.AddHours(5));

    /// <summary>Signals end by themselves well before the run does.</summary>
    internal static CancellationToken Soon => new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token;

    public async ValueTask InitializeAsync()
    {
        Zoom = await SandboxServer.StartAsync(Configure(new SandboxOptions { Clock = Clock }), Soon);
        Host = Zoom.AddHost(Teacher, "Miss", "Alder");
        await InitializeMoreAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Zoom.DisposeAsync();
        _http.Dispose();
        await DisposeMoreAsync();
        GC.SuppressFinalize(this);
    }

    protected virtual SandboxOptions Configure(SandboxOptions options) => options;

    protected virtual ValueTask InitializeMoreAsync() => ValueTask.CompletedTask;

    protected virtual ValueTask DisposeMoreAsync() => ValueTask.CompletedTask;

    internal async Task<string> TokenAsync()
    {
        var answer = await AskForTokenAsync();
        answer.EnsureSuccessStatusCode();
        return (string)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["access_token"]!;
    }

    internal async Task<HttpResponseMessage> AskForTokenAsync(
        string? secret = null, string grantType = "account_credentials", string? accountId = null)
    {
        var fields = new Dictionary<string, string> { ["grant_type"] = grantType, ["account_id"] = accountId ?? Zoom.Options.AccountId };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Zoom.Address, "oauth/token"));
        request.Content = new FormUrlEncodedContent(fields);
        request.Headers.Authorization = Basic(secret ?? Zoom.Options.ClientSecret);
        return await _http.SendAsync(request);
    }

    internal AuthenticationHeaderValue Basic(string secret) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Zoom.Options.ClientId}:{secret}")));

    internal async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, JsonObject? body = null, string? token = null)
    {
        _token ??= await TokenAsync();
        using var request = new HttpRequestMessage(method, new Uri(Zoom.Address + "v2/" + path));
        request.Content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? _token);
        return await _http.SendAsync(request, Soon);
    }

    /// <summary>Sends what must succeed; null when the answer has no body.</summary>
    internal async Task<JsonObject?> CallAsync(HttpMethod method, string path, JsonObject? body = null)
    {
        var answer = await SendAsync(method, path, body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{method} {path}: {(int)answer.StatusCode} {text}");
        return text.Length == 0 ? null : (JsonObject)JsonNode.Parse(text)!;
    }

    internal async Task<JsonObject> GetAsync(string path) => (await CallAsync(HttpMethod.Get, path))!;

    internal Task<JsonObject?> PatchAsync(SandboxMeeting meeting, JsonObject body) => CallAsync(HttpMethod.Patch, $"meetings/{meeting.Id}", body);

    internal static async Task AssertRefusedAsync(HttpResponseMessage answer, HttpStatusCode status, int code)
    {
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(code, (int)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["code"]!);
    }

    internal static JsonObject Json(string text) => (JsonObject)JsonNode.Parse(text)!;

    /// <summary>A GET that must be refused.</summary>
    internal async Task AssertRefusedAsync(string path, HttpStatusCode status, int code, string? token = null) =>
        await AssertRefusedAsync(await SendAsync(HttpMethod.Get, path, token: token), status, code);

    internal List<JsonObject> Raised(string name) =>
        [.. Zoom.Deliveries.Raised.Where(r => r.Name == name).Select(r => (JsonObject)JsonNode.Parse(r.Body)!)];
}
