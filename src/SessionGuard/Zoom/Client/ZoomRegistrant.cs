namespace SessionGuard.Zoom.Client;

/// <summary>A seat to be registered. Zoom takes the same address three times a day.</summary>
/// <param name="Email">The seat's alias, not a family's address.</param>
internal sealed record NewRegistrant(string Email, string FirstName, string? LastName = null)
{
    public override string ToString() => "new registrant";
}

/// <param name="Id">What webhooks call <c>registrant_id</c>.</param>
/// <param name="JoinUrl">This seat's own link; null while somebody has to approve it.</param>
/// <param name="PhonePin">The number that lets a telephone in; null where the account has none.</param>
internal sealed record ZoomRegistrant(string Id, Secret? JoinUrl, Secret? PhonePin);

/// <param name="Email">The alias that the seat was registered under.</param>
internal sealed record ZoomListedRegistrant(string Email, ZoomRegistrant Registrant)
{
    public override string ToString() => "listed registrant";
}

internal enum RegistrantAction
{
    Approve,
    Cancel,
    Deny,
}
