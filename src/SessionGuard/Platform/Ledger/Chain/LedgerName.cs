namespace SessionGuard.Platform.Ledger.Chain;

/// <summary>How the ledger names who did something and what it was done to: a kind, and an id where there is one. Never a person's name.</summary>
internal static class LedgerName
{
    /// <summary>The service by itself.</summary>
    public const string Service = "service";

    /// <summary>Zoom, as its deliveries and answers tell.</summary>
    public const string Zoom = "zoom";

    /// <summary>Whoever runs a verb or writes the configuration, or a machine with a token of no account.</summary>
    public const string Operator = "operator";

    private const string CarerKind = "carer:";

    public static string Account(Guid id) => $"account:{id}";

    public static string Carer(Guid id) => $"{CarerKind}{id}";

    public static string Flag(Guid id) => $"flag:{id}";

    public static string Link(Guid id) => $"link:{id}";

    public static string Mail(Guid id) => $"mail:{id}";

    public static string Meeting(Guid id) => $"meeting:{id}";

    public static string Organisation(Guid id) => $"organisation:{id}";

    public static string Person(Guid id) => $"person:{id}";

    public static string Seat(Guid id) => $"seat:{id}";

    public static string Series(Guid id) => $"series:{id}";

    public static string Session(Guid id) => $"session:{id}";

    /// <summary>Who it is by a carer's name or an adult student's, who are named alike. Null for anybody else.</summary>
    public static Guid? GetCarer(string actor) =>
        actor.StartsWith(CarerKind, StringComparison.Ordinal) && Guid.TryParse(actor.AsSpan(CarerKind.Length), out var id) ? id : null;
}
