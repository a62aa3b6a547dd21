using System.Text.Json;
using System.Text.Json.Serialization;
using SessionGuard.Platform.Hosting;

namespace SessionGuard.Surfaces.Seeding;

/// <summary>A school's people and classes in one file. Each list may be left out.</summary>
internal sealed class SeedFile
{
    private static readonly JsonSerializerOptions Reading = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    public IReadOnlyList<SeedStaff> Staff { get; init; } = [];

    public IReadOnlyList<SeedChild> Children { get; init; } = [];

    public IReadOnlyList<SeedAdultStudent> AdultStudents { get; init; } = [];

    public IReadOnlyList<SeedSeries> Series { get; init; } = [];

    /// <exception cref="StartException">It is no such file; the message names the place in it.</exception>
    public static SeedFile Read(string path)
    {
        try
        {
            var text = File.ReadAllText(path);
            using var whole = JsonDocument.Parse(text, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            RefuseEmptyEntries(whole.RootElement, "$");
            return whole.Deserialize<SeedFile>(Reading) ?? new SeedFile();
        }
        catch (JsonException fault)
        {
            throw new StartException($"{path} cannot be read at {fault.Path ?? "$"}, line {fault.LineNumber + 1}: something is missing, misspelt or of the wrong kind.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"{path} cannot be opened.");
        }
    }

    /// <summary>The serialiser takes a null among a list's entries, whatever the list is of.</summary>
    private static void RefuseEmptyEntries(JsonElement element, string path)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    RefuseEmptyEntries(member.Value, $"{path}.{member.Name}");
                }

                break;
            case JsonValueKind.Array:
                foreach (var (entry, index) in element.EnumerateArray().Select((entry, index) => (entry, index)))
                {
                    RefuseEmptyEntries(entry.ValueKind is JsonValueKind.Null ? throw new JsonException(null, $"{path}[{index}]", 0, 0) : entry, $"{path}[{index}]");
                }

                break;
        }
    }
}

/// <param name="Role"><c>teacher</c>, <c>lead</c>, <c>deputy</c> or <c>admin</c>.</param>
internal sealed record SeedStaff(string? Name, string? Email, string? Role);

/// <param name="Reference">The school's own number: by it the child is found again.</param>
internal sealed record SeedChild(
    string? Reference, string? Name, string? ScreenName, string? BornOn, IReadOnlyList<SeedCarer>? Carers);

/// <summary>Found again by the address. The same address at two children is one carer.</summary>
internal sealed record SeedCarer(string? Name, string? Email, string? Phone, bool Primary, bool DoNotContact, bool? NotAuthorised);

internal sealed record SeedAdultStudent(string? Reference, string? Name, string? ScreenName, string? Email, string? Phone);

/// <param name="Reference">The school's own word for the class: by it, or by <paramref name="ZoomMeetingId"/>, it is found again.</param>
/// <param name="Teacher">The teacher's address; so are <paramref name="CoTeachers"/>.</param>
/// <param name="Seats">References of the children and adult students who come.</param>
internal sealed record SeedSeries(
    string? Reference, string? Name, string? Teacher, IReadOnlyList<string>? CoTeachers, long? ZoomMeetingId, string? FirstDate, string? Time, int? Minutes,
    int? Weeks, string? PresenceMode, bool Gate, int? PlannedSize, IReadOnlyList<string>? Seats);
