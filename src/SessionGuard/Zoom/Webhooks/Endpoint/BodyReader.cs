using System.IO.Pipelines;

namespace SessionGuard.Zoom.Webhooks.Endpoint;

/// <summary>Reads a request's body within a time and a size.</summary>
internal sealed class BodyReader(BodyMemory memory, TimeProvider clock)
{
    /// <summary>Look at <see cref="ReceivedBody.Fault"/> first. The caller disposes of the body.</summary>
    public async ValueTask<ReceivedBody> ReadAsync(HttpRequest request, TimeSpan within)
    {
        var started = clock.GetTimestamp();
        var reader = request.BodyReader;
        var body = new ReceivedBody(memory);
        // Nearly always the body is here already, and then nothing has to be timed.
        ITimer? timer = null;
        try
        {
            var ended = false;
            while (!ended && body.Fault is BodyFault.None)
            {
                var reading = reader.ReadAsync();
                if (!reading.IsCompleted)
                {
                    timer ??= clock.CreateTimer(static r => ((PipeReader)r!).CancelPendingRead(), reader, within, Timeout.InfiniteTimeSpan);
                }

                var read = await reading;
                body.Append(read.Buffer);
                reader.AdvanceTo(read.Buffer.End);
                ended = read.IsCompleted;
                if (!ended && clock.GetElapsedTime(started) >= within)
                {
                    body.Fault = BodyFault.NotNow;
                }
            }
        }
        catch (BadHttpRequestException refused)
        {
            body.Fault = refused.StatusCode == StatusCodes.Status413PayloadTooLarge ? BodyFault.TooLarge : BodyFault.NotNow;
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            body.Fault = BodyFault.NotNow; // nobody is left to read the answer
        }
        finally
        {
            timer?.Dispose();
        }

        return body;
    }
}
