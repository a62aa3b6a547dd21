namespace SessionGuard.ZoomSandbox;

/// <summary>The account's plan: sets rate limits and whether registration, reports and some events exist.</summary>
public enum SandboxPlan
{
    /// <summary>No registration, no past participants, the lowest limits.</summary>
    Free,
    Pro,
    Business,
}
