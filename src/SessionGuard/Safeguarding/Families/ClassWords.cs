using SessionGuard.Platform.Tenancy;
using SessionGuard.Rules;
using SessionGuard.Safeguarding.Answers;
using SessionGuard.School.People;
using SessionGuard.School.Staff;

namespace SessionGuard.Safeguarding.Families;

/// <summary>How families are spoken to about a class.</summary>
internal static class ClassWords
{
    /// <summary>"Maya", "Maya and Leo", "Maya, Leo and Kit".</summary>
    public static string Names(IEnumerable<Person> children) => children.Select(c => c.FirstName).ToList() switch
    {
        [] => "",
        [var only] => only,
        [.. var before, var last] => $"{string.Join(", ", before)} and {last}",
    };

    /// <summary>What is asked: "Will an adult be in the room with Maya?"</summary>
    /// <param name="when">Said in the question where nothing above it says it.</param>
    public static string Question(PresenceMode mode, IReadOnlyList<Person> children, string? when = null) => mode switch
    {
        PresenceMode.InRoom => $"Will an adult be in the room with {Names(children)}{On(when)}?",
        PresenceMode.Nearby when when is null => $"Will an adult be at home with {Names(children)}, within call?",
        PresenceMode.Nearby => $"Will an adult be at home with {Names(children)}, within call,{On(when)}?",
        PresenceMode.AgreedAlone => $"Will {Names(children)} come{On(when)}?",
    };

    private static string On(string? when) => when is null ? "" : $" on {when}";

    /// <summary>What an answer says, to whoever gave it.</summary>
    public static string Said(Answer answer) => answer.Kind switch
    {
        AnswerKind.Present => "You will be there.",
        AnswerKind.AnotherAdult => $"{answer.OtherAdult} will be there.",
        AnswerKind.CannotCome => "You cannot come.",
    };

    /// <summary>"Questions? Ring Robin Lead on 01632 960 001."</summary>
    public static string Questions(KnownOrganisation school) => school.Lead switch
    {
        null => $"Questions? Ask {school.Name}.",
        { Phone: null } lead => $"Questions? Ask {lead.Name} at {school.Name}.",
        { } lead => $"Questions? Ring {lead.Name} on {lead.Phone}.",
    };

    /// <summary>What a telephone is to dial when the number is pressed. The nought of "+44 (0)1632" is not dialled.</summary>
    public static string Dial(string phone) =>
        $"tel:{string.Concat(phone.Replace("(0)", "", StringComparison.Ordinal).Where(c => char.IsAsciiDigit(c) || c is '+'))}";

    /// <summary>"Tuesday ballet"; the day only once.</summary>
    public static string Titled(string? name, string weekday) =>
        name is null ? $"{weekday} class"
        : name.Contains(weekday, StringComparison.OrdinalIgnoreCase) ? name
        : $"{weekday} {name}";

    /// <summary>The class for the subject of a mail: its name, or null when there is none or it names one of its children.</summary>
    public static string? ForSubject(string? className, IEnumerable<Person> children)
    {
        if (string.IsNullOrWhiteSpace(className) || className.Length > 60)
        {
            return null;
        }

        var words = className.Split([' ', ',', '.', '’', '\'', ':', ';', '(', ')', '/', '-'], StringSplitOptions.RemoveEmptyEntries);
        var names = children.SelectMany(c => c.Name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return words.Intersect(names, StringComparer.OrdinalIgnoreCase).Any() ? null : className;
    }
}
