using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace SessionGuard.ZoomSandbox.Api;

/// <summary>Writes down every request, answered or not.</summary>
internal sealed class CallLog(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly List<SandboxCall> _calls = [];

    public IReadOnlyList<SandboxCall> Calls
    {
        get
        {
            lock (_gate)
            {
                return [.. _calls];
            }
        }
    }

    public Task RecordAsync(HttpContext context, RequestDelegate next)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?', 2);
        var query = target.Length > 1 ? target[1] : "";
        var call = new SandboxCall(context.Request.Method, target[0], query, context.Request.Host.Value ?? "", clock.GetUtcNow());
        lock (_gate)
        {
            _calls.Add(call);
        }

        // Before the first byte leaves, so that whoever has the answer also finds the status here.
        context.Response.OnStarting(() =>
        {
            call.Status = context.RequestAborted.IsCancellationRequested ? 0 : context.Response.StatusCode;
            return Task.CompletedTask;
        });
        return next(context);
    }
}
