namespace SessionGuard.Zoom.Client;

/// <summary>What came of a call: <see cref="Value"/>, or the <see cref="Fault"/> that the caller must look at. Exactly one is not null.</summary>
/// <example><c>answer.Value is { } meeting ? Judge(meeting) : Postpone(answer.Fault!)</c></example>
internal sealed record ZoomAnswer<T>
    where T : class
{
    private ZoomAnswer(T? value, ZoomFault? fault)
    {
        Value = value;
        Fault = fault;
    }

    public T? Value { get; }

    public ZoomFault? Fault { get; }

    public ZoomFailure? Failure => Fault?.Failure;

    public static implicit operator ZoomAnswer<T>(T value) => new(value, null);

    public static implicit operator ZoomAnswer<T>(ZoomFault fault) => new(null, fault);

    /// <summary>For an interface, which C# does not convert implicitly.</summary>
    public static ZoomAnswer<T> FromValue(T value) => new(value, null);
}

/// <summary>The value of a call that has nothing to tell but that it was taken. Read back what it changed: Zoom may have overridden it.</summary>
internal sealed record Done
{
    public static readonly Done Instance = new();

    private Done()
    {
    }
}
