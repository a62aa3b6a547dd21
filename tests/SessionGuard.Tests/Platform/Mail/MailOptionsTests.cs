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

    private static void Start(Dictionary<string, string?> settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Configuration.AddInMemoryCollection(settings);
        builder.AddMail();
        using var services = builder.Services.BuildServiceProvider();
        services.GetRequiredService<IStartupValidator>().Validate();
    }
}
