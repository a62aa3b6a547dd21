using System.Net;

namespace SessionGuard.Tests.Surfaces.Shell;

public sealed class PagesTests(SchoolApp fixture) : IClassFixture<SchoolApp>
{
    [Fact]
    public async Task A_teacher_starts_with_today_and_then_the_week()
    {
        var page = await PageAsync(fixture.School.Teacher, "/");

        Assert.Contains("Tuesday 24 November (UK time)", page, StringComparison.Ordinal);
        InOrder(page, "Little movers", "Tuesday ballet", "Ready", "Contemporary", "Not ready",
            "this meeting has no passcode", "And 1 more.", "The rest of the week", "Wednesday tap", "Friday choir");
        Assert.Contains("We added a passcode.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_teacher_sees_no_colleagues_class()
    {
        var page = await PageAsync(fixture.School.Teacher, "/") + await PageAsync(fixture.School.Teacher, "/sessions");
        Assert.DoesNotContain("Piano", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everybody_else_starts_with_the_list()
    {
        using var lead = await fixture.App.SignedInAsync(fixture.School.Lead);
        Assert.Equal("/sessions", (await lead.GetAsync("/")).Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_lead_sees_every_class_of_the_school_with_its_teacher_and_none_of_another()
    {
        var page = await PageAsync(fixture.School.Lead, "/sessions");

        InOrder(page, "Tuesday ballet", "Sam Okafor", "Piano, one to one", "Jo Lind");
        Assert.DoesNotContain("Birch", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_stand_in_the_address()
    {
        var past = await PageAsync(fixture.School.Lead, "/sessions?when=past");
        InOrder(past, "Monday ballet", "Was missing", "Saturday jazz", "Could not check");
        Assert.DoesNotContain("Friday choir", past, StringComparison.Ordinal);

        var attention = await PageAsync(fixture.School.Lead, "/sessions?attention=true");
        Assert.Contains("Contemporary", attention, StringComparison.Ordinal);
        Assert.DoesNotContain("Tuesday ballet", attention, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_list_says_what_to_do_next()
    {
        var page = await PageAsync(fixture.School.LeadElsewhere, "/sessions?when=past");
        Assert.Contains("No class has taken place yet", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_class_shows_results_repairs_and_what_happened_when()
    {
        var page = await PageAsync(fixture.School.Teacher, $"/sessions/{fixture.School.Ready}");

        InOrder(page, "Tuesday 24 November, 5.00pm to 6.00pm (UK time)", "Ready", "Passcode", "In place", "Teacher in first",
            "What we put right", "none → set", "<svg", "First look at Zoom: no good passcode is set; the waiting room is off",
            "Zoom now says: people get in before the teacher.", "Planned start.");
    }

    [Fact]
    public async Task Jobs_are_shown_with_how_they_went()
    {
        var page = await PageAsync(fixture.School.Lead, "/jobs");

        InOrder(page, "Check the settings of coming classes", "CheckUpcomingMeetings", "Failed", "HttpRequestException, 3 times in a row");
        Assert.Contains("Send mail", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_from_zoom_is_text_and_never_markup()
    {
        using var client = await fixture.App.SignedInAsync(fixture.School.OtherTeacher);
        var page = await client.GetStringAsync("/sessions");

        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
    }

    private async Task<string> PageAsync(SessionGuard.School.Staff.Account account, string path)
    {
        using var client = await fixture.App.SignedInAsync(account);
        using var response = await client.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
    }

    private static void InOrder(string page, params string[] texts)
    {
        var from = 0;
        foreach (var text in texts)
        {
            var at = page.IndexOf(text, from, StringComparison.Ordinal);
            Assert.True(at >= 0, $"“{text}” does not follow in the page.");
            from = at + text.Length;
        }
    }
}
