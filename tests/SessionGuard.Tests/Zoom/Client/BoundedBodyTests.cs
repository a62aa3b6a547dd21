using Microsoft.AspNetCore.Http;
using SessionGuard.Zoom.Client;

namespace SessionGuard.Tests.Zoom.Client;

public sealed class BoundedBodyTests
{
    private const int Limit = BoundedBody.Limit;

    [Theory]
    [InlineData(0, true)]
    [InlineData(Limit - 1, true)]
    [InlineData(Limit, true)]
    [InlineData(Limit + 1, false)]
    [InlineData(50 * 1024 * 1024, false)]
    public async Task A_body_is_read_whole_up_to_the_limit_and_no_further(int length, bool isRead)
    {
        var source = new Zeros(length);
        using var content = new StreamContent(source);

        var body = await BoundedBody.ReadAsync(content, CancellationToken.None);

        Assert.Equal(isRead ? length : null, body?.Length);
        Assert.InRange(source.Taken, 0, Limit + 1);
    }

    [Fact]
    public async Task A_length_over_the_limit_is_believed_without_reading()
    {
        var source = new Zeros(10);
        using var content = new StreamContent(source) { Headers = { ContentLength = Limit + 1 } };

        Assert.Null(await BoundedBody.ReadAsync(content, CancellationToken.None));
        Assert.Equal(0, source.Taken);
    }

    [Fact]
    public async Task A_sender_that_never_stops_is_hung_up_on()
    {
        await using var rig = await ZoomRig.StartAsync();
        var hungUpOn = new TaskCompletionSource();
        rig.Zoom.Answers(Flood(hungUpOn), Reply.Ok);

        var answer = await rig.Clock.PassingPausesAsync(rig.GetAsync());

        Assert.NotNull(answer.Value);
        await hungUpOn.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private static RequestDelegate Flood(TaskCompletionSource hungUpOn) => async context =>
    {
        var part = new byte[64 * 1024];
        Array.Fill(part, (byte)' ');
        context.Response.ContentType = "application/json";
        while (!context.RequestAborted.IsCancellationRequested)
        {
            await context.Response.Body.WriteAsync(part);
        }

        hungUpOn.SetResult();
    };

    private sealed class Zeros(long length) : Stream
    {
        public long Taken { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => Taken; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var now = (int)Math.Min(count, length - Taken);
            Taken += now;
            return now;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
