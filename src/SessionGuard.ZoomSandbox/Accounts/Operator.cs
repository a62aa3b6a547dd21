namespace SessionGuard.ZoomSandbox;

/// <summary>In whose name something was done: the account's owner for the API, the host for what people do.</summary>
internal readonly record struct Operator(string Id, string Email)
{
    public static Operator Of(SandboxHost host) => new(host.Id, host.Email);
}
