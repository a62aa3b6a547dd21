using SessionGuard.Platform.Text;
using SessionGuard.Rules;
using SessionGuard.School.People;

namespace SessionGuard.Classes.Seats;

/// <summary>A place in a class as somebody asked for it.</summary>
/// <param name="PersonId">Needed for a child and an adult student; a guest or a teacher is no person of the register.</param>
/// <param name="ScreenName">What Zoom shows; null: what the register says of the person.</param>
/// <param name="ForChildId">The child that a supporting adult comes for.</param>
internal sealed record SeatDetails(SeatKind? Kind, Guid? PersonId, string? ScreenName = null, Guid? ForChildId = null)
{
    /// <summary>Faults for what is wrong without looking anybody up.</summary>
    public void Check(ValidationErrors faults)
    {
        var isUnknown = PersonId is null && Kind is (SeatKind.Staff or SeatKind.SupportingAdult);
        PlainText.Read(ScreenName, "screenName", PersonDetails.LongestScreenName, faults, required: isUnknown);
        switch (Kind)
        {
            case null:
                faults.Add("kind", "Use child, adult-student, supporting-adult or staff.");
                break;
            case SeatKind.Child or SeatKind.AdultStudent when PersonId is null:
                faults.Add("personId", "Say whose place it is.");
                break;
            case SeatKind.Staff when PersonId is not null:
                faults.Add("personId", "A staff place is for a guest or a teacher: give a screenName instead.");
                break;
            case SeatKind.SupportingAdult when ForChildId is null:
                faults.Add("forChild", "Say which child they come for.");
                break;
            case not SeatKind.SupportingAdult when ForChildId is not null:
                faults.Add("forChild", "Only a supporting adult comes for a child.");
                break;
        }
    }

    /// <summary>Null: this kind of place belongs to nobody in the register.</summary>
    public static PersonKind? GetPersonKind(SeatKind kind) => kind switch
    {
        SeatKind.Child => PersonKind.Child,
        SeatKind.AdultStudent => PersonKind.AdultStudent,
        SeatKind.SupportingAdult => PersonKind.Carer,
        SeatKind.Staff => null,
    };
}
