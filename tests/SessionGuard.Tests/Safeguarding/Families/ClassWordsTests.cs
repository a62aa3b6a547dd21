using SessionGuard.Safeguarding.Families;

namespace SessionGuard.Tests.Safeguarding.Families;

public sealed class ClassWordsTests
{
    [Theory]
    [InlineData("01632 960 001", "tel:01632960001")]
    [InlineData("(01632) 960-001", "tel:01632960001")]
    [InlineData("+44 1632 960001", "tel:+441632960001")]
    [InlineData("+44 (0)1632 960001", "tel:+441632960001")]
    public void A_number_is_dialled_as_it_is_meant(string written, string dialled) => Assert.Equal(dialled, ClassWords.Dial(written));
}
