using System.Text;
using SessionGuard.ZoomSandbox.Delivery;

namespace SessionGuard.Tests.ZoomSandbox;

/// <summary>Vectors computed with other software.</summary>
public sealed class SignatureTests
{
    private const string Secret = "sessionguard-test-secret";

    [Theory]
    [InlineData("Zoë 🩰", 131, "v0=a8fa3cb78b51b00944b762146db3ca33dd52615aaacb28d19e85c03128160d6f")]
    [InlineData(@"Zo\u00eb \ud83e\ude70", 143, "v0=f07df5627399442768d34f3cb606f9e383df8ff89d40db644a1429550a7d22a9")]
    public void Signature_covers_the_bytes_as_sent(string topic, int length, string signature)
    {
        var body = Encoding.UTF8.GetBytes(
            """{"event":"meeting.started","payload":{"account_id":"A","object":{"id":"86014725390","topic":"TOPIC"}},"event_ts":1795539600000}"""
                .Replace("TOPIC", topic, StringComparison.Ordinal));

        Assert.Equal(length, body.Length);
        Assert.Equal(signature, ZoomSignature.Sign(Secret, "1795539600", body));
    }

    [Fact]
    public void Validation_token_is_encrypted_with_the_same_secret() => Assert.Equal(
        "d87d601ca77fa98b83a6b08b07f488b9f5bd0f3ea166461aae12b158f66130d2", ZoomSignature.EncryptToken(Secret, "pT7nQx2LwVd0KzR4mB9sYA"));
}
