using SessionGuard.Classes.Seats;
using SessionGuard.Platform.Text;
using SessionGuard.Safeguarding.Answers;
using SessionGuard.Safeguarding.Overview;
using SessionGuard.Safeguarding.Presence;

namespace SessionGuard.Tests.Safeguarding.Overview;

public sealed class ChildRowTests
{
    private static readonly LocalTime Time = new(TimeZoneInfo.FindSystemTimeZoneById("Europe/London"), ClassOf.Five);

    [Theory]
    [InlineData(nameof(AnswerKind.Present), null, "Adult confirmed", "Sarah said they will be there, Mon 23 Nov, 17:00.")]
    [InlineData(nameof(AnswerKind.AnotherAdult), "Gran", "Adult confirmed", "Sarah said Gran will be there, Mon 23 Nov, 17:00.")]
    [InlineData(nameof(AnswerKind.CannotCome), null, "Does not come", "Sarah said Maya cannot come, Mon 23 Nov, 17:00.")]
    public void An_answer_is_somebodys_word(string kind, string? other, string word, string sentence)
    {
        var row = ClassOf.Child("Maya", Enum.Parse<AnswerKind>(kind), other);

        Assert.Equal((word, sentence), (row.Mark.Word, row.Sentence(Time)));
    }

    [Fact]
    public void Without_an_answer_it_says_what_was_done_about_it()
    {
        Assert.Equal("No answer yet", ClassOf.Child("Maya").Mark.Word);
        Assert.Equal("Not asked yet", ClassOf.Child("Maya", asked: false).Mark.Word);
        Assert.Equal("Please ring", ClassOf.Child("Maya", adults: ClassOf.Carer("Sarah", email: null)).Mark.Word);
        Assert.Equal("Please ring", ClassOf.Child("Maya", adults: ClassOf.Carer("Sarah", mayBeContacted: false)).Mark.Word);
    }

    [Fact]
    public void An_address_that_turned_out_to_be_somebody_elses_is_asked_for_anew()
    {
        var carer = ClassOf.Carer("Sarah");
        carer.Carer.DisownedEmail = carer.Carer.Email;
        var row = ClassOf.Child("Maya", adults: carer);

        Assert.Equal(("Please ring", "Our mail to them reached somebody else. Ask for the right address."), (row.Mark.Word, row.Sentence(Time)));
    }

    [Fact]
    public void An_adult_is_there_when_somebody_said_so_and_the_teacher_does_not_say_otherwise()
    {
        Assert.False(ClassOf.Child("Maya", AnswerKind.Present).HasAdultThere);
        Assert.True(ClassOf.Child("Maya").WithCheckIn().HasAdultThere);
        Assert.True(ClassOf.Child("Maya").WithAttested(AttestedFact.AdultIsThere).HasAdultThere);
        Assert.False(ClassOf.Child("Maya").WithCheckIn().WithAttested(AttestedFact.AdultIsNotThere).HasAdultThere);
    }

    [Fact]
    public void Only_an_adult_who_may_be_contacted_is_to_be_rung()
    {
        var (quiet, loud) = (ClassOf.Carer("Sam", phone: "01632 960 001", mayBeContacted: false), ClassOf.Carer("Jo", phone: "01632 960 002"));

        Assert.Equal("Jo", ClassOf.Child("Maya", adults: [quiet, loud]).ToRing!.Carer.Name);
        Assert.Null(ClassOf.Child("Maya", adults: quiet).ToRing);
    }

    [Fact]
    public void A_class_counts_the_adults_it_needs_and_names_the_missing()
    {
        var view = ClassOf.Children(
            ClassOf.Child("Maya", AnswerKind.Present), ClassOf.Child("Leo"), ClassOf.Child("Aisha", AnswerKind.CannotCome), ClassOf.Child("Ben"), ClassOf.Child("Zoe"));

        Assert.Equal((1, 4), view.Adults);
        Assert.Equal("Leo, Ben and Zoe", view.Missing);
    }

    [Fact]
    public void A_class_without_known_children_counts_nobody()
    {
        Assert.Null(ClassOf.Children().Adults);
        Assert.Null(ClassOf.Children().Missing);
    }
}
