namespace SessionGuard.Platform.Ledger.Chain;

/// <summary>One kind of fact that the ledger may hold, declared by the feature that writes it.</summary>
/// <remarks>Only <see cref="Declare"/> makes one: a word that is stored for good must be findable, and never put together at the moment of writing.</remarks>
internal sealed record LedgerAction
{
    private LedgerAction(string word, string meaning)
    {
        Word = word;
        Meaning = meaning;
    }

    /// <summary>As it is stored, such as <c>repair.held</c>. It never changes: old entries have it.</summary>
    public string Word { get; }

    /// <summary>One sentence for somebody who reads the ledger.</summary>
    public string Meaning { get; }

    public static LedgerAction Declare(string word, string meaning) => new(word, meaning);
}

internal static class LedgerActions
{
    /// <summary>Says which facts a feature may write.</summary>
    public static void AddLedgerActions(this IServiceCollection services, IReadOnlyList<LedgerAction> actions)
    {
        foreach (var action in actions)
        {
            services.AddSingleton(action);
        }
    }
}
