namespace SessionGuard.Platform.Storage;

/// <summary>Tables that a library keeps beside ours, in a schema of their own. They are made when ours are, and never in between.</summary>
internal interface ISchemaPart
{
    /// <summary>
    /// The name of its schema. A backup leaves it out, and a restore makes it anew: what it holds tells the library where it stood, and nothing of
    /// a school.
    /// </summary>
    string Schema { get; }

    /// <summary>Whether a change of it is still to be made.</summary>
    Task<bool> IsBehindAsync(CancellationToken cancellation);

    /// <summary>Makes it as this program needs it; called by who has taken the <see cref="SchemaLock"/>.</summary>
    Task ApplyAsync(CancellationToken cancellation);
}
