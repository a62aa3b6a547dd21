using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SessionGuard.Platform.Tenancy;
using SessionGuard.Zoom.Client.Wire;

namespace SessionGuard.Zoom.Client;

/// <summary>Calls whose answer is JSON, read into our own words. A body that cannot be read is a fault, never half a value.</summary>
internal sealed partial class ZoomReads(ZoomCalls calls, ILogger<ZoomReads> logger)
{
    /// <summary>A list that never ends is Zoom's mistake; 50 pages are 15,000 rows.</summary>
    private const int MostPages = 50;

    public async Task<ZoomAnswer<T>> OneAsync<TWire, T>(
        KnownOrganisation school, ZoomCall call, JsonTypeInfo<TWire> type, Func<TWire, T> read, CancellationToken cancellation)
        where TWire : class
        where T : class
    {
        var answer = await calls.SendAsync(school, call, cancellation);
        if (answer.Value is not { } body)
        {
            return answer.Fault!;
        }

        try
        {
            return read(JsonSerializer.Deserialize(body, type) ?? throw new JsonException("No object."));
        }
        catch (JsonException e)
        {
            LogUnreadable(call.Method, call.Route, e.Path);
            return new ZoomFault(ZoomFailure.Unavailable, "Zoom's answer could not be read.");
        }
    }

    /// <summary>All pages of a list, or the fault of the first page that failed: a part is never passed off as the whole.</summary>
    public async Task<ZoomAnswer<IReadOnlyList<T>>> AllAsync<TPage, TWire, T>(
        KnownOrganisation school, ZoomCall call, JsonTypeInfo<TPage> type, Func<TWire, T?> read, CancellationToken cancellation)
        where TPage : class, IPageWire<TWire>
        where T : class
    {
        var all = new List<T>();
        var page = call;
        for (var number = 1; number <= MostPages; number++)
        {
            var answer = await OneAsync(school, page, type, wire => wire, cancellation);
            if (answer.Value is not { } wire)
            {
                return answer.Fault!;
            }

            all.AddRange(wire.Items.Select(read).OfType<T>());
            if (string.IsNullOrEmpty(wire.NextPageToken))
            {
                return ZoomAnswer<IReadOnlyList<T>>.FromValue(all);
            }

            page = call with { Path = $"{call.Path}&next_page_token={Uri.EscapeDataString(wire.NextPageToken)}" };
        }

        return new ZoomFault(ZoomFailure.Unavailable, "Zoom's list did not come to an end.");
    }

    /// <summary>A call that has nothing to tell but that it was taken.</summary>
    public async Task<ZoomAnswer<Done>> DoneAsync(KnownOrganisation school, ZoomCall call, CancellationToken cancellation) =>
        (await calls.SendAsync(school, call, cancellation)).Fault is { } fault ? fault : Done.Instance;

    [LoggerMessage(EventId = 303, Level = LogLevel.Warning, Message = "Zoom's answer to {Method} {Route} could not be read at {Path}.")]
    private partial void LogUnreadable(HttpMethod method, string route, string? path);
}
