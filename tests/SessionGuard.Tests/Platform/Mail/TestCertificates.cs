using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SessionGuard.Tests.Platform.Mail;

/// <summary>An authority of our own, and what it vouches for. Nothing trusts it unless a test makes it so.</summary>
internal static class TestCertificates
{
    private static readonly DateTimeOffset Today = TimeProvider.System.GetUtcNow();

    public static X509Certificate2 CreateAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        return request.CreateSelfSigned(Today.AddDays(-1), Today.AddDays(1));
    }

    /// <param name="host">A name or an address of the network.</param>
    public static X509Certificate2 Issue(X509Certificate2 authority, string host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(host, out var address))
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(host);
        }

        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        using var issued = request.Create(authority, Today.AddHours(-1), Today.AddHours(1), [1]);
        return issued.CopyWithPrivateKey(key);
    }
}
