using System.Net;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Classes.Checking;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Testing;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.Tests.Safeguarding.Families;

public sealed class JoinTests
{
    private static readonly DateTimeOffset Five = App.Noon.AddHours(5);

    [Theory, OnEachEngine]
    internal async Task The_same_address_leads_on_after_the_passcode_was_changed(StorageEngine engine)
    {
        await using var school = await SchoolOnZoom.StartAsync(engine);
        var meeting = school.Zoom.Schedule(SchoolOnZoom.Teacher, new ScheduleMeeting("Grade 3 Tap with Maya Smith", Five) { Passcode = "tap-4Kz_9q" });
        var address = await AddressAsync(school);
        school.App.Clock.Advance(Five.AddMinutes(-10) - App.Noon);

        Assert.Equal(meeting.JoinUrl, await PressAsync(school, address));
        school.Zoom.Change(meeting.Id, m => m.Passcode = "tap-NEW_77");
        Assert.Equal(meeting.JoinUrl, await PressAsync(school, address));
    }

    [Fact]
    public async Task It_shows_neither_the_topic_nor_anything_of_Zoom_before_the_press()
    {
        await using var school = await SchoolOnZoom.StartAsync(StorageEngine.Sqlite);
        var meeting = school.Zoom.Schedule(SchoolOnZoom.Teacher, new ScheduleMeeting("Grade 3 Tap with Maya Smith", Five) { Passcode = "tap-4Kz_9q" });
        var address = await AddressAsync(school);
        school.App.Clock.Advance(Five - App.Noon);

        var (status, page) = await OpenAsync(school, address);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("Tuesday 24 November, 5.00pm (UK time)", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Maya", page, StringComparison.Ordinal);
        Assert.DoesNotContain("zoom.us", page, StringComparison.Ordinal);
        Assert.DoesNotContain(meeting.Passcode, page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-31, "You can join from 4.30pm")]
    [InlineData(-30, "Join the class in Zoom")]
    [InlineData(44, "Join the class in Zoom")]
    [InlineData(45, "This class is over")]
    public async Task It_opens_half_an_hour_before_and_closes_at_the_end(int minute, string expected)
    {
        await using var school = await SchoolOnZoom.StartAsync(StorageEngine.Sqlite);
        school.Zoom.Schedule(SchoolOnZoom.Teacher, new ScheduleMeeting("Grade 3 Tap", Five));
        var address = await AddressAsync(school);
        school.App.Clock.Advance(Five.AddMinutes(minute) - App.Noon);

        Assert.Contains(expected, (await OpenAsync(school, address)).Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_class_says_so()
    {
        await using var school = await SchoolOnZoom.StartAsync(StorageEngine.Sqlite);
        var meeting = school.Zoom.Schedule(SchoolOnZoom.Teacher, new ScheduleMeeting("Grade 3 Tap", Five));
        var address = await AddressAsync(school);
        school.Zoom.Delete(meeting.Id);
        school.App.Clock.Advance(CheckCalendar.Regularly);
        await school.App.RunAsync<CheckUpcomingMeetingsJob>();

        Assert.Contains("This class is not on", (await OpenAsync(school, address)).Page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/j/AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("/j/x")]
    public async Task An_address_that_nobody_gave_out_says_what_to_do(string address)
    {
        await using var school = await SchoolOnZoom.StartAsync(StorageEngine.Sqlite);
        var (status, page) = await OpenAsync(school, address);
        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains("We do not know this address", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_Zoom_is_silent_the_page_says_to_try_again()
    {
        await using var school = await SchoolOnZoom.StartAsync(StorageEngine.Sqlite);
        school.Zoom.Schedule(SchoolOnZoom.Teacher, new ScheduleMeeting("Grade 3 Tap", Five));
        var address = await AddressAsync(school);
        school.App.Clock.Advance(Five - App.Noon);
        school.Zoom.Faults.Always(Fault.ScopeGone(), "GET");

        Assert.Null(await PressAsync(school, address));
    }

    private static async Task<string> AddressAsync(SchoolOnZoom school)
    {
        await school.FindAndCheckAsync();
        var series = await school.App.ReadAsync(db => db.Set<ClassSeries>().SingleAsync());
        return school.App.Services.GetRequiredService<JoinAddresses>().CreateAddress(series).AbsolutePath;
    }

    private static async Task<(HttpStatusCode Status, string Page)> OpenAsync(SchoolOnZoom school, string address)
    {
        using var browser = Browser(school);
        using var answer = await browser.GetAsync(address);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Where the button leads; null when it leads nowhere.</summary>
    private static async Task<string?> PressAsync(SchoolOnZoom school, string address)
    {
        using var browser = Browser(school);
        var page = await browser.GetStringAsync(address);
        using var form = new FormUrlEncodedContent([new(FormToken.Field, FormToken.In(page))]);
        using var answer = await browser.PostAsync(address, form);
        return answer.Headers.Location?.AbsoluteUri;
    }

    private static HttpClient Browser(SchoolOnZoom school) => school.App.CreateClient(
        new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, BaseAddress = new Uri("https://localhost") });
}
