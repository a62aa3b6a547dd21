using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SessionGuard.Tests.Platform.Mail;

internal enum SmtpStep
{
    Connect,
    Hello,
    SignIn,
    Sender,
    Recipient,
    Data,
    Body,
}

/// <summary>A mail server on loopback that does what the test tells it to, step by step.</summary>
/// <remarks>Beside <see cref="MailServer"/>, whose library cannot hang, hang up or answer out of place at a step of the test's choice.</remarks>
internal sealed class ScriptedSmtpServer : IAsyncDisposable
{
    /// <summary>Say nothing and keep the line open.</summary>
    public const string Hang = "hang";

    /// <summary>Close the line without a word.</summary>
    public const string Cut = "cut";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _talks = [];
    private readonly Task _accepting;

    public ScriptedSmtpServer()
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    public bool OffersSignIn { get; init; } = true;

    /// <summary>What to answer at a step to its line: such as <c>450 later</c>, <see cref="Hang"/>, <see cref="Cut"/>; null: the usual.</summary>
    public Func<SmtpStep, string, string?> Answer { get; set; } = (_, _) => null;

    public Action<string> Taken { get; set; } = _ => { };

    /// <summary>Every line a client sent outside of a message.</summary>
    public ConcurrentQueue<string> Heard { get; } = [];

    /// <summary>Every message that came in whole, acknowledged or not.</summary>
    public ConcurrentQueue<ReceivedMail> Messages { get; } = [];

    public Dictionary<string, string?> Settings => new()
    {
        ["Mail:Mode"] = "Smtp",
        ["Mail:From"] = "post@alder.example",
        ["Mail:Smtp:Host"] = "127.0.0.1",
        ["Mail:Smtp:Port"] = Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["Mail:Smtp:StartTls"] = "false",
        ["Mail:Smtp:Timeout"] = "00:00:20",
    };

    /// <summary>Closes every line and takes no new one.</summary>
    public async Task HangUpAsync()
    {
        _listener.Stop();
        await _stop.CancelAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await HangUpAsync();
        await _accepting;
        await Task.WhenAll(_talks);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _talks.Add(TalkAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await using var stream = client.GetStream();
                if (await SayAsync(stream, SmtpStep.Connect, "", "220 here"))
                {
                    await ConverseAsync(stream);
                }
            }
            catch (Exception ended) when (ended is OperationCanceledException or IOException)
            {
            }
        }
    }

    private async Task ConverseAsync(Stream stream)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
        var open = true;
        while (open && await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            Heard.Enqueue(line);
            open = line.Split(' ', ':')[0].ToUpperInvariant() switch
            {
                "EHLO" or "HELO" => await SayAsync(stream, SmtpStep.Hello, line, OffersSignIn ? "250-here\r\n250 AUTH PLAIN" : "250 here"),
                "AUTH" => await SayAsync(stream, SmtpStep.SignIn, line, "235 welcome"),
                "MAIL" => await SayAsync(stream, SmtpStep.Sender, line, "250 ok"),
                "RCPT" => await SayAsync(stream, SmtpStep.Recipient, line, "250 ok"),
                "DATA" => await SayAsync(stream, SmtpStep.Data, line, "354 go on") && await TakeAsync(reader, stream),
                "RSET" => await WriteAsync(stream, "250 ok"),
                "QUIT" => false,
                _ => await WriteAsync(stream, "502 what?"),
            };
        }
    }

    private async Task<bool> TakeAsync(StreamReader reader, Stream stream)
    {
        var message = new StringBuilder();
        for (string? line; (line = await reader.ReadLineAsync(_stop.Token)) != ".";)
        {
            if (line is null)
            {
                return false; // the sender hung up in the middle: this is no mail
            }

            message.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        }

        Messages.Enqueue(ReceivedMail.Parse(message.ToString()));
        var open = await SayAsync(stream, SmtpStep.Body, "", "250 taken");
        Taken(message.ToString());
        return open;
    }

    private async Task<bool> SayAsync(Stream stream, SmtpStep step, string argument, string usual)
    {
        var answer = Answer(step, argument) ?? usual;
        if (answer == Hang)
        {
            await new TaskCompletionSource().Task.WaitAsync(_stop.Token);
        }

        return answer != Cut && await WriteAsync(stream, answer);
    }

    private async Task<bool> WriteAsync(Stream stream, string line)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), _stop.Token);
        return true;
    }
}
