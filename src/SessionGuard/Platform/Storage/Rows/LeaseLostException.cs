namespace SessionGuard.Platform.Storage.Rows;

/// <summary>
/// The lease on these rows ran out while a pass worked on them, and another pass may have them. What this one found is out of date:
/// nothing of it is kept, and nothing is lost by that.
/// </summary>
internal sealed class LeaseLostException() : Exception("The lease on these rows ended before the pass was through with them.");
