using SessionGuard.Platform.Mail;

namespace SessionGuard.Tests.Platform.Mail;

public sealed class MailboxTests
{
    [Theory]
    [InlineData("robin@school.example")]
    [InlineData("robin.lead+flags@School.example")]
    [InlineData("o'neil@school.example")]
    [InlineData("\"robin lead\"@school.example")]
    [InlineData("post@localhost")]
    [InlineData("post@[127.0.0.1]")]
    [InlineData("robin@bücher.example")]
    [InlineData("robin@xn--bcher-kva.example")]
    public void One_bare_address_is_one(string address) => Assert.NotNull(Mailbox.Parse(address));

    [Theory]
    [InlineData("")]
    [InlineData("robin")]
    [InlineData("robin@")]
    [InlineData("@school.example")]
    [InlineData("robin..lead@school.example")]
    [InlineData("robin@school..example")]
    [InlineData("robin@school.example.")]
    [InlineData("robin lead@school.example")]
    [InlineData("röbin@school.example")]
    [InlineData("Robin <robin@school.example>")]
    [InlineData("<robin@school.example>")]
    [InlineData("robin@school.example (Robin)")]
    [InlineData("robin(Lead)@school.example")]
    [InlineData("robin@school.example, thief@evil.example")]
    [InlineData("robin@school.example;")]
    [InlineData("staff: robin@school.example;")]
    [InlineData("<@evil.example:robin@school.example>")]
    [InlineData("robin@school.example> RCPT TO:<thief@evil.example>")]
    [InlineData("robin@school.example\r\n")]
    [InlineData("\"robin\r\n\"@school.example")]
    [InlineData("robin@school.example\0")]
    public void Anything_else_is_not(string address) => Assert.Null(Mailbox.Parse(address));
}
