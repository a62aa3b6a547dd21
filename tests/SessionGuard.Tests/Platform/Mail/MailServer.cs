using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.ComponentModel;
using SmtpServer.Net;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace SessionGuard.Tests.Platform.Mail;

/// <summary>A mail server on loopback that does all as it should: encrypts, asks for the password, takes mail.</summary>
internal sealed class MailServer : MessageStore, IUserAuthenticator, IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<IPEndPoint> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _running;
    private int _connections;

    private MailServer(X509Certificate2? certificate, IPEndPoint at, bool isImplicitTls)
    {
        var listeners = new EndpointListenerFactory();
        listeners.EndpointStarted += (_, e) => _started.TrySetResult((IPEndPoint)e.LocalEndPoint);
        var services = new ServiceProvider();
        services.Add((IEndpointListenerFactory)listeners);
        services.Add((IUserAuthenticator)this);
        services.Add((IMessageStore)this);
        var server = new global::SmtpServer.SmtpServer(Options(certificate, at, isImplicitTls), services);
        server.SessionCreated += (_, e) =>
        {
            Interlocked.Increment(ref _connections);
            e.Context.CommandExecuting += (_, command) => Heard.Enqueue(command.Command.Name);
        };
        _running = server.StartAsync(_stop.Token);
    }

    /// <summary>What it lets the user <c>post</c> in with.</summary>
    public string Password { get; set; } = "secret";

    public int Connections => _connections;

    /// <summary>The commands that came in, by name.</summary>
    public ConcurrentQueue<string> Heard { get; } = [];

    public ConcurrentQueue<ReceivedMail> Messages { get; } = [];

    public TaskCompletionSource FirstArrived { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public required Dictionary<string, string?> Settings { get; init; }

    /// <param name="certificate">Null: it does not encrypt.</param>
    /// <param name="at">Null: a free port of this machine.</param>
    /// <param name="isImplicitTls">Encrypted from the first byte.</param>
    /// <exception cref="System.Net.Sockets.SocketException">The port is not to be had.</exception>
    public static async Task<MailServer> StartAsync(X509Certificate2? certificate = null, IPEndPoint? at = null, bool isImplicitTls = false)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Mail:Mode"] = "Smtp",
            ["Mail:From"] = "post@alder.example",
            ["Mail:Smtp:StartTls"] = certificate is null ? "false" : "true",
            ["Mail:Smtp:User"] = "post",
            ["Mail:Smtp:Password"] = "secret",
            ["Mail:Smtp:Timeout"] = "00:00:20",
        };
        var server = new MailServer(certificate, at ?? new IPEndPoint(IPAddress.Loopback, 0), isImplicitTls) { Settings = settings };
        await await Task.WhenAny(server._started.Task, server._running);
        var bound = await server._started.Task;
        settings["Mail:Smtp:Host"] = bound.Address.ToString();
        settings["Mail:Smtp:Port"] = bound.Port.ToString(CultureInfo.InvariantCulture);
        return server;
    }

    public override Task<SmtpResponse> SaveAsync(
        ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
    {
        Messages.Enqueue(ReceivedMail.Parse(Encoding.Latin1.GetString(buffer.ToArray())));
        FirstArrived.TrySetResult();
        return Task.FromResult(SmtpResponse.Ok);
    }

    public Task<bool> AuthenticateAsync(ISessionContext context, string user, string password, CancellationToken cancellationToken) =>
        Task.FromResult(user == "post" && password == Password);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _running;
        }
        catch (OperationCanceledException)
        {
        }

        _stop.Dispose();
    }

    private static ISmtpServerOptions Options(X509Certificate2? certificate, IPEndPoint at, bool isImplicitTls) =>
        new SmtpServerOptionsBuilder().ServerName("post.alder.example").Endpoint(endpoint =>
        {
            endpoint.Endpoint(at).IsSecure(isImplicitTls).AuthenticationRequired(true).AllowUnsecureAuthentication(certificate is null);
            if (certificate is not null)
            {
                endpoint.Certificate(certificate);
            }
        }).Build();
}
