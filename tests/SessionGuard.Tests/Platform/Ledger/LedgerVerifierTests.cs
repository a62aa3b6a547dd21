using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Ledger;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Platform.Ledger;

public sealed class LedgerVerifierTests
{
    private const string Third = "WHERE organisation_id = $organisation AND sequence = 3";

    [Theory, OnEachEngine]
    internal async Task An_untouched_chain_holds_and_its_end_is_told(StorageEngine engine)
    {
        await using var chain = await TestChain.StartAsync(engine, entries: 6);

        var verdict = await chain.VerifyAsync();

        Assert.True(verdict.Holds);
        Assert.Equal(6, verdict.Entries);
        var last = await chain.App.ReadAsync(db => db.Set<LedgerEntry>().SingleAsync(e => e.OrganisationId == chain.Organisation && e.Sequence == 6));
        Assert.Equal(last.Hash, verdict.Hash);
    }

    [Theory, OnEachEngine]
    internal async Task A_change_of_any_column_is_found_and_named(StorageEngine engine)
    {
        await using var chain = await TestChain.StartAsync(engine, entries: 6);
        var columns = await chain.App.ReadAsync(db => Task.FromResult(db.Model.FindEntityType(typeof(LedgerEntry))!.GetProperties()
            .Select(p => (Name: p.GetColumnName(), Type: p.ClrType)).ToList()));
        Assert.Equal(9, columns.Count);

        foreach (var (name, type) in columns)
        {
            var changed = 0 switch
            {
                _ when type == typeof(string) => $"{name} || ' '",
                _ when type == typeof(long) => $"{name} + 100",
                _ when type == typeof(DateTimeOffset) => engine is StorageEngine.Sqlite ? $"{name} + 1" : $"{name} + interval '1 microsecond'",
                _ when type == typeof(Guid) => $"'{Guid.CreateVersion7().ToString().ToUpperInvariant()}'",
                _ => engine is StorageEngine.Sqlite ? "x'00'" : "'\\x00'",
            };

            var verdict = await chain.TamperAsync($"UPDATE ledger_entries SET {name} = {changed} {Third}");

            var expected = name is "organisation_id" or "sequence" ? LedgerFault.Missing : LedgerFault.Altered;
            Assert.Equal((name, expected, 3, 2), (name, verdict.Fault, verdict.BadSequence, verdict.Entries));
        }

        Assert.True((await chain.VerifyAsync()).Holds);
    }

    [Theory, OnEachEngine]
    internal async Task Rows_that_went_came_or_changed_places_are_found_and_named(StorageEngine engine)
    {
        await using var chain = await TestChain.StartAsync(engine, entries: 6);
        const string Mine = "WHERE organisation_id = $organisation AND sequence";

        (string Because, LedgerFault Fault, long Sequence, string[] Statements)[] table =
        [
            ("deleted from the middle", LedgerFault.Missing, 3, [$"DELETE FROM ledger_entries {Mine} = 3"]),
            ("the first is gone", LedgerFault.Missing, 1, [$"DELETE FROM ledger_entries {Mine} = 1"]),
            ("the tail is cut", LedgerFault.CutShort, 5, [$"DELETE FROM ledger_entries {Mine} >= 5"]),
            ("all are gone", LedgerFault.CutShort, 1, [$"DELETE FROM ledger_entries {Mine} >= 1"]),
            ("two were swapped", LedgerFault.Reordered, 2,
            [
                $"UPDATE ledger_entries SET sequence = -1 {Mine} = 2",
                $"UPDATE ledger_entries SET sequence = 2 {Mine} = 5",
                $"UPDATE ledger_entries SET sequence = 5 {Mine} = -1",
            ]),
            ("inserted without being chained", LedgerFault.BeyondTheEnd, 7, [Copy("7", "data")]),
            ("inserted far behind", LedgerFault.BeyondTheEnd, 70, [Copy("70", "data")]),
            ("inserted before the first", LedgerFault.DoesNotFollow, 0, [Copy("0", "data")]),
            ("inserted, and the end moved along", LedgerFault.Altered, 7,
                [Copy("7", "'{}'"), "UPDATE ledger_heads SET sequence = 7 WHERE organisation_id = $organisation"]),
            ("the end was changed", LedgerFault.EndDiffers, 6,
                [$"UPDATE ledger_heads SET hash = (SELECT hash FROM ledger_entries {Mine} = 5) WHERE organisation_id = $organisation"]),
            ("the end was moved back", LedgerFault.BeyondTheEnd, 6,
                [$"UPDATE ledger_heads SET sequence = 5, hash = (SELECT hash FROM ledger_entries {Mine} = 5) WHERE organisation_id = $organisation"]),
            ("the end is gone", LedgerFault.EndMissing, 6, ["DELETE FROM ledger_heads WHERE organisation_id = $organisation"]),
        ];
        foreach (var (because, fault, sequence, statements) in table)
        {
            var verdict = await chain.TamperAsync(statements);
            Assert.Equal((because, fault, sequence), (because, verdict.Fault, verdict.BadSequence));
        }

        Assert.True((await chain.VerifyAsync()).Holds);
    }

    [Theory, OnEachEngine]
    internal async Task An_entry_that_was_hashed_again_after_a_change_breaks_the_next_one(StorageEngine engine)
    {
        await using var chain = await TestChain.StartAsync(engine, entries: 6);
        var third = await chain.App.ReadAsync(db => db.Set<LedgerEntry>().SingleAsync(e => e.OrganisationId == chain.Organisation && e.Sequence == 3));
        var forged = new LedgerEntry
        {
            OrganisationId = third.OrganisationId,
            Sequence = third.Sequence,
            At = third.At,
            Actor = third.Actor,
            Action = third.Action,
            Subject = third.Subject,
            Data = "{}",
            PreviousHash = third.PreviousHash,
            Hash = [],
        };
        var hash = Convert.ToHexString(LedgerChain.GetHash(forged));

        var literal = engine is StorageEngine.Sqlite ? $"x'{hash}'" : $"'\\x{hash}'";
        var verdict = await chain.TamperAsync($"UPDATE ledger_entries SET data = '{{{{}}}}', hash = {literal} {Third}");

        Assert.Equal((LedgerFault.DoesNotFollow, 4L), (verdict.Fault, verdict.BadSequence));
    }

    [Theory, OnEachEngine]
    internal async Task Every_organisation_with_a_piece_of_a_chain_is_checked(StorageEngine engine)
    {
        await using var chain = await TestChain.StartAsync(engine, entries: 1);

        var chains = await chain.App.ReadAsync(db => new LedgerVerifier(db).ChainsAsync(default));

        Assert.Contains(chain.Organisation, chains);
    }

    private static string Copy(string sequence, string data) =>
        $"""
        INSERT INTO ledger_entries (organisation_id, sequence, at, actor, action, subject, data, previous_hash, hash)
        SELECT organisation_id, {sequence}, at, actor, action, subject, {data.Replace("{}", "{{}}", StringComparison.Ordinal)}, previous_hash, hash
        FROM ledger_entries {Third}
        """;
}
