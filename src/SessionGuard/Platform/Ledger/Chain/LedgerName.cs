namespace SessionGuard.Platform.Ledger.Chain;

/// <summary>
/// How the ledger names who did something and what it was done to: a kind, and an id where there is one. Never a person's name. A feature
/// adds the names of what it owns beside its actions.
/// </summary>
internal static class LedgerName
{
    /// <summary>The service by itself.</summary>
    public const string Service = "service";

    /// <summary>Whoever runs a verb or writes the configuration, or a machine with a token of no account.</summary>
    public const string Operator = "operator";

    public static string Mail(Guid id) => Create("mail", id);

    public static string Organisation(Guid id) => Create("organisation", id);

    /// <param name="kind">What it is, in one word that never changes.</param>
    public static string Create(string kind, Guid id) => $"{kind}:{id}";

    /// <summary>The id in a name of that kind; null in any other name.</summary>
    public static Guid? Read(string kind, string name) =>
        name.StartsWith($"{kind}:", StringComparison.Ordinal) && Guid.TryParse(name.AsSpan(kind.Length + 1), out var id) ? id : null;
}
