using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;

namespace SessionGuard.Zoom.Webhooks.Inbox;

/// <summary>What the endpoint must know of a body, found in one pass. Everything else waits until the delivery is applied.</summary>
/// <param name="Event">Zoom's name of the event; empty when the body cannot be read as one.</param>
/// <param name="Milliseconds">The event's own time, Unix milliseconds; 0 when it has none.</param>
/// <param name="PlainToken">The word of a URL validation.</param>
/// <param name="NamesAnotherAccount">An account other than the asked one is named somewhere in the payload.</param>
internal readonly record struct Envelope(string Event, long Milliseconds, string? PlainToken, bool NamesAnotherAccount)
{
    public const int MaxEventLength = 100;

    private const int TopLevel = 1;
    private const int InPayload = 2;
    private static readonly SearchValues<char> EventLetters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");

    // Later than this no calendar goes.
    private static readonly long LastMillisecond = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>The body without the mark some writers put in front of UTF-8.</summary>
    public static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> body) =>
        body.StartsWith("\uFEFF"u8) ? body["\uFEFF"u8.Length..] : body;

    public static Envelope Read(ReadOnlySpan<byte> body, string accountId)
    {
        var found = default(Envelope);
        try
        {
            var reader = new Utf8JsonReader(WithoutMark(body));
            var withinPayload = false;
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.PropertyName)
                {
                    found = found.With(ref reader, ref withinPayload, accountId);
                }
            }

            return Utf8.IsValid(body) && IsEventName(found.Event) ? found : found with { Event = "" };
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // Half a surrogate pair in a name passes the parser and fails when the name is compared.
            return found with { Event = "", Milliseconds = 0 };
        }
    }

    /// <summary>The time stands at the top, except in <c>app_deauthorized</c>, which has it in the payload.</summary>
    private Envelope With(ref Utf8JsonReader reader, ref bool withinPayload, string accountId)
    {
        var depth = reader.CurrentDepth;
        if (depth == TopLevel)
        {
            withinPayload = reader.ValueTextEquals("payload"u8);
            return reader.ValueTextEquals("event"u8) ? this with { Event = Text(ref reader) ?? "" }
                : reader.ValueTextEquals("event_ts"u8) ? this with { Milliseconds = Time(ref reader) }
                : this;
        }

        if (!withinPayload)
        {
            return this;
        }

        return reader.ValueTextEquals("account_id"u8) ? this with { NamesAnotherAccount = IsAnother(ref reader, accountId) || NamesAnotherAccount }
            : depth != InPayload ? this
            : reader.ValueTextEquals("plainToken"u8) ? this with { PlainToken = Text(ref reader) }
            : reader.ValueTextEquals("event_ts"u8) && Milliseconds == 0 ? this with { Milliseconds = Time(ref reader) }
            : this;
    }

    private static bool IsAnother(ref Utf8JsonReader reader, string accountId) =>
        reader.Read() && reader.TokenType is JsonTokenType.String && !reader.ValueTextEquals(accountId);

    private static string? Text(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType is JsonTokenType.String ? reader.GetString() : null;

    /// <summary>A number, or a number written as text.</summary>
    private static long Time(ref Utf8JsonReader reader)
    {
        var milliseconds = 0L;
        var found = reader.Read() && reader.TokenType switch
        {
            JsonTokenType.Number => reader.TryGetInt64(out milliseconds),
            JsonTokenType.String => long.TryParse(reader.ValueSpan, System.Globalization.CultureInfo.InvariantCulture, out milliseconds),
            _ => false,
        };
        return found && milliseconds > 0 && milliseconds <= LastMillisecond ? milliseconds : 0;
    }

    private static bool IsEventName(string? name) =>
        name is { Length: > 0 and <= MaxEventLength } && !name.AsSpan().ContainsAnyExcept(EventLetters);
}
