using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Platform.Mail;

/// <summary>Mail names children's classes: it travels encrypted to the server that we meant, or not at all.</summary>
public sealed class SmtpEncryptionTests
{
    private const int ImplicitTlsPort = 465;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Mail_travels_encrypted_to_a_server_whose_certificate_is_trusted(bool isImplicitTls)
    {
        using var authority = TestCertificates.CreateAuthority();
        var at = FreeAddress(isImplicitTls);
        using var certificate = TestCertificates.Issue(authority, at.Address.ToString());
        await using var server = await StartAsync(certificate, at, isImplicitTls);
        await using var app = await App.StartAsync(StorageEngine.PostgreSql, clock: new TestClock(TimeProvider.System.GetUtcNow().AddMinutes(-1)));
        await app.QueueAsync(Letters.To(app, "sam@family.example"));
        // Which authorities are trusted is settled when a process first encrypts: so in one of its own.
        var trusted = Path.Combine(app.Folder, "authority.pem");
        await File.WriteAllTextAsync(trusted, authority.ExportCertificatePem());
        var connection = await app.ReadAsync(db => Task.FromResult(db.Database.GetConnectionString()));
        await using var sender = ProgramRun.Start(app.Folder, ["serve", "--urls=http://127.0.0.1:0"], new Dictionary<string, string?>(
            [.. App.Settings(app.Folder, StorageEngine.PostgreSql, connection!), .. server.Settings])
        {
            ["Jobs:Enabled"] = "true",
            ["SSL_CERT_FILE"] = trusted,
        });

        await server.FirstArrived.Task.WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Equal("sam@family.example", Assert.Single(server.Messages).Header("To"));
        // Nothing before the encryption but the greeting.
        Assert.Equal(
            isImplicitTls ? ["EHLO", "AUTH", "MAIL"] : ["EHLO", "STARTTLS", "EHLO", "AUTH", "MAIL"],
            server.Heard.Take(isImplicitTls ? 3 : 5));
    }

    [Theory]
    [InlineData(true, null)] // by nobody who is trusted here
    [InlineData(false, null)]
    [InlineData(true, "post.elsewhere.example")]
    [InlineData(false, "post.elsewhere.example")]
    public async Task A_server_that_cannot_prove_who_it_is_gets_no_mail(bool isImplicitTls, string? otherName)
    {
        using var authority = TestCertificates.CreateAuthority();
        var at = FreeAddress(isImplicitTls);
        using var certificate = TestCertificates.Issue(authority, otherName ?? at.Address.ToString());
        await using var server = await StartAsync(certificate, at, isImplicitTls);
        await using var app = await App.StartAsync(StorageEngine.Sqlite, server.Settings);
        await app.QueueAsync(Letters.To(app, "sam@family.example"));

        await app.RunAsync<SendMailJob>();

        var waiting = Assert.Single(await app.OutboxAsync());
        Assert.Equal(OutboxState.Waiting, waiting.State);
        Assert.Equal("The mail server's certificate is not trusted here or is for another name; nothing was said to it.", waiting.LastError);
        Assert.Empty(server.Messages);
        Assert.Equal(isImplicitTls ? [] : ["EHLO", "STARTTLS"], server.Heard);
    }

    /// <summary>Port 465 cannot be chosen, so an address of this machine that no other run uses is.</summary>
    private static IPEndPoint FreeAddress(bool isImplicitTls) => isImplicitTls
        ? new IPEndPoint(new IPAddress([127, .. RandomNumberGenerator.GetBytes(2), 9]), ImplicitTlsPort)
        : new IPEndPoint(IPAddress.Loopback, 0);

    private static async Task<MailServer> StartAsync(X509Certificate2 certificate, IPEndPoint at, bool isImplicitTls)
    {
        try
        {
            return await MailServer.StartAsync(certificate, at, isImplicitTls);
        }
        catch (SocketException refused) when (isImplicitTls && refused.SocketErrorCode is SocketError.AccessDenied or SocketError.AddressNotAvailable)
        {
            Assert.Skip("Port 465 is not to be had here: it needs Linux, and a user who may open low ports.");
            throw;
        }
    }
}
