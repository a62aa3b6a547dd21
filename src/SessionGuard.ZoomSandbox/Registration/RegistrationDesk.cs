using SessionGuard.ZoomSandbox.Events;

namespace SessionGuard.ZoomSandbox.Registration;

/// <summary>Takes registrations and decides on them.</summary>
internal sealed class RegistrationDesk(RegistrationEvents events)
{
    public const int MostRegistrants = 4_999;

    /// <summary>An automatic approval raises no event of its own: the one for the registration says it.</summary>
    public void Add(SandboxRegistrant registrant, bool approve)
    {
        registrant.Status = approve ? "approved" : "pending";
        registrant.Meeting.RegistrantList.Add(registrant);
        events.Created(registrant);
    }

    /// <param name="action">approve, deny or cancel.</param>
    /// <returns>False when Zoom has no such action.</returns>
    public bool Decide(SandboxRegistrant registrant, string action, Operator by)
    {
        switch (action)
        {
            case "approve":
                registrant.Status = "approved";
                events.Approved(registrant, by);
                return true;
            case "deny":
                registrant.Status = "denied";
                events.Denied(registrant, by);
                return true;
            case "cancel":
                registrant.Status = "cancelled";
                events.Cancelled(registrant, by);
                return true;
            default:
                return false;
        }
    }
}
