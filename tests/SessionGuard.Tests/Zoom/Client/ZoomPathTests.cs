using SessionGuard.Zoom.Client;

namespace SessionGuard.Tests.Zoom.Client;

public sealed class ZoomPathTests
{
    [Theory]
    [InlineData("starts with a slash", "/zDD4kjuqnlFs81TKbC4WA==", "%252FzDD4kjuqnlFs81TKbC4WA%253D%253D")]
    [InlineData("no slash", "JcuwbOU0XxQnQHhQed3GnA==", "JcuwbOU0XxQnQHhQed3GnA%3D%3D")]
    [InlineData("one slash inside", "ab/cdOU0XxQnQHhQed3GnA==", "ab%2FcdOU0XxQnQHhQed3GnA%3D%3D")]
    [InlineData("two slashes inside", "ab//dOU0XxQnQHhQed3GnA==", "ab%252F%252FdOU0XxQnQHhQed3GnA%253D%253D")]
    [InlineData("a plus", "ab+cdOU0XxQnQHhQed3GnA==", "ab%2BcdOU0XxQnQHhQed3GnA%3D%3D")]
    public async Task An_instance_reaches_Zoom_encoded_as_it_wants_it(string because, string uuid, string encoded)
    {
        await using var rig = await ZoomRig.StartAsync();
        rig.Zoom.Always(Reply.Json("""{"next_page_token":"","participants":[]}"""));

        await rig.Client.ReportParticipantsAsync(rig.School, uuid, rig.Bound);

        var expected = $"/v2/report/meetings/{encoded}/participants?page_size=300&include_fields=registrant_id";
        Assert.True(rig.Zoom.Calls.Single().Target == expected, because);
    }

    [Theory]
    [InlineData("miss.alder@alder.example", "/v2/users/miss.alder%40alder.example")]
    [InlineData("../accounts/me", "/v2/users/..%2Faccounts%2Fme")]
    [InlineData("a?b#c", "/v2/users/a%3Fb%23c")]
    public async Task A_users_id_stays_one_part_of_the_path(string userId, string target)
    {
        await using var rig = await ZoomRig.StartAsync();
        rig.Zoom.Always(Reply.Json("""{"id":"u","type":2}"""));

        await rig.Client.GetUserAsync(rig.School, userId, rig.Bound);

        Assert.Equal(target, rig.Zoom.Calls.Single().Target);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    public void What_would_change_the_path_is_no_id(string value) => Assert.Throws<ArgumentException>(() => ZoomPath.Segment(value));
}
