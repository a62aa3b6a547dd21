using SessionGuard.Classes.Checking;
using SessionGuard.Rules;

namespace SessionGuard.Tests.Classes.Checking;

public sealed class PasscodesTests
{
    [Fact]
    public void Every_passcode_made_is_strong_and_holds_only_what_Zoom_allows()
    {
        var made = Enumerable.Range(0, 1000).Select(_ => Passcodes.Make()).ToList();
        Assert.All(made, p => Assert.Matches("^(?=.*[A-Z])(?=.*[a-z])(?=.*[0-9])(?=.*[-@_*])[A-Za-z0-9@*_-]{10}$", p));
        Assert.All(made, p => Assert.Equal(PasscodeStrength.Strong, Passcodes.GetStrength(p)));
        Assert.Equal(made.Count, made.Distinct().Count());
    }

    [Theory]
    [InlineData(null, PasscodeStrength.None)]
    [InlineData("", PasscodeStrength.None)]
    [InlineData("83nf2", PasscodeStrength.Weak)]
    [InlineData("83nf2k", PasscodeStrength.Strong)]
    [InlineData("123456", PasscodeStrength.Weak)]
    [InlineData("987654", PasscodeStrength.Weak)]
    [InlineData("aaaaaaaa", PasscodeStrength.Weak)]
    [InlineData("112233", PasscodeStrength.Weak)]
    [InlineData("135790", PasscodeStrength.Strong)]
    internal void Strength(string? passcode, PasscodeStrength expected) => Assert.Equal(expected, Passcodes.GetStrength(passcode));
}
