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
    private static readonly DateTimeOffset Today = TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task Mail_travels_encrypted_to_a_server_whose_certificate_is_trusted()
    {
        using var authority = Authority();
        using var certificate = IssuedBy(authority, "localhost");
        var arrived = new TaskCompletionSource();
        await using var server = new ScriptedSmtpServer { Certificate = certificate, Taken = _ => arrived.TrySetResult() };
        await using var app = await App.StartAsync(StorageEngine.PostgreSql, clock: new TestClock(Today.AddMinutes(-1)));
        await app.QueueAsync(Letters.To(app, "sam@family.example"));
        // Which authorities are trusted is settled when a process first encrypts: so in one of its own.
        var trusted = Path.Combine(app.Folder, "authority.pem");
        await File.WriteAllTextAsync(trusted, authority.ExportCertificatePem());
        var connection = await app.ReadAsync(db => Task.FromResult(db.Database.GetConnectionString()));
        await using var sender = ProgramRun.Start(app.Folder, ["serve", "--urls=http://127.0.0.1:0"], new Dictionary<string, string?>(
            [.. App.Settings(app.Folder, StorageEngine.PostgreSql, connection!), .. Encrypted(server)])
        {
            ["Jobs:Enabled"] = "true",
            ["SSL_CERT_FILE"] = trusted,
        });

        await arrived.Task.WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Equal("sam@family.example", Assert.Single(server.Messages).Header("To"));
        // Nothing before the encryption but the greeting.
        Assert.Equal(["EHLO", "STARTTLS", "EHLO", "MAIL"], server.Heard.Take(4).Select(line => line.Split(' ')[0]));
    }

    [Theory]
    [InlineData("localhost")] // by nobody who is trusted here
    [InlineData("post.elsewhere.example")]
    public async Task A_server_that_cannot_prove_who_it_is_gets_no_mail(string name)
    {
        using var authority = Authority();
        using var certificate = IssuedBy(authority, name);
        await using var server = new ScriptedSmtpServer { Certificate = certificate };
        await using var app = await App.StartAsync(StorageEngine.Sqlite, Encrypted(server));
        await app.QueueAsync(Letters.To(app, "sam@family.example"));

        await app.RunAsync<SendMailJob>();

        var waiting = Assert.Single(await app.OutboxAsync());
        Assert.Equal(OutboxState.Waiting, waiting.State);
        Assert.Equal("The mail server could not be reached over an encrypted connection, or hung up.", waiting.LastError);
        Assert.Empty(server.Messages);
        Assert.Equal(["EHLO", "STARTTLS"], server.Heard.Select(line => line.Split(' ')[0]));
    }

    private static Dictionary<string, string?> Encrypted(ScriptedSmtpServer server) =>
        new(server.Settings) { ["Mail:Smtp:Host"] = "localhost", ["Mail:Smtp:StartTls"] = "true" };

    private static X509Certificate2 Authority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        return request.CreateSelfSigned(Today.AddDays(-1), Today.AddDays(1));
    }

    private static X509Certificate2 IssuedBy(X509Certificate2 authority, string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        using var issued = request.Create(authority, Today.AddHours(-1), Today.AddHours(1), [1]);
        return issued.CopyWithPrivateKey(key);
    }
}
