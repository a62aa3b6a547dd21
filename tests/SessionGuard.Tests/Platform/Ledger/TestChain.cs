using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Platform.Ledger;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Platform.Ledger;

/// <summary>A chain of an organisation of its own, in a real database.</summary>
internal sealed class TestChain(App app) : IAsyncDisposable
{
    private static readonly LedgerAction Done = LedgerAction.Declare("test.done", "A test wrote this.");

    public App App { get; } = app;

    public Guid Organisation { get; } = Guid.CreateVersion7();

    public static async Task<TestChain> StartAsync(StorageEngine engine, int entries)
    {
        var chain = new TestChain(await App.StartAsync(engine));
        await chain.App.WriteAsync(db =>
        {
            for (var i = 1; i <= entries; i++)
            {
                db.Record(chain.Note(i));
            }
        });
        return chain;
    }

    public LedgerNote Note(int number) =>
        new(Organisation, App.Clock.GetUtcNow().AddTicks(12345), "service", Done, $"session:{number}", new { number, name = "ünïcode \0 \uD800" });

    public Task<LedgerVerdict> VerifyAsync() => App.ReadAsync(db => new LedgerVerifier(db).VerifyAsync(Organisation, default));

    /// <summary>Does what only the database's owner can: changes rows behind the triggers' back. Undone when the check is over.</summary>
    public Task<LedgerVerdict> TamperAsync(params string[] statements) => App.ReadAsync(async db =>
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        await DropTriggersAsync(db);
        foreach (var statement in statements)
        {
            Assert.NotEqual(0, await db.Database.ExecuteSqlRawAsync(statement.Replace("$organisation", Key(db), StringComparison.Ordinal)));
        }

        return await new LedgerVerifier(db).VerifyAsync(Organisation, default);
    });

    public ValueTask DisposeAsync() => App.DisposeAsync();

    private static Task<int> DropTriggersAsync(SessionGuardDb db) => db.Database.ExecuteSqlRawAsync(db.Database.IsNpgsql()
        ? "DROP TRIGGER ledger_entries_stay ON ledger_entries; DROP TRIGGER ledger_entries_remain ON ledger_entries"
        : "DROP TRIGGER ledger_entries_stay; DROP TRIGGER ledger_entries_remain");

    /// <summary>SQLite keeps an id as upper-case text.</summary>
    private string Key(SessionGuardDb db) => db.Database.IsNpgsql() ? $"'{Organisation}'" : $"'{Organisation.ToString().ToUpperInvariant()}'";
}
