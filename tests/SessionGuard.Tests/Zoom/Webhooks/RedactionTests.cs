using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CsCheck;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Testing;
using SessionGuard.Zoom.Webhooks.Endpoint;
using SessionGuard.Zoom.Webhooks.Inbox;

namespace SessionGuard.Tests.Zoom.Webhooks;

public sealed class RedactionTests
{
    [Theory]
    [InlineData("""{"public_ip":"203.0.113.24"}""", """{"public_ip":"[removed]"}""")]
    [InlineData("""{"public\u005fip":"203.0.113.24"}""", """{"public\u005fip":"[removed]"}""")]
    [InlineData("""{"\u0070ublic_ip" : "203.0.113.24" , "id":1}""", """{"\u0070ublic_ip" : "[removed]" , "id":1}""")]
    [InlineData("""{"Public_IP":"203.0.113.24"}""", """{"Public_IP":"[removed]"}""")]
    [InlineData("""{"password":""}""", """{"password":""}""")]
    [InlineData("""{"password": ""}""", """{"password": ""}""")]
    [InlineData("""{"password":null,"passcode":true,"zak":false}""", """{"password":null,"passcode":true,"zak":false}""")]
    [InlineData("""{"pstn_password":123456}""", """{"pstn_password":"[removed]"}""")]
    [InlineData("""{"pstn_password":123456,"id":7}""", """{"pstn_password":"[removed]","id":7}""")]
    [InlineData("""{"comments":{"text":"a } \" b"},"id":7}""", """{"comments":"[removed]","id":7}""")]
    [InlineData("""{"comments":["a","]"],"id":7}""", """{"comments":"[removed]","id":7}""")]
    [InlineData("""{"password":"say \"hi\" \\","id":7}""", """{"password":"[removed]","id":7}""")]
    [InlineData("""{"topic":"password","title":"play_url"}""", """{"topic":"password","title":"play_url"}""")]
    [InlineData("""{"topic":"the \"password\": is","id":7}""", """{"topic":"the \"password\": is","id":7}""")]
    [InlineData("""{"topic":"\\","password":"x"}""", """{"topic":"\\","password":"[removed]"}""")]
    [InlineData("""{"my_password":"kept","password_":"kept","passwor":"kept","require_password_for_all":"kept"}""", """{"my_password":"kept","password_":"kept","passwor":"kept","require_password_for_all":"kept"}""")]
    [InlineData("""{"password":{"password":"x"}}""", """{"password":"[removed]"}""")]
    [InlineData("""{"a":[{"join_url":"x"},{"join_url":"y"}]}""", """{"a":[{"join_url":"[removed]"},{"join_url":"[removed]"}]}""")]
    public void Values_that_must_not_be_kept_are_blanked_and_nothing_else(string body, string expected) => Assert.Equal(expected, Redact(body));

    [Theory]
    [InlineData("""{"public_ip":"203.0.113.24""", """{"public_ip":"[removed]" """)]
    [InlineData("""{"public_ip":203.0.113.24""", """{"public_ip":"[removed]" """)]
    [InlineData("""{"public_ip":203.0.113.24}}}""", """{"public_ip":"[removed]"}}}""")]
    [InlineData("""{"comments":{"a":"unending""", """{"comments":"[removed]" """)]
    [InlineData(""" "{"public_ip":"203.0.113.24"}" """, """ "{"public_ip":"[removed]"}" """)]
    [InlineData("""public_ip "public_ip" : "203.0.113.24" <html>""", """public_ip "public_ip" : "[removed]" <html>""")]
    [InlineData("""{"topic":"never closed,"public_ip":"203.0.113.24"}""", """{"topic":"never closed,"public_ip":"[removed]"}""")]
    [InlineData("""{"public_ip":""", """{"public_ip":""")]
    [InlineData("\"public_ip", "\"public_ip")]
    [InlineData("\"public\\u005", "\"public\\u005")]
    [InlineData("", "")]
    public void Bodies_that_are_no_JSON_are_served_too(string body, string expected) => Assert.Equal(expected.TrimEnd(), Redact(body).TrimEnd());

    [Fact]
    public void Whatever_stands_around_a_secret_is_kept_byte_for_byte_and_the_secret_is_not() =>
        Gen.Select(Gen.OneOf("password", "join_url", "public_ip", "comments"), Gen.OneOf(true, false), AnyText.Texts.Array[5, 5]).Sample(
            (name, escaped, text) =>
            {
                var options = new JsonSerializerOptions { Encoder = escaped ? JavaScriptEncoder.Default : JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
                string Json(string value) => JsonSerializer.Serialize(value, options);
                string Body(string secret) =>
                    $$"""{"topic":{{Json(text[0])}},"object":{"a_{{name}}":{{Json(text[1])}} , "{{name}}" : {{secret}},"list":[{{Json(text[2])}}]},"id":{{Json(text[3])}}}""";

                Assert.Equal(Body(text[4].Length == 0 ? "\"\"" : "\"[removed]\""), Redact(Body(Json(text[4]))));
            },
            iter: 1000);

    [Theory, OnEachEngine]
    internal async Task Nothing_that_must_not_be_kept_reaches_the_database(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        var body = Encoding.UTF8.GetBytes(
            """
            {"event":"meeting.participant_joined","event_ts":1795539631000,"download_token":"CANARY-1","payload":{"account_id":"hv83HxMXX667F1Ht-AU95w","object":{"id":"86014725390",
            "password":"CANARY-2","old_password":"","join_url":"https://us06web.zoom.us/j/86014725390?pwd=CANARY-3","participant":{"user_name":"Poppy R","public_ip":"203.0.113.24","private_ip":"10.0.0.24",
            "join_time":"2026-11-24T17:00:29Z"},"live_streaming":{"custom_live_streaming_settings":{"stream_key":"CANARY-4","stream_url":"rtmp://CANARY-5"}},"chat_message":{"message_content":"CANARY-6 \"quoted\""}}}}
            """);

        await app.SendAsync(body);

        var stored = Assert.Single(await app.InboxAsync());
        Assert.True(stored.IsOf(body), "the key is of the body as it came");
        Assert.DoesNotContain("CANARY", stored.Text(), StringComparison.Ordinal);
        Assert.DoesNotContain("203.0.113.24", stored.Text(), StringComparison.Ordinal);
        Assert.DoesNotContain("10.0.0.24", stored.Text(), StringComparison.Ordinal);
        var payload = JsonElement.Parse(stored.Body).GetProperty("payload").GetProperty("object");
        Assert.Equal("Poppy R", payload.GetProperty("participant").GetProperty("user_name").GetString());
        Assert.Equal("2026-11-24T17:00:29Z", payload.GetProperty("participant").GetProperty("join_time").GetString());
    }

    [Fact]
    public void A_removed_passcode_is_still_seen_as_removed()
    {
        var redacted = JsonElement.Parse(Redact("""{"payload":{"object":{"id":1,"password":""},"old_object":{"id":1,"password":"tap-4Kz_9q"}}}""")).GetProperty("payload");

        Assert.Equal("", redacted.GetProperty("object").GetProperty("password").GetString());
        Assert.Equal("[removed]", redacted.GetProperty("old_object").GetProperty("password").GetString());
    }

    private static string Redact(string body) => Encoding.UTF8.GetString(Redaction.Redact(Encoding.UTF8.GetBytes(body)));
}
