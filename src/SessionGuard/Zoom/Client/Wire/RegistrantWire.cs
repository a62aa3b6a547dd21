namespace SessionGuard.Zoom.Client.Wire;

internal sealed class NewRegistrantWire
{
    public required string Email { get; init; }

    public required string FirstName { get; init; }

    public string? LastName { get; init; }

    /// <summary>Also where the meeting itself asks for approval: the seat was given out here.</summary>
    public bool AutoApprove { get; } = true;
}

internal sealed class RegistrantWire
{
    public required string RegistrantId { get; init; }

    public string? JoinUrl { get; init; }

    public string? ParticipantPinCode { get; init; }

    public ZoomRegistrant ToRegistrant() => new(RegistrantId, Secret.From(JoinUrl), Secret.From(ParticipantPinCode));
}

internal sealed class RegistrantPageWire : IPageWire<RegistrantPageWire.ListedSeatWire>
{
    public string? NextPageToken { get; init; }

    public required IReadOnlyList<ListedSeatWire> Registrants { get; init; }

    IReadOnlyList<ListedSeatWire> IPageWire<ListedSeatWire>.Items => Registrants;

    internal sealed class ListedSeatWire
    {
        public required string Id { get; init; }

        public string? Email { get; init; }

        public string? JoinUrl { get; init; }

        public string? ParticipantPinCode { get; init; }

        public ZoomListedRegistrant ToListed() => new(Email ?? "", new ZoomRegistrant(Id, Secret.From(JoinUrl), Secret.From(ParticipantPinCode)));
    }
}

internal sealed record RegistrantStatusWire(string Action, IReadOnlyList<RegistrantStatusWire.IdWire> Registrants)
{
    internal sealed record IdWire(string Id);
}
