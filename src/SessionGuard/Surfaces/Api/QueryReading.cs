using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace SessionGuard.Surfaces.Api;

/// <summary>Reads the values of a query and gathers what is wrong with them, so that one answer names all of it.</summary>
internal sealed class QueryReading
{
    public const string CursorHint = "Use the next of the page before, unchanged.";

    private const int DefaultLimit = 50;
    private const int MostAtOnce = 200;

    public Dictionary<string, string[]> Faults { get; } = [];

    /// <summary>Null when the value is not there, or cannot be used and is now among the <see cref="Faults"/>.</summary>
    public T? Read<T>(string? text, string name, Func<string, T?> parse, string hint)
    {
        if (string.IsNullOrEmpty(text))
        {
            return default;
        }

        var value = parse(text);
        if (value is null)
        {
            Faults[name] = [hint];
        }

        return value;
    }

    public DateTimeOffset? Instant(string? text, string name) => Read(
        text, name,
        t => DateTimeOffset.TryParse(t, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant.ToUniversalTime() : (DateTimeOffset?)null,
        "Use a time with an offset, such as 2026-03-04T17:00:00Z.");

    /// <summary>The cursor of a list that is in the order of its ids.</summary>
    public Guid? Id(string? cursor) => Read(cursor, "cursor", text => Guid.TryParse(text, out var id) ? id : (Guid?)null, CursorHint);

    public int Limit(string? text) => Read(
        text, "limit",
        t => int.TryParse(t, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= MostAtOnce ? limit : (int?)null,
        $"Use a number from 1 to {MostAtOnce}.") ?? DefaultLimit;

    public ValidationProblem Problem() => TypedResults.ValidationProblem(Faults, title: "A value in the address cannot be used.");
}
