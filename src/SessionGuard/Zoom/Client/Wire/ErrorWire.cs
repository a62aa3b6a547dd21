namespace SessionGuard.Zoom.Client.Wire;

// What holds a secret or a name in this folder is a class: a record would print it.
internal sealed class ErrorWire
{
    public int? Code { get; init; }

    /// <summary>May quote an address; it goes no further.</summary>
    public string? Message { get; init; }

    public IReadOnlyList<FieldWire>? Errors { get; init; }

    internal sealed class FieldWire
    {
        public string? Field { get; init; }
    }
}

internal sealed class TokenWire
{
    public required string AccessToken { get; init; }

    /// <summary>Seconds.</summary>
    public required long ExpiresIn { get; init; }

    public string? Scope { get; init; }
}
