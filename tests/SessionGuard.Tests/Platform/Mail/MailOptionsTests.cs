using MailKit.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SessionGuard.Platform.Mail;

namespace SessionGuard.Tests.Platform.Mail;

public sealed class MailOptionsTests
{
    [Theory]
    [InlineData("Mail:Smtp:Host is empty", "Mail:Smtp:Host", "")]
    [InlineData("Mail:From is empty", "Mail:From", "")]
    [InlineData("Mail:From is not a mail address", "Mail:From", "Alder Dance <post@alder.example>")]
    [InlineData("Mail:From is not a mail address", "Mail:From", "post")]
    [InlineData("Mail:SideBySide is missing or not usable", "Mail:SideBySide", "0")]
    [InlineData("Mail:Smtp:Port is missing or not usable", "Mail:Smtp:Port", "70000")]
    [InlineData("Mail:Smtp:Timeout is missing or not usable", "Mail:Smtp:Timeout", "00:10:00")]
    [InlineData("Mail:Smtp:StartTls is false and Mail:Smtp:Password is set", "Mail:Smtp:StartTls", "false")]
    public void Start_is_refused_with_a_sentence_that_names_the_key(string sentence, string key, string value)
    {
        var refused = Assert.Throws<OptionsValidationException>(() => Start(new()
        {
            ["Mail:Mode"] = "Smtp",
            ["Mail:From"] = "post@alder.example",
            ["Mail:Smtp:Host"] = "mail.alder.example",
            ["Mail:Smtp:User"] = "post",
            ["Mail:Smtp:Password"] = "secret",
            [key] = value,
        }));

        Assert.StartsWith(sentence, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_needs_to_be_configured_while_mail_stays_on_the_machine() => Start([]);

    [Theory]
    [InlineData(465, true, SecureSocketOptions.SslOnConnect)]
    [InlineData(465, false, SecureSocketOptions.SslOnConnect)]
    [InlineData(587, true, SecureSocketOptions.StartTls)]
    [InlineData(25, true, SecureSocketOptions.StartTls)]
    [InlineData(587, false, SecureSocketOptions.None)]
    public void Port_465_is_encrypted_from_the_first_byte_and_any_other_as_the_settings_say(int port, bool startTls, SecureSocketOptions expected) =>
        Assert.Equal(expected, new SmtpOptions { Port = port, StartTls = startTls }.Encryption);

    [Fact]
    public void A_password_needs_no_starttls_where_all_is_encrypted() => Start(new()
    {
        ["Mail:Mode"] = "Smtp",
        ["Mail:From"] = "post@alder.example",
        ["Mail:Smtp:Host"] = "mail.alder.example",
        ["Mail:Smtp:Port"] = "465",
        ["Mail:Smtp:Password"] = "secret",
        ["Mail:Smtp:StartTls"] = "false",
    });

    private static void Start(Dictionary<string, string?> settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Configuration.AddInMemoryCollection(settings);
        builder.AddMail();
        using var services = builder.Services.BuildServiceProvider();
        services.GetRequiredService<IStartupValidator>().Validate();
    }
}
