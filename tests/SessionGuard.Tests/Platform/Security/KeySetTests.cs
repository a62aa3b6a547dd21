using SessionGuard.Platform.Security;

namespace SessionGuard.Tests.Platform.Security;

public sealed class KeySetTests
{
    [Fact]
    public void A_file_that_was_never_rotated_is_one_key_which_is_all_of_them()
    {
        var key = NamedKey.Make();

        var keys = KeySet.Parse($"  {key.ToBase64()}\n");

        Assert.Equal(new KeySet(key, key), keys);
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        KeySet[] sets = [new(NamedKey.Make(), NamedKey.Make()), new(NamedKey.Make(), NamedKey.Make(), NamedKey.Make()), new(NamedKey.Make(), NamedKey.Make(), Previous: NamedKey.Make())];

        Assert.All(sets, keys => Assert.Equal(keys, KeySet.Parse(keys.Write().Replace("\n", "\r\n", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a key")]
    [InlineData("AAAA")]
    [InlineData("{current}")]
    [InlineData("{lasting}")]
    [InlineData("{current}{current}{lasting}")]
    [InlineData("{current}{lasting}previous 0123456789 {base64}")]
    [InlineData("{current}{lasting}previous")]
    public void Anything_else_is_refused(string text)
    {
        var key = NamedKey.Make();
        foreach (var role in (string[])["current", "lasting"])
        {
            text = text.Replace($"{{{role}}}", $"{role} {key.Name} {key.ToBase64()}\n", StringComparison.Ordinal);
        }

        Assert.Null(KeySet.Parse(text.Replace("{base64}", key.ToBase64(), StringComparison.Ordinal)));
    }

    [Fact]
    public void A_key_that_is_printed_shows_its_name_alone()
    {
        var key = NamedKey.Make();

        Assert.Contains(key.Name, key.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(key.ToBase64(), key.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(key.ToBase64(), new KeySet(key, key).ToString(), StringComparison.Ordinal);
    }
}
