namespace SessionGuard.Zoom.Client;

/// <summary>Reads a body that may be longer than anything Zoom has to say.</summary>
internal static class BoundedBody
{
    /// <summary>1 MiB. The largest honest answer, a page of 300 participants, is about a tenth of it.</summary>
    public const int Limit = 1024 * 1024;

    /// <returns>Null when the body is longer than <see cref="Limit"/>; no more than one byte beyond it is read.</returns>
    public static async Task<byte[]?> ReadAsync(HttpContent content, CancellationToken cancellation)
    {
        if (content.Headers.ContentLength > Limit)
        {
            return null;
        }

        await using var source = await content.ReadAsStreamAsync(cancellation);
        using var body = new MemoryStream();
        var part = new byte[16 * 1024];
        while (body.Length <= Limit)
        {
            var room = (int)Math.Min(part.Length, Limit + 1 - body.Length);
            var read = await source.ReadAsync(part.AsMemory(0, room), cancellation);
            if (read == 0)
            {
                return body.ToArray();
            }

            body.Write(part, 0, read);
        }

        return null;
    }
}
