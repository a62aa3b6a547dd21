namespace SessionGuard.Benchmarks;

/// <summary>The floor: Kestrel reads the body and checks the signature, and stores nothing.</summary>
internal static class BareReceiver
{
    public static async Task<int> RunAsync(string port)
    {
        var app = Start(port);
        app.MapPost(Zoom.Path, (RequestDelegate)(async context =>
        {
            var body = new byte[(int)context.Request.ContentLength!];
            await context.Request.Body.ReadExactlyAsync(body);
            var headers = context.Request.Headers;
            context.Response.StatusCode = Zoom.IsSigned(headers["x-zm-request-timestamp"], headers["x-zm-signature"], body) ? 200 : 401;
            context.Response.ContentLength = 0;
        }));
        await app.RunAsync();
        return 0;
    }

    /// <summary>Both baselines: no logging of requests, nothing but routing.</summary>
    public static WebApplication Start(string port, Action<IServiceCollection>? services = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        services?.Invoke(builder.Services);
        var app = builder.Build();
        app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine(Target.Ready));
        return app;
    }
}
