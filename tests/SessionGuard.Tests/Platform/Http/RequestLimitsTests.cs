using SessionGuard.Platform.Http;
using SessionGuard.Platform.Storage;
using SessionGuard.Safeguarding.Families;
using SessionGuard.School.People;
using SessionGuard.Tests.Safeguarding.Families;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Platform.Http;

public sealed class RequestLimitsTests
{
    private const string Here = "203.0.113.9";
    private const string Elsewhere = "198.51.100.1";

    [Fact]
    public async Task Thousands_of_guesses_of_a_code_open_nothing_are_held_up_and_hold_up_nobody_else()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        var school = new FamilySchool(app.Services);
        var carer = await school.CarerAsync("Jo Smith", "jo@family.example");
        var good = await school.StopPathAsync(carer);
        var answers = new List<int>();
        for (var guess = 0; guess < 3000; guess++)
        {
            // Near misses: the right code with one letter changed, and what a program would count through.
            var code = guess % 2 == 0 ? $"{good[3..^1]}{"AQgw"[guess % 4]}" : $"{guess:D22}";
            answers.Add(code == good[3..] ? 404 : (await app.AskAsync(Here, $"/{"cju"[guess % 3]}/{code}")).Response.StatusCode);
        }

        Assert.DoesNotContain(answers, status => status is not (404 or 429));
        Assert.InRange(answers.Count(status => status is 404), CodeGuesses.Allowed, CodeGuesses.Allowed + 750);
        Assert.Equal(200, (await app.AskAsync(Elsewhere, good)).Response.StatusCode);
        Assert.Equal(404, (await app.AskAsync(Elsewhere, "/c/unknown")).Response.StatusCode);
    }

    [Theory]
    [InlineData("POST", "/sign-in", RequestLimits.SignIns)]
    [InlineData("GET", "/sign-in/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", RequestLimits.SignIns)]
    [InlineData("POST", "/Sign-In/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", RequestLimits.SignIns)]
    [InlineData("GET", "/api/v1/sessions", RequestLimits.Calls)]
    public async Task Too_many_tries_from_one_place_are_told_to_wait_and_other_places_are_not(string method, string path, int allowed)
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        for (var number = 1; number <= allowed; number++)
        {
            var status = (await app.AskAsync(method, Here, path)).Response.StatusCode;
            Assert.True(status is not 429, $"Number {number} was held up.");
        }

        var held = (await app.AskAsync(method, Here, path)).Response;
        Assert.Equal((429, "60"), (held.StatusCode, held.Headers.RetryAfter.ToString()));
        Assert.NotEqual(429, (await app.AskAsync(method, Elsewhere, path)).Response.StatusCode);
        Assert.Equal(200, (await app.AskAsync("GET", Here, "/sign-in")).Response.StatusCode);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.NotEqual(429, (await app.AskAsync(method, Here, path)).Response.StatusCode);
    }
}
