using CsCheck;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Platform.Jobs;
using SessionGuard.Platform.Ledger;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Platform.Ledger;

public sealed class LedgerChainTests
{
    [Theory, OnEachEngine]
    internal async Task Two_thousand_appends_from_many_contexts_at_once_make_one_chain_without_a_gap(StorageEngine engine)
    {
        await using var chain = await TestChain.StartAsync(engine, entries: 0);
        var other = Guid.CreateVersion7();

        await Parallel.ForEachAsync(Enumerable.Range(1, 500), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, _) =>
            await chain.App.WriteAsync(db =>
            {
                for (var i = 0; i < 4; i++)
                {
                    db.Record(chain.Note(number));
                }

                // A save that writes to two chains, which others write to in the other order.
                db.Record(chain.Note(number) with { OrganisationId = other });
            }));

        var verdict = await chain.VerifyAsync();
        Assert.True(verdict.Holds, $"{verdict.Fault} at {verdict.BadSequence}");
        Assert.Equal(2000, verdict.Entries);
        Assert.Equal(500, (await chain.App.ReadAsync(db => new LedgerVerifier(db).VerifyAsync(other, default))).Entries);
    }

    [Theory, OnEachEngine]
    internal async Task Checking_while_entries_are_appended_raises_no_false_alarm(StorageEngine engine)
    {
        await using var chain = await TestChain.StartAsync(engine, entries: 10);
        using var done = new CancellationTokenSource();
        var appending = Task.Run(async () =>
        {
            for (var number = 1; number <= 100; number++)
            {
                await chain.App.WriteAsync(db => db.Record(chain.Note(number)));
            }

            await done.CancelAsync();
        });

        while (!done.IsCancellationRequested)
        {
            var verdict = await chain.VerifyAsync();
            Assert.True(verdict.Holds, $"{verdict.Fault} at {verdict.BadSequence}");
        }

        await appending;
        Assert.Equal(110, (await chain.VerifyAsync()).Entries);
    }

    [Theory, OnEachEngine]
    internal async Task One_context_may_save_many_times_beside_others(StorageEngine engine)
    {
        await using var chain = await TestChain.StartAsync(engine, entries: 0);
        await chain.App.ReadAsync(async db =>
        {
            for (var number = 1; number <= 3; number++)
            {
                db.Record(chain.Note(number));
                await db.SaveChangesAsync();
                await chain.App.WriteAsync(elsewhere => elsewhere.Record(chain.Note(number)));
            }

            Assert.Empty(db.ChangeTracker.Entries());
            return true;
        });

        Assert.Equal((true, 6), (await chain.VerifyAsync()) switch { var v => (v.Holds, (int)v.Entries) });
    }

    [Theory, OnEachEngine]
    internal async Task A_save_that_fails_leaves_no_entry_and_its_note_is_chained_by_the_next_try(StorageEngine engine)
    {
        await using var chain = await TestChain.StartAsync(engine, entries: 1);
        await chain.App.WriteAsync(db => db.Add(new JobState { Name = "Taken" }));
        await chain.App.ReadAsync(async db =>
        {
            var twin = db.Add(new JobState { Name = "Taken" });
            db.Record(chain.Note(2));
            await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());
            Assert.Equal(1, (await chain.VerifyAsync()).Entries);

            await chain.App.WriteAsync(elsewhere => elsewhere.Record(chain.Note(3)));
            twin.State = EntityState.Detached;
            return await db.SaveChangesAsync();
        });

        Assert.Equal((true, 3), (await chain.VerifyAsync()) switch { var v => (v.Holds, (int)v.Entries) });
    }

    [Theory, OnEachEngine]
    internal async Task Work_that_is_rolled_back_takes_its_entries_along_and_can_be_done_again(StorageEngine engine)
    {
        await using var chain = await TestChain.StartAsync(engine, entries: 1);
        await chain.App.ReadAsync(async db =>
        {
            async Task<bool> WorkAsync(bool fails)
            {
                db.Record(chain.Note(2));
                await db.SaveChangesAsync();
                db.Record(chain.Note(3));
                return fails ? throw new InvalidDataException("scripted") : await db.SaveChangesAsync() > 0;
            }

            await Assert.ThrowsAsync<InvalidDataException>(() => db.InTransactionAsync(() => WorkAsync(fails: true), default));
            Assert.Equal(1, (await chain.VerifyAsync()).Entries);
            return await db.InTransactionAsync(() => WorkAsync(fails: false), default);
        });

        Assert.Equal((true, 3), (await chain.VerifyAsync()) switch { var v => (v.Holds, (int)v.Entries) });
    }

    [Theory, OnEachEngine]
    internal async Task A_transaction_inside_a_transaction_is_the_same_transaction(StorageEngine engine)
    {
        await using var chain = await TestChain.StartAsync(engine, entries: 0);
        await Assert.ThrowsAsync<InvalidDataException>(() => chain.App.ReadAsync(db => db.InTransactionAsync<bool>(
            async () =>
            {
                await db.InTransactionAsync(
                    () =>
                    {
                        db.Record(chain.Note(1));
                        return db.SaveChangesAsync();
                    },
                    default);
                throw new InvalidDataException("scripted");
            },
            default)));

        Assert.Equal(0, (await chain.VerifyAsync()).Entries);
    }

    [Theory, OnEachEngine]
    internal async Task The_database_itself_refuses_to_change_or_delete_an_entry(StorageEngine engine)
    {
        await using var chain = await TestChain.StartAsync(engine, entries: 2);
        string[] statements = ["UPDATE ledger_entries SET actor = 'x'", "DELETE FROM ledger_entries", "TRUNCATE ledger_entries"];
        foreach (var statement in statements.Take(engine is StorageEngine.PostgreSql ? 3 : 2))
        {
            var refusal = await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(
                () => chain.App.ReadAsync(db => db.Database.ExecuteSqlRawAsync(statement)));
            Assert.Contains("A row of ledger_entries is never", refusal.Message, StringComparison.Ordinal);
        }

        Assert.Equal(2, (await chain.VerifyAsync()).Entries);
    }

    [Theory, OnEachEngine]
    internal async Task The_nightly_check_passes_over_sound_chains_and_fails_on_a_broken_one(StorageEngine engine)
    {
        await using var chain = await TestChain.StartAsync(engine, entries: 2);
        var runner = chain.App.Services.GetRequiredService<JobRunner>();
        Assert.Null((await runner.RunAsync<VerifyLedgerJob>(default)).Failure);

        await chain.App.ReadAsync(db => db.Database.ExecuteSqlAsync($"UPDATE ledger_heads SET sequence = 3 WHERE organisation_id = {chain.Organisation}"));

        Assert.IsType<LedgerBrokenException>((await runner.RunAsync<VerifyLedgerJob>(default)).Failure);
        var state = await chain.App.ReadAsync(db => db.Set<JobState>().SingleAsync(s => s.Name == "VerifyLedger"));
        Assert.Equal(nameof(LedgerBrokenException), state.Error);
    }

    [Fact]
    public void A_letter_that_wanders_from_one_column_to_the_next_makes_another_hash() =>
        Gen.Select(AnyText.Texts.Array[4, 4], Gen.Int[0, 2]).Where(t => t.Item1[t.Item2].Length > 0).Sample(
            (columns, from) =>
            {
                var moved = columns.ToArray();
                moved[from + 1] = columns[from][^1] + columns[from + 1];
                moved[from] = columns[from][..^1];

                Assert.Equal(LedgerChain.GetHash(Entry(columns)), LedgerChain.GetHash(Entry([.. columns])));
                Assert.NotEqual(LedgerChain.GetHash(Entry(columns)), LedgerChain.GetHash(Entry(moved)));
            },
            iter: 1000);

    private static LedgerEntry Entry(string[] columns) => new()
    {
        OrganisationId = Guid.Empty,
        Sequence = 1,
        At = App.Noon,
        Actor = columns[0],
        Action = columns[1],
        Subject = columns[2],
        Data = columns[3],
        PreviousHash = LedgerChain.Origin,
        Hash = [],
    };
}
