namespace SessionGuard.Platform.Storage;

/// <summary>
/// Whose rows the current request or pass may see. It starts as nobody's: code that forgets to say sees nothing.
/// </summary>
internal sealed class OrganisationScope
{
    /// <summary>The organisation whose rows are seen; <see cref="Guid.Empty"/> is nobody's.</summary>
    public Guid OrganisationId { get; private set; }

    /// <summary>True for the service's own work, which serves every organisation.</summary>
    public bool IsEverything { get; private set; }

    public void Narrow(Guid organisationId)
    {
        OrganisationId = organisationId;
        IsEverything = false;
    }

    /// <summary>For jobs and operators' verbs. Nothing that answers a person's request may call this.</summary>
    public void Widen()
    {
        OrganisationId = Guid.Empty;
        IsEverything = true;
    }
}
