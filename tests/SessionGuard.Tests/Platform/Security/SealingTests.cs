using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Security;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Platform.Security;

public sealed class SealingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private MasterKey Master() => new(Options.Create(new SecurityOptions()), Options.Create(new ServiceOptions { DataFolder = _folder }));

    [Theory]
    [InlineData("")]
    [InlineData("Maya")]
    [InlineData("Zoë 👩‍👧\u0000\u202E")]
    [InlineData(null)]
    public void What_is_sealed_opens_and_looks_another_way_each_time(string? text)
    {
        var plain = text ?? new string('x', 100_000);
        var (personal, box) = (new PersonalData(Master()), new SecretBox(Master()));
        var (one, two) = (personal.Seal(plain), personal.Seal(plain));

        Assert.NotEqual(one, two);
        Assert.Equal((plain, plain), (personal.OpenText(one), personal.OpenText(two)));
        Assert.Equal(plain, box.Open(box.Seal(plain)));
        Assert.Equal(Encoding.UTF8.GetBytes(plain), personal.Open(personal.Seal(Encoding.UTF8.GetBytes(plain))));
        Assert.True(one.AsSpan().StartsWith(personal.Header));
        Assert.StartsWith(box.Header, box.Seal(plain), StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_changed_anywhere_a_piece_missing_or_another_purpose_does_not_open()
    {
        var (personal, box) = (new PersonalData(Master()), new SecretBox(Master()));
        var envelope = personal.Seal("Maya Okonkwo");

        for (var at = 0; at < envelope.Length; at++)
        {
            envelope[at] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => personal.OpenText(envelope));
            envelope[at] ^= 1;
        }

        Assert.ThrowsAny<CryptographicException>(() => personal.OpenText(envelope[..^1]));
        Assert.ThrowsAny<CryptographicException>(() => personal.OpenText([]));
        Assert.ThrowsAny<CryptographicException>(() => box.Open(WebEncoders.Base64UrlEncode(envelope)));
        Assert.Equal("Maya Okonkwo", personal.OpenText(envelope));
    }

    [Fact]
    public void A_machine_woken_twice_from_one_copy_of_its_memory_encrypts_two_texts_in_two_ways()
    {
        var textKey = RandomNumberGenerator.GetBytes(NamedKey.Bytes);
        var nonceKey = RandomNumberGenerator.GetBytes(NamedKey.Bytes);
        Cipher Woken() => new(textKey, nonceKey, bits => bits.Fill(7));
        var maya = "Maya Okonkwo, 12 Elm Row"u8.ToArray();
        var zoe = "Zara Smith, 4 Oak Avenue"u8.ToArray();

        var one = Seal(Woken(), maya);
        var two = Seal(Woken(), zoe);

        Assert.NotEqual(one[..Cipher.NonceBytes], two[..Cipher.NonceBytes]);
        Assert.NotEqual(Xor(maya, zoe), Xor(one[Cipher.NonceBytes..^16], two[Cipher.NonceBytes..^16]));
        Assert.NotEqual(one[..Cipher.NonceBytes], Seal(Woken(), [.. maya, 0])[..Cipher.NonceBytes]);
        Assert.Equal(one, Seal(Woken(), maya)); // the same text at the same moment tells that it is the same, and no more
        var opened = new byte[zoe.Length];
        Woken().Open(two, opened);
        Assert.Equal(zoe, opened);
    }

    [Fact]
    public async Task No_nonce_comes_twice_on_any_thread()
    {
        var personal = new PersonalData(Master());
        var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(
            () => Enumerable.Range(0, 70_000).Select(_ => Convert.ToHexString(personal.Seal("").AsSpan(Sealing.HeaderBytes, Cipher.NonceBytes))).ToList())));

        Assert.Equal(280_000, made.SelectMany(m => m).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void A_running_service_follows_a_rotation_that_another_process_made()
    {
        var (service, operatorsKey) = (Master(), Master());
        var (personal, rotation) = (new PersonalData(service), new KeyRotation(operatorsKey));
        var (before, lasting, first) = (personal.Seal("before"), service.Derive("links"), service.Keys.Current);

        var next = rotation.Prepare();
        Assert.Equal(next, rotation.Prepare());
        Assert.Equal(first, operatorsKey.Keys.Current);
        Assert.Equal(next, rotation.Begin().Current);
        Assert.Equal(next, rotation.Begin().Current);
        Assert.Throws<StartException>(() => rotation.Prepare());

        // It has not looked at the file since; what it meets makes it look.
        Assert.Equal("after", personal.OpenText(new PersonalData(operatorsKey).Seal("after")));
        Assert.Equal("before", personal.OpenText(before));
        Assert.Equal(next, service.Keys.Current);
        Assert.True(personal.Seal("now").AsSpan().StartsWith(personal.Header));
        Assert.Equal(next.Id, personal.Header[1..]);
        Assert.Equal(lasting, service.Derive("links"));

        rotation.End();
        var afterwards = new PersonalData(Master());
        Assert.Throws<UnknownKeyException>(() => afterwards.OpenText(before));
        Assert.Equal(lasting, Master().Derive("links"));
    }

    [Fact]
    public void An_index_finds_the_same_value_only_and_the_one_before_the_rotation_too()
    {
        var master = Master();
        var personal = new PersonalData(master);
        var before = personal.IndexOf("mail-address", "SAM@FAMILY.EXAMPLE");

        Assert.Equal([before], personal.ComputeIndexes("mail-address", "SAM@FAMILY.EXAMPLE"));
        Assert.NotEqual(before, personal.IndexOf("reference", "SAM@FAMILY.EXAMPLE"));
        Assert.NotEqual(before, personal.IndexOf("mail-address", "SAM@FAMILY.EXAMPL"));

        new KeyRotation(master).Begin();
        Assert.NotEqual(before, personal.IndexOf("mail-address", "SAM@FAMILY.EXAMPLE"));
        Assert.Equal([personal.IndexOf("mail-address", "SAM@FAMILY.EXAMPLE"), before], personal.ComputeIndexes("mail-address", "SAM@FAMILY.EXAMPLE"));
    }

    [Fact]
    public void The_key_file_is_whole_and_for_its_owner_alone_whatever_happens_at_once()
    {
        var masters = Enumerable.Range(0, 8).Select(_ => Master()).ToList();
        Parallel.ForEach(masters, master => master.Load());

        Assert.Single(masters.Select(m => m.Keys.Current.Name).Distinct());
        using (new KeyRotation(masters[0]).Hold())
        {
            Assert.Throws<StartException>(() => new KeyRotation(masters[1]).Hold());
        }

        new KeyRotation(masters[0]).Begin();
        Assert.Equal([masters[0].File], Directory.GetFiles(_folder));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(masters[0].File));
        }
    }

    [Fact]
    public void The_code_of_an_address_is_made_as_it_always_was()
    {
        var (id, master) = (Guid.Parse("019a7b2c-0000-7000-8000-000000000001"), Master());
        var codes = new LinkCodes(master);
        string Expected(string purpose, string subject) => WebEncoders.Base64UrlEncode(HMACSHA256.HashData(
            HKDF.Expand(HashAlgorithmName.SHA256, Convert.FromBase64String(File.ReadAllText(master.File)), 32, Encoding.UTF8.GetBytes(purpose)),
            Encoding.UTF8.GetBytes(subject)).AsSpan(0, 16));

        master.Load();
        Assert.Equal(Expected("join-codes", $"{id}:1"), codes.GetCode(LinkCodes.OfClass, $"{id}:1"));
        Assert.Equal(Expected("family-links", $"Join:{id}"), codes.GetCode(LinkCodes.OfCarer, $"Join:{id}"));
    }

    public void Dispose() => _folder.Dispose();

    private static byte[] Seal(Cipher cipher, byte[] text)
    {
        byte[] room = [.. new byte[Cipher.NonceBytes], .. text, .. new byte[Cipher.Added - Cipher.NonceBytes]];
        cipher.Seal(room);
        return room;
    }

    private static byte[] Xor(byte[] one, byte[] two) => [.. one.Zip(two, (a, b) => (byte)(a ^ b))];
}
