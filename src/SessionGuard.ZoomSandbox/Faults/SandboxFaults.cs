using Microsoft.AspNetCore.Http;

namespace SessionGuard.ZoomSandbox;

/// <summary>Scripted faults of API and token endpoint. The first one that fits a call is used up by it.</summary>
public sealed class SandboxFaults
{
    private readonly Lock _gate = new();
    private readonly List<Planned> _planned = [];

    /// <summary>Gives the next <paramref name="count"/> fitting calls this fault.</summary>
    /// <param name="method">An HTTP verb; null fits all.</param>
    /// <param name="pathPrefix">How the path begins, such as <c>/v2/meetings</c> or <c>/oauth/token</c>; null fits all.</param>
    public void Next(int count, Fault fault, string? method = null, string? pathPrefix = null)
    {
        lock (_gate)
        {
            _planned.Add(new Planned(fault, method, pathPrefix) { Left = count });
        }
    }

    /// <summary>Gives every fitting call this fault until <see cref="Clear"/>.</summary>
    public void Always(Fault fault, string? method = null, string? pathPrefix = null) => Next(int.MaxValue, fault, method, pathPrefix);

    /// <param name="pathPrefix">As the faults were given; null takes all back.</param>
    public void Clear(string? pathPrefix = null)
    {
        lock (_gate)
        {
            _planned.RemoveAll(p => pathPrefix is null || p.PathPrefix == pathPrefix);
        }
    }

    internal Fault? TakeFor(HttpRequest request)
    {
        lock (_gate)
        {
            var fitting = _planned.Find(p => p.Fits(request));
            if (fitting is not null && --fitting.Left == 0)
            {
                _planned.Remove(fitting);
            }

            return fitting?.Fault;
        }
    }

    private sealed record Planned(Fault Fault, string? Method, string? PathPrefix)
    {
        public int Left { get; set; }

        public bool Fits(HttpRequest request) =>
            (Method is null || HttpMethods.Equals(Method, request.Method))
            && (PathPrefix is null || (request.Path.Value ?? "").StartsWith(PathPrefix, StringComparison.OrdinalIgnoreCase));
    }
}
