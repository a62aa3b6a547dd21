namespace SessionGuard.Platform.Jobs;

/// <summary>What this node does beside its jobs, set by the areas that know.</summary>
internal sealed class NodeDuties
{
    /// <summary>Whether deliveries from outside are taken here.</summary>
    public bool TakesDeliveries { get; set; }
}
